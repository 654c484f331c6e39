"""Rebuild assets/fonts from the published fonts. Needed only when the fonts themselves change.

Usage:  pip install fonttools && python assets/build/fonts.py [--from FOLDER]

The fonts come out of two npm packages that carry static TrueType files and their OFL licence.
`npm pack` fetches them by name; with `--from` the tarballs are taken from FOLDER instead.
Regular keeps all 20,902 common ideographs, because people's names use characters outside GB2312;
the other faces keep GB2312, which is enough for text that we write ourselves. The face of the signs
keeps the half of it that is common (level 1) and whatever our own texts hold; a sign with a rarer
character is written in Regular.
"""

from __future__ import annotations

import argparse
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).resolve().parents[1]
NOTO = "@expo-google-fonts/noto-sans-sc@0.4.3"
KUAILE = "@expo-google-fonts/zcool-kuaile@0.4.2"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
SYMBOLS = [ord(c) for c in "–—‘’“”•…‰′″‹›€→←↑↓×÷±≈≤≥−■□▲△▼▽◆◇○●◎★☆、。《》「」『』【】¥%"]


def gb2312(last_row: int = 0xF7) -> set[int]:
    """Code points that GB2312 can write: 6,763 ideographs and its punctuation.

    last_row: 0xD7 for the 3,755 common ideographs of level 1 alone.
    """
    points = set()
    for high in range(0xA1, last_row + 1):
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return points


def own_texts() -> set[int]:
    """Code points in our wording and lessons."""
    files = [*(ASSETS / "locale").glob("*.yaml"), *(ASSETS.parent / "scenarios").rglob("*.yaml")]
    return {ord(letter) for file in files for letter in file.read_text("utf-8")}


def tarball(package: str, folder: Path, given: Path | None) -> Path:
    """Path of the package's tarball: found in `given`, else fetched by npm into `folder`."""
    stem = package.lstrip("@").rsplit("@", 1)[0].replace("/", "-")
    if given is not None:
        found = sorted(given.glob(f"{stem}-*.tgz"))
        if not found:
            raise SystemExit(f"No {stem}-*.tgz in {given}.")
        return found[-1]
    subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, check=True)
    return sorted(folder.glob(f"{stem}-*.tgz"))[-1]


def build(archive: Path, member: str, points: set[int], target: Path) -> None:
    """Write `target`: the face `member` of the archive with only the characters in `points`."""
    with tarfile.open(archive) as tar, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "face.ttf"
        source.write_bytes(tar.extractfile(f"package/{member}").read())
        options = subset.Options()
        options.layout_features = ["kern"]
        options.hinting = False
        options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        options.recalc_timestamp = False
        font = TTFont(source, recalcTimestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=points)
        cutter.subset(font)
        for table in ("vhea", "vmtx", "VORG", "STAT"):
            if table in font:
                del font[table]
        font.save(target)
    print(
        f"{target.name}: {target.stat().st_size / 1e6:.2f} MB, {len(points)} characters asked for"
    )


def licence(archive: Path, target: Path) -> None:
    """Copy the font's own licence text out of the archive."""
    with tarfile.open(archive) as tar:
        target.write_bytes(tar.extractfile("package/LICENSE_FONT").read())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="given", type=Path, help="folder that holds the tarballs")
    given = parser.parse_args().given
    fonts, licences = ASSETS / "fonts", ASSETS / "licences"
    fonts.mkdir(exist_ok=True)
    licences.mkdir(exist_ok=True)
    ours = set(LATIN) | set(SYMBOLS) | gb2312()
    signs = set(LATIN) | set(SYMBOLS) | gb2312(last_row=0xD7) | (ours & own_texts())
    names = ours | set(range(0x4E00, 0x9FA6))
    with tempfile.TemporaryDirectory() as folder:
        noto = tarball(NOTO, Path(folder), given)
        kuaile = tarball(KUAILE, Path(folder), given)
        sans = "NotoSansSC_{}.ttf"
        for weight, points in (("400Regular", names), ("500Medium", ours), ("700Bold", ours)):
            name = weight[3:]
            build(noto, f"{weight}/{sans.format(weight)}", points, fonts / f"NotoSansSC-{name}.ttf")
        build(kuaile, "400Regular/ZCOOLKuaiLe_400Regular.ttf", signs, fonts / "ZCOOLKuaiLe.ttf")
        licence(noto, licences / "NotoSansSC-OFL.txt")
        licence(kuaile, licences / "ZCOOLKuaiLe-OFL.txt")


if __name__ == "__main__":
    main()
