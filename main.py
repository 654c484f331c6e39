"""Opens Stroll Street: `python main.py --help` lists what else it does."""

import sys

try:
    from sim.cli import main
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.split(".")[0] == "sim":
        raise
    sys.exit(
        f"Stroll Street is not set up in this Python ({missing.name} is missing): "
        "run the first command of README.md once.\n"
        f"逛街还没有装到这个 Python 里(缺少 {missing.name}):请先运行 README.md 里的第一条命令。"
    )
except KeyboardInterrupt:  # before anything could be said in anybody's language
    sys.exit(130)

if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # while the terminal was being opened, or twice in a row
        sys.exit(130)
