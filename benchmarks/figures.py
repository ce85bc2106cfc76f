"""Where benchmark figures are kept, and the intervals they are given with."""

from __future__ import annotations

import json
import subprocess
from math import sqrt
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


def wilson(part: int, whole: int, *, z: float = 1.96) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson, 1927); None where there is nothing to share."""
    if whole == 0:
        return None
    p = part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return round(max(0.0, middle - half), 5), round(min(1.0, middle + half), 5)


def share(part: int, whole: int) -> dict[str, Any]:
    """A share with its n and interval."""
    value = None if whole == 0 else round(part / whole, 5)
    return {"value": value, "part": part, "n": whole, "interval": wilson(part, whole)}


def keep(name: str, figures: dict[str, Any]) -> Path:
    """Writes `results/NAME.json` with the commit it was measured at."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    path = FOLDER / f"{name}.json"
    FOLDER.mkdir(exist_ok=True)
    path.write_text(json.dumps({**figures, "commit": commit.stdout.strip() or None}, indent=2) + "\n", "utf-8")
    return path
