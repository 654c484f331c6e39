"""The command line: `python main.py --help`. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 it failed, 2 the input cannot be used, 130 stopped by Ctrl-C, 141 whoever
read the results left; `replay` has more, see sim.play.verdict.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim import wording
from sim.console import classroom_commands, commands, reports, saved, usage
from sim.console.claims import check_further, scenario_files
from sim.console.help_words import help_in_language
from sim.console.shared import BAD_INPUT, FAILED, INTERRUPTED, READER_LEFT
from sim.console.terminal import Terminal
from sim.console.why import Asked
from sim.console.why import why as explain_run
from sim.errors import StrollError

# On how many other crowds a report looks at luck.
REPORT_CROWDS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. `arguments` are the process's own by default."""
    terminal = Terminal.open(_language(sys.argv[1:] if arguments is None else arguments))
    try:
        program = typer.main.get_command(application(terminal))
        return program.main(arguments, prog_name="main.py", standalone_mode=False) or 0
    except StrollError as error:
        terminal.complain(error)
        return error.exit_code
    except usage.UsageError as error:
        terminal.err.print(usage.usage_sentence(terminal, error), soft_wrap=True)
        return BAD_INPUT
    except SystemExit:
        return READER_LEFT  # the one thing over which Typer ends the process itself
    except (KeyboardInterrupt, typer.Abort):
        terminal.say("cli.interrupted.nothing")
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None:
            raise  # a slip of ours: whatever opens a file says itself what is wrong with it
        terminal.lose_results(error)
        return FAILED


