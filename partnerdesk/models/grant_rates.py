"""The rates of a table of grants as a grid that is edited in place."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from partnerdesk.domain import cells
from partnerdesk.domain.countries import country, find_country
from partnerdesk.domain.grants import TOP_UPS, GrantRate
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of, read_term
from partnerdesk.look.cells import Cell, Number, Soft
from partnerdesk.look.words import number, say
from partnerdesk.models.edit_grid import EditModel, GridColumn
from partnerdesk.models.names import country_name

NUMBERS = ("low", "high", "amount", "green")
_BANDS = ("short-day", "staff-day", "travel", "top-up-once")
OPEN = {
    "key": ("top-up-month", "top-up-once", "country"), "low": _BANDS, "high": _BANDS, "green": ("travel",),
    "amount": ("month", "top-up-month", *_BANDS),
}
"""For which kinds of rate a column says anything."""


class RatesModel(EditModel[GrantRate]):
    """A row a rate; the columns that mean nothing for its kind cannot be filled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("kind", _tr("Rate"), 158, "choice", grows=True),
            GridColumn("key", _tr("For"), 148, "choice"),
            GridColumn("region", _tr("Group of countries"), 134, "text"),
            GridColumn("low", _tr("From"), 62, "text", right=True),
            GridColumn("high", _tr("To"), 62, "text", right=True),
            GridColumn("amount", _tr("Amount"), 88, "text", right=True),
            GridColumn("green", _tr("Green travel"), 100, "text", right=True),
        ), parent)

    def words_of(self, record: GrantRate, key: str) -> str:
        value = getattr(record, key)
        if key in NUMBERS:
            decimals = 2 if key in ("amount", "green") else 0
            return "" if value is None else number(value, decimals)
        if key == "kind":
            return say(label_of("grant_rate_kind", value))
        return key_words(value) if key == "key" else str(value)

    def cell_of(self, record: GrantRate, key: str) -> Cell:
        words = self.words_of(record, key)
        if key in NUMBERS:
            return Number(words)
        if key == "region" and not words and record.kind != "country":
            return Soft(_tr("All"))
        return words if key == "kind" else Soft(words)

    def typed_words(self, record: GrantRate, key: str) -> str:
        value = getattr(record, key)
        if key in NUMBERS:
            return "" if value is None else f"{value:.2f}".removesuffix(".00")
        return self.words_of(record, key)

    def read_cell(self, record: GrantRate, key: str, written: str) -> dict[str, Any]:
        written = written.strip()
        if key in ("low", "high"):
            return {key: cells.count(written) if written else None}
        if key in ("amount", "green"):
            return {key: _amount(written)}
        if key == "kind":
            return {key: read_term("grant_rate_kind", written) or record.kind}
        return {key: _key_of(written) if key == "key" else written}

    def open_cell(self, record: GrantRate, key: str) -> bool:
        return record.kind in OPEN.get(key, (record.kind,))


def key_words(key: str) -> str:
    """What a rate is for: a top-up or a country."""
    names = {"fewer-opportunities": _tr("Fewer opportunities"), "traineeship": _tr("Traineeship"),
             "green": _tr("Green travel")}
    if key in names:
        return names[key]
    return country_name(key) if country(key) is not None else key


def _amount(written: str) -> float | None:
    """An amount in the user's manner, "1,188.50", or in another; None for nothing. Raises Unreadable."""
    found, right = QLocale().toDouble(written)
    return found if right else cells.number(written)


def _key_of(written: str) -> str:
    for key in TOP_UPS:
        if fold(written) in (fold(key), fold(key_words(key))):
            return key
    return find_country(written) or written


def _tr(source: str) -> str:
    return QCoreApplication.translate("Grants", source)
