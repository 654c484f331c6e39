"""Files that somebody might write to hurt, and what each does to a fresh process.

Run with a folder, this loads every file in it in a process of its own and prints one line of JSON
for each: processor seconds, peak memory, and the sentences. The test beside it reads them.
"""

import itertools
import json
import os
import sys
from pathlib import Path

MEGABYTE = 2**20


def write_all(folder: Path, good: str) -> dict[str, str]:
    """Write the hostile files next to a good lesson; gives name -> part of the English sentence."""
    expected = {}

    def hostile(name: str, content: str | bytes, sentence: str) -> None:
        content = content.encode("utf-8") if isinstance(content, str) else content
        (folder / name).write_bytes(content)
        expected[name] = sentence

    letters = "abcdefghij"
    bomb = f"a: &a [{'x,' * 9}]\n" + "".join(
        f"{new}: &{new} [{f'*{old},' * 9}]\n" for old, new in itertools.pairwise(letters)
    )
    hostile("alias_bomb.yaml", bomb, "is a reference")
    hostile("alias_to_itself.yaml", "a: &a [*a]\n", "is a reference")
    hostile("anchors.yaml", "".join(f"k{n}: &a{n} x\n" for n in range(24_000)), "is a reference")
    hostile("merge.yaml", "host: &h {id: x}\nlive: {<<: *h}\n", "is a reference")
    hostile("deep_brackets.yaml", "a: " + "[" * 200_000, "nested too deeply")
    hostile("deep_braces.yaml", "a: " + "{a: " * 100_000, "nested too deeply")
    hostile("deep_lists.yaml", "- " * 200_000, "nested too deeply")
    hostile("deep_keys.yaml", "\n".join(" " * n + "a:" for n in range(900)), "nested too deeply")
    hostile("complex_keys.yaml", "? " * 200_000, "must be one name")
    hostile("list_as_key.yaml", "[a, b]: 1\n", "must be one name")
    hostile("repeated.yaml", "a: 1\n" * 90_000, "a second time")
    hostile("repeated_inside.yaml", good + "host: {id: x, id: y}\n", "a second time")
    hostile("python_tag.yaml", 'id: !!python/object/apply:os.system ["true"]\n', "is a tag")
    hostile("own_tag.yaml", "id: !secret /etc/passwd\n", "is a tag")
    hostile("binary_tag.yaml", f"id: !!binary {'A' * 400_000}\n", "is a tag")
    hostile("tag_directives.yaml", "%TAG !a! t:x\n" * 38_000 + "---\na: 1\n", "begins with %")
    hostile("nan.yaml", good.replace("seed: ", "seed: .nan # "), "not a finite number")
    hostile("infinite.yaml", good.replace("closeness: 0.8", "closeness: 1e999"), "not a finite")
    hostile("long_number.yaml", f"seed: {'9' * 500_000}\n", "too many digits")
    hostile("text_number.yaml", good.replace("price: 169", 'price: "169"'), "which is text")
    hostile("utf16.yaml", good.encode("utf-16"), "save it as UTF-8")
    hostile("utf32.yaml", good.encode("utf-32"), "save it as UTF-8")
    hostile("gbk.yaml", good.encode("gbk"), "looks like GBK")
    hostile("latin1.yaml", "id: caf\xe9 \xff".encode("latin-1"), "not UTF-8")
    hostile("noise.yaml", bytes(range(256)) * 900, "UTF-8")
    hostile("cut_utf8.yaml", good.encode("utf-8")[:-1] + b"\xe4\xb8", "UTF-8")
    hostile("zero_bytes.yaml", "id: a\0b\n", "U+0000")
    hostile("escaped_zero.yaml", 'host: {id: "a\\0b"}\n', "U+0000")
    hostile("bidirectional.yaml", "title: {zh: \u202e, en: b}\n", "U+202E")
    hostile("two_documents.yaml", good + "---\n" + good, "second document")
    hostile("empty.yaml", "", "is empty")
    hostile("only_comments.yaml", "#\n" * 250_000, "is empty")
    hostile("only_spaces.yaml", " " * 500_000, "is empty")
    hostile("many_entries.yaml", "choices: [" + "x," * 200_000 + "]\n", "too much in this file")
    hostile("many_keys.yaml", "".join(f"k{n}: 1\n" for n in range(9_900)), "not a key")
    hostile("many_hosts.yaml", good + "switch_off:\n" + "- {}\n" * 15_000, "switch_off")
    hostile("long_text.yaml", good.replace("The first live", "F" * 400_000), "characters")
    hostile("long_key.yaml", "? " + "k" * 400_000 + "\n: 1\nhost: 1\n", "not a key")
    hostile("open_quote.yaml", good + 'x: "' + "a " * 200_000, "close the quote")
    hostile("quotes.yaml", '"' * 500_000, "cannot be understood")
    hostile("colons.yaml", ":" * 500_000, "colon")
    hostile("plain_lines.yaml", " a\n" * 170_000, "consist of keys")
    hostile("block_text.yaml", "host: |\n" + " x\n" * 170_000, "host is")
    hostile("flow_pairs.yaml", "[" + "a: b," * 100_000 + "]", "too much in this file")
    for number, path in enumerate(
        [
            "../../../../../../../../etc/passwd",
            "../../../../../../../../etc/passwd.yaml",
            "streets/../../x.yaml",
            "/etc/passwd.yaml",
            "C:\\\\windows\\\\x.yaml",
            "file:///etc/x.yaml",
            "~/x.yaml",
            "..",
            "streets\\\\lifestyle.yaml",
            "a/" * 90 + "x.yaml",
        ]
    ):
        text = good.replace("street: streets/lifestyle.yaml", f'street: "{path}"')
        hostile(f"path_{number}.yaml", text, "street is")
    with (folder / "hundred_megabytes.yaml").open("wb") as stream:
        for _ in range(100):
            stream.write(b"a: [1, 2, 3]\n" * (MEGABYTE // 13))
    expected["hundred_megabytes.yaml"] = "too large"
    with (folder / "hundred_gigabytes.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * MEGABYTE)
    expected["hundred_gigabytes.yaml"] = "too large"
    (folder / "a_folder.yaml").mkdir()
    expected["a_folder.yaml"] = "is a folder"
    os.mkfifo(folder / "a_pipe.yaml")
    expected["a_pipe.yaml"] = "not an ordinary file"
    os.symlink("/dev/zero", folder / "a_device.yaml")
    expected["a_device.yaml"] = "not an ordinary file"
    os.symlink("/etc/passwd", folder / "link.yaml")
    text = good.replace("street: streets/lifestyle.yaml", "street: link.yaml")
    hostile("a_link_out.yaml", text, "outside the scenario's own folder")
    text = good.replace("streets/lifestyle", "street_of_itself")
    hostile("street_of_itself.yaml", text, "but a street file is needed")
    return expected


def measure(path: Path) -> dict:
    """Load one file in a forked process and give what it cost and said."""
    import resource

    from sim.errors import ScenarioError
    from sim.scenario import Scenario

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        sentences = None
        try:
            Scenario.load(path)
        except ScenarioError as error:
            sentences = [[p.text("en"), p.text("zh")] for p in error.problems]
        except BaseException as error:
            sentences = [[f"not a ScenarioError but {error!r}"[:300]] * 2]
        used = resource.getrusage(resource.RUSAGE_SELF)
        result = {
            "seconds": used.ru_utime + used.ru_stime,
            "megabytes": used.ru_maxrss / (MEGABYTE if sys.platform == "darwin" else 1024),
            "sentences": sentences,
        }
        with os.fdopen(writing, "w", encoding="utf-8") as stream:
            json.dump(result, stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        result = json.loads(stream.read() or '{"sentences": [["died", "died"]]}')
    os.waitpid(child, 0)
    return result


if __name__ == "__main__":
    for file in sorted(Path(sys.argv[1]).iterdir()):
        if file.suffix == ".yaml":
            print(json.dumps({"name": file.name, **measure(file)}), flush=True)
