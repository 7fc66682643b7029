"""Fields of education and training of ISCED-F 2013: broad, narrow and detailed, with the residual codes."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.text import fold, squeezed

Level = Literal["broad", "narrow", "detailed"]

_LEVELS: dict[int, Level] = {2: "broad", 3: "narrow", 4: "detailed"}
_CODE_AND_TITLE = re.compile(
    r"(?:ISCED(?:-F)?\s*|F\s?)?(\d{1,4})(?:\s*[-–:.]?\s+\D.*|\s*[-–:(]\s*\D.*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field, e.g. 0421 Law; `title` is the English title of the classification."""

    code: str
    title: str

    @property
    def level(self) -> Level:
        """How deep it lies, told by the number of digits."""
        return _LEVELS[len(self.code)]

    @property
    def parent(self) -> str:
        """The code of the field above it, "" for a broad one."""
        return self.code[:-1] if len(self.code) > 2 else ""

    @property
    def broad(self) -> str:
        """The code of the broad field it belongs to."""
        return self.code[:2]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@cache
def fields() -> tuple[Field, ...]:
    """All fields, ordered so that each follows the one it belongs to."""
    rows = json.loads(resource_path("codes", "isced_f_2013.json").read_text(encoding="utf-8"))
    return tuple(Field(code, title) for code, title in rows)


def find(written: str) -> Field | None:
    """The field with that code or exactly that title; None if ISCED-F 2013 has none."""
    return _by_code().get(normal(written))


def known(code: str) -> bool:
    """Whether ISCED-F 2013 has that very code; older Erasmus subject codes such as 0582 it has not."""
    return code in _by_code()


def normal(written: str) -> str:
    """The code as it is stored: "421", "0421 Law" and "Law" are "0421"; what is unknown stays as it stands."""
    tidy = squeezed(written)
    if match := _CODE_AND_TITLE.fullmatch(tidy):
        code = match[1]
        for candidate in (code, "0" + code):
            if known(candidate):
                return candidate
        return code if tidy.isdecimal() else tidy
    return _by_title().get(fold(tidy), tidy)


def title(code: str) -> str:
    """The English title for a code, "" for an unknown one."""
    found = _by_code().get(code)
    return found.title if found else ""


@cache
def _by_code() -> dict[str, Field]:
    return {each.code: each for each in fields()}


@cache
def _by_title() -> dict[str, str]:
    """The deepest field of each title, so that Law is 0421 rather than 042."""
    return {fold(each.title): each.code for each in sorted(fields(), key=lambda each: len(each.code))}