def application(terminal: Terminal) -> typer.Typer:
    """All commands, with their help in the terminal's language."""
    text = terminal.text
    options = text("cli.help.options")
    arguments = text("cli.help.arguments")

    def option(name: str, about: str = "", **more) -> typer.models.OptionInfo:
        key = about or name.removeprefix("--").replace("-", "_")
        key = key if "." in key else f"cli.option.{key}"
        return typer.Option(name, help=text(key), rich_help_panel=options, **more)

    def check_option(name: str, **more) -> typer.models.OptionInfo:
        about = text(f"cli_claims.{name}_option")
        return typer.Option(f"--{name}", help=about, rich_help_panel=options, **more)

    def argument(name: str, key: str, **more) -> typer.models.ArgumentInfo:
        return typer.Argument(
            metavar=name, help=text(f"cli.argument.{key}"), rich_help_panel=arguments, **more
        )

    def show_help(context: typer.Context, wanted: bool) -> None:
        if wanted:
            typer.echo(context.get_help())
            raise typer.Exit

    def show_version(wanted: bool) -> None:
        if wanted:
            commands.version(terminal)
            raise typer.Exit

    HelpFlag = Annotated[bool, option("--help", is_eager=True, callback=show_help)]
    VersionFlag = Annotated[bool, option("--version", is_eager=True, callback=show_version)]
    # Read before the commands exist, since their help is in this language; declared for the help.
    read_language = usage.language(terminal)
    InLanguage = Annotated[
        str | None, option("--language", metavar="zh|en", parser=read_language, show_default=False)
    ]
    read_name, read_file = usage.named(terminal), usage.file(terminal)
    Lesson = Annotated[str, argument("SCENARIO", "scenario", parser=read_name)]
    MaybeLesson = Annotated[str | None, argument("SCENARIO", "scenario_or_first", parser=read_name)]
    AsJson = Annotated[bool, option("--json")]
    read_crowds = usage.whole_number(terminal, 1, 100_000)
    Crowds = Annotated[int, option("--crowds", metavar="N", parser=read_crowds)]
    read_seed = usage.whole_number(terminal, 0, 2**53 - 1)  # as in a file
    Seed = Annotated[
        int | None, option("--seed", metavar="N", parser=read_seed, show_default=False)
    ]
    Tactic = Annotated[str | None, option("--tactic", metavar="NAME", show_default=False)]
    Policy = Annotated[
        str | None, option("--policy", "campaign.option.policy", metavar="NAME", show_default=False)
    ]
    Policies = Annotated[
        str | None,
        option("--policies", "campaign.option.policies", metavar="A,B", show_default=False),
    ]
    Tactics = Annotated[str | None, option("--tactics", metavar="A,B", show_default=False)]
    SavedRun = Annotated[str, argument("RUN", "run", parser=read_name)]
    read_shopper = usage.whole_number(terminal, 0, 999_999)

    def new_file(name: str) -> object:
        return Annotated[
            Path | None, option(name, metavar="FILE", parser=read_file, show_default=False)
        ]

    Command, Group = help_in_language(terminal)
    app = typer.Typer(
        cls=Group,
        options_metavar=text("cli.help.some_options"),
        subcommand_metavar=text("cli.help.some_command"),
        help=text("cli.help.program"),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )

    def command(function):
        name = function.__name__.rstrip("_")
        return app.command(
            name,
            cls=Command,
            options_metavar=text("cli.help.some_options"),
            help=text(f"cli.help.{name}"),
            add_help_option=False,
            rich_help_panel=text("cli.help.commands"),
        )(function)

    @app.callback(invoke_without_command=True, add_help_option=False)
    def default(
        context: typer.Context,
        language: InLanguage = None,
        version: VersionFlag = False,
        help: HelpFlag = False,
    ) -> int | None:
        if context.invoked_subcommand is None:
            raise typer.Exit(commands.play(terminal, None, language))

    @command
    def play(
        scenario: MaybeLesson = None, language: InLanguage = None, help: HelpFlag = False
    ) -> int:
        return commands.play(terminal, scenario, language)

    @command
    def run(
        scenario: Lesson,
        tactic: Tactic = None,
        seed: Seed = None,
        as_json: AsJson = False,
        journal: new_file("--journal") = None,
        capsule: new_file("--capsule") = None,
        policy: Policy = None,
        bet: Annotated[
            list[str] | None,
            option("--bet", "bets.cli.option", metavar="WHAT=GUESS", show_default=False),
        ] = None,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        return commands.run(
            terminal, scenario, tactic, seed, as_json, journal, capsule, policy, bet or ()
        )

    @command
    def bets(
        scenario: Annotated[
            str | None, argument("SCENARIO", "scenario_of_bets", parser=read_name)
        ] = None,
        as_json: AsJson = False,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        from sim.console.bets import bets as show_bets

        return show_bets(terminal, scenario, as_json)

    @command
    def compare(
        scenario: Lesson,
        crowds: Annotated[
            int | None,
            option(
                "--crowds",
                "campaign.option.crowds",
                metavar="N",
                parser=read_crowds,
                show_default=False,
            ),
        ] = None,
        tactics: Tactics = None,
        policies: Policies = None,
        as_json: AsJson = False,
        explain: Annotated[bool, option("--explain")] = False,
        html: Annotated[
            Path | None,
            option(
                "--html", "html_of_compare", metavar="FILE", parser=read_file, show_default=False
            ),
        ] = None,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        return commands.compare(
            terminal, scenario, crowds, tactics, as_json, explain, html, policies
        )

    @command
    def check(
        files: Annotated[list[Path] | None, argument("FILES", "files", parser=read_file)] = None,
        claims: Annotated[bool, check_option("claims")] = False,
        preview: Annotated[bool, check_option("preview")] = False,
        crowds: Annotated[
            int | None,
            check_option("crowds", metavar="N", parser=read_crowds, show_default=False),
        ] = None,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        found = scenario_files(files or [])
        bad = commands.check(terminal, found)
        return check_further(terminal, found, claims, preview, crowds) or bad

    @command
    def replay(run: SavedRun, language: InLanguage = None, help: HelpFlag = False) -> int:
        return saved.replay(terminal, run)

    @command
    def why(
        run: SavedRun,
        coach: Annotated[bool, option("--coach")] = False,
        branch: Annotated[
            list[str] | None, option("--branch", metavar="WHEN:WHAT[:END]", show_default=False)
        ] = None,
        diary: Annotated[
            int | None,
            option("--diary", metavar="SHOPPER", parser=read_shopper, show_default=False),
        ] = None,
        ghost: Annotated[
            list[str] | None,
            option("--ghost", "ghost.cli.option", metavar="WHO", show_default=False),
        ] = None,
        ledger: Annotated[bool, option("--ledger")] = False,
        luck: Annotated[bool, option("--luck")] = False,
        best: Annotated[bool, option("--best")] = False,
        everything: Annotated[bool, option("--all")] = False,
        crowds: Annotated[
            int | None,
            option(
                "--crowds", "crowds_of_why", metavar="N", parser=read_crowds, show_default=False
            ),
        ] = None,
        as_json: AsJson = False,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        asked = Asked(
            branch or (), everything, ledger, diary, luck, best, coach, crowds, ghost or ()
        )
        return explain_run(terminal, run, asked, as_json)

    @command
    def report(
        runs: Annotated[list[str], argument("RUNS", "runs", parser=read_name)],
        html: new_file("--html") = None,
        csv: new_file("--csv") = None,
        decisions: new_file("--decisions") = None,
        crowds: Annotated[
            int | None,
            option(
                "--crowds",
                "classroom.option.crowds",
                metavar="N",
                parser=read_crowds,
                show_default=False,
            ),
        ] = None,
        capsules: Annotated[
            Path | None,
            option(
                "--capsules",
                "classroom.option.capsules",
                metavar="FILE",
                parser=read_file,
                show_default=False,
            ),
        ] = None,
        no_names: Annotated[bool, option("--no-names", "classroom.option.no_names")] = False,
        weights: Annotated[
            str | None,
            option(
                "--weights", "classroom.option.weights", metavar="PART=N,...", show_default=False
            ),
        ] = None,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        from sim.console.classroom_files import class_among

        taught = class_among(terminal, runs)
        if taught is not None:
            from sim.console.class_report import report_class

            return report_class(
                terminal, taught, html, csv, decisions, capsules, not no_names, weights, crowds
            )
        if capsules is not None or no_names or weights is not None:
            raise typer.BadParameter(text("classroom.cli.only_of_a_class"), param_hint="RUNS")
        return reports.report(terminal, runs, html, csv, decisions, crowds or REPORT_CROWDS)

    @command
    def sweep(
        scenario: Lesson,
        vary: Annotated[
            list[str] | None,
            option("--vary", "sweep.option.vary", metavar="KEY=A,B,C", show_default=False),
        ] = None,
        seeds: Annotated[
            int, option("--seeds", "sweep.option.seeds", metavar="N", parser=read_crowds)
        ] = 20,
        tactics: Tactics = None,
        policies: Policies = None,
        out: Annotated[
            Path | None,
            option("--out", "sweep.option.out", metavar="FILE", parser=read_file),
        ] = None,
        workers: Annotated[
            int | None,
            option(
                "--workers",
                "sweep.option.workers",
                metavar="N",
                show_default=False,
                parser=usage.whole_number(terminal, 1, 256),
            ),
        ] = None,
        scheduler: Annotated[
            str | None,
            option("--scheduler", "sweep.option.scheduler", metavar="ADDRESS", show_default=False),
        ] = None,
        bom: Annotated[bool, option("--bom", "sweep.option.bom")] = False,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        from sim.console.sweep import Sweeping, sweep_grid

        asked = Sweeping(tuple(vary or ()), seeds, tactics, policies, out, workers, scheduler, bom)
        return sweep_grid(terminal, scenario, asked)

    classroom_commands.add(command, terminal, option, InLanguage, HelpFlag)

    @command
    def facts(
        crowds: Crowds = 60,
        as_json: AsJson = False,
        mechanisms: Annotated[bool, option("--mechanisms", "facts_more.option_mechanisms")] = False,
        ensemble: Annotated[bool, option("--ensemble", "facts_more.option_ensemble")] = False,
        language: InLanguage = None,
        help: HelpFlag = False,
    ) -> int:
        from sim.console.facts_more import by_mechanism, over_ensemble

        if mechanisms and ensemble:
            raise typer.BadParameter(terminal.text("facts_more.both"))
        if mechanisms:
            return by_mechanism(terminal, crowds, as_json)
        if ensemble:
            return over_ensemble(terminal, crowds, as_json)
        return commands.facts(terminal, crowds, as_json)

    return app


def _language(arguments: Sequence[str]) -> str:
    """The language asked for anywhere on the line, else the environment's."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            value = value if equals else "".join(arguments[place + 1 : place + 2])
            if value in wording.LANGUAGES:
                return value
    return wording.preferred_language()
