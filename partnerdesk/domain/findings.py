"""What a check of an office file can find: the place, how grave it is, a sentence, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from partnerdesk.domain.problems import Severity
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

Area = Literal["file", "index", "structure", "types", "links", "journal", "seal", "contents", "derived", "rules"]
Remedy = Literal["salvage", "repair", "open"]

AREAS: dict[Area, Text] = {
    "file": Text(QT_TRANSLATE_NOOP("PartnerDesk", "The file itself")),
    "index": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Indexes")),
    "structure": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Tables and columns")),
    "types": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Values that cannot be read")),
    "links": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Links between records")),
    "journal": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Records against the journal")),
    "seal": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Records against the last backup")),
    "contents": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Attached files")),
    "derived": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Lists and search")),
    "rules": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Rules")),
}
"""The areas of a check in the order in which they are looked at and shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    `table` and `row_id` are the place ("institution", 12), empty and 0 for the file as a whole; `root` and
    `root_id` name the record to open, where there is one ("partner", 3). `remedy` is what helps: salvage into a
    new office, repair into a new file, or the record itself.
    """

    area: Area
    severity: Severity
    sentence: Text
    remedy: Remedy
    table: str = ""
    row_id: int = 0
    root: str = ""
    root_id: int = 0

    @property
    def advice(self) -> Text:
        """What can be done, as a sentence."""
        return _ADVICE[self.remedy]


_ADVICE: dict[Remedy, Text] = {
    "salvage": Text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "Salvage what can be read into a new file, or restore a backup from before the damage.")),
    "repair": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Repair into a new file. Nothing that was entered is lost.")),
    "open": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Open the record and compare it with its history or a backup.")),
}


def damaged(findings: Iterable[Finding]) -> bool:
    """Whether something is wrong with the file, and not only with what was entered."""
    return any(finding.area != "rules" for finding in findings)
