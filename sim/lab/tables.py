"""Writes sim/model/curve_tables.py: `python -m sim.lab.tables`.

The model may not call exp or log, whose last bits differ between machines. So the curves it needs
were evaluated once, rounded to multiples of 2**-40, and are kept in the repository as integers.
"""

from __future__ import annotations

import math
from pathlib import Path
from statistics import NormalDist

SCALE_BITS = 40


def _rows(name: str, values: list[float]) -> str:
    numbers = [str(round(value * 2**SCALE_BITS)) for value in values]
    lines, line = [], "   "
    for number in numbers:
        if len(line) + len(number) + 2 > 98:
            lines.append(line)
            line = "   "
        line += f" {number},"
    lines.append(line)
    return f"{name} = (\n" + "\n".join(lines) + "\n)\n"


def source() -> str:
    """The text of the table file: normal quantiles, exponentials and the logistic curve."""
    normal = NormalDist()
    quantiles = [normal.inv_cdf(min(max(k / 1024, 0.00025), 0.99975)) for k in range(1025)]
    exponentials = [math.exp(-6 + k / 64) for k in range(769)]
    logistic = [1 / (1 + math.exp(10 - k / 32)) for k in range(641)]
    return (
        '"""Curves as integers; each stands for value x 2**-40. Made by sim/lab/tables.py."""\n\n'
        "# Long because it is data.\n"
        f"SCALE_BITS = {SCALE_BITS}\n\n"
        "# normal quantiles at u = k / 1024\n"
        + _rows("NORMAL_QUANTILES", quantiles)
        + "\n# exp(x) at x = -6 + k / 64\n"
        + _rows("EXPONENTIALS", exponentials)
        + "\n# logistic(x) at x = -10 + k / 32\n"
        + _rows("LOGISTIC", logistic)
    )


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "model" / "curve_tables.py"
    target.write_text(source(), encoding="utf-8")
