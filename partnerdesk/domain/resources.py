"""Where the plain files the program reads are, in a checkout, a wheel and a bundle alike."""

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    bundle = Path(getattr(sys, "_MEIPASS", package))
    for place in (bundle / "resources", package / "resources", package.parent / "resources"):
        if place.is_dir():
            return place
    raise FileNotFoundError("resources")


def resource_path(*parts: str) -> Path:
    """The path of a bundled file, e.g. resource_path("codes", "isced_f_2013.json")."""
    return _root().joinpath(*parts)
