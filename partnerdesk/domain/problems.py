"""What a rule has to say about a record, and the families of error a user can meet."""

import dataclasses
from dataclasses import dataclass
from typing import Literal

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

Severity = Literal["block", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a rule: `code` ("R10"), how grave, which field, and what to do about it."""

    code: str
    severity: Severity
    field: str
    message: Text
    fix: Text | None = None
    values: dict[str, object] = dataclasses.field(default_factory=dict)


class PartnerDeskError(Exception):
    """Something the user is told about in one sentence."""

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


class Refused(PartnerDeskError):
    """The user's wish breaks a rule; `problems` belong to their fields."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class Missing(Refused):
    """The record is no longer there."""

    def __init__(self) -> None:
        sentence = Text(QT_TRANSLATE_NOOP("PartnerDesk", "This record is no longer there."))
        super().__init__(Problem("R00", "block", "", sentence))


class BadFile(PartnerDeskError):
    """A file from outside cannot be used; nothing was changed."""


class DamagedFile(BadFile):
    """An office file that is hurt; what can still be read may be salvaged."""


class NoOffice(BadFile):
    """A file that is no office and never was one."""


class NewerFile(BadFile):
    """An office of a newer version, which holds what this one does not know of."""


class EnvironmentTrouble(PartnerDeskError):
    """Disk full, locked, damaged, newer, read-only: shown in the message bar with what to do."""


class Superseded(PartnerDeskError):
    """Somebody else changed the record since it was read."""

    def __init__(self, message: Text, kind: str, record_id: int) -> None:
        super().__init__(message)
        self.kind = kind
        self.record_id = record_id


class Cancelled(Exception):
    """The user stopped a long piece of work; nothing was changed."""
