"""Texts, numbers and dates as the user reads them, in the user's language."""

import re
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTranslator

from partnerdesk.domain import clock
from partnerdesk.domain.words import Text

CONTEXT = "PartnerDesk"
EN_DASH = "\N{EN DASH}"
NOTHING = "\N{EM DASH}"

_DAY = "d MMM yyyy"
_KEPT = re.compile(r"(\{[^{}]*\}|%n|%L?\d|<[^<>]*>|&(?=\w))")
_WIDER = str.maketrans("aeiouncyAEIOUNCY", "àéîõüñçýÀÉÎÕÜÑÇÝ")


def say(words: Text | str) -> str:
    """A text from below Qt in the user's language, counts and days in the user's manner; a str passes as it is."""
    return _figured(words).said(_translated) if isinstance(words, Text) else words


def _figured(words: Text) -> Text:
    return Text(words.template, {name: _worded(name, value) for name, value in words.values.items()})


def _worded(name: str, value: object) -> object:
    if isinstance(value, Text):
        return _figured(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if name == "n" and isinstance(value, int) else value


def counted(n: int, one: str, many: str, **more: str) -> str:
    """The sentence for one, or that for any other number, with {n} and what `more` names filled in."""
    return (one if n == 1 else many).format(n=number(n), **more)


def number(value: int | float, decimals: int = 0) -> str:
    """1204 as "1,204" in the user's manner, with a true minus."""
    place = _locale()
    words = place.toString(float(value), "f", decimals)
    return words.replace("-", "\N{MINUS SIGN}")


def day(value: date | None) -> str:
    """ "12 Mar 2027", or "—" for none."""
    return _locale().toString(_qdate(value), _DAY) if value else NOTHING


def long_day(value: date) -> str:
    """ "31 Dec 2026, Thursday", for the date understood under a field."""
    return _locale().toString(_qdate(value), f"{_DAY}, dddd")


def day_range(start: date | None, end: date | None) -> str:
    """ "1 Sep 2026 – 31 Aug 2027"; an open side is left out."""
    if start and end:
        return f"{day(start)} {EN_DASH} {day(end)}"
    if start:
        return _translate("from {day}").format(day=day(start))
    return _translate("until {day}").format(day=day(end)) if end else NOTHING


def near(value: date, *, due: bool = True) -> str:
    """ "today", "in 47 days", "9 days late" (or "9 days ago" when nothing was due)."""
    days = (value - clock.today()).days
    if days == 0:
        return _translate("today")
    if days == 1:
        return _translate("tomorrow")
    if days == -1:
        return _translate("1 day late") if due else _translate("yesterday")
    if days > 1:
        return _translate("in %n days", days)
    return _translate("%n days late", -days) if due else _translate("%n days ago", -days)


def pseudo(source: str) -> str:
    """`source` half as long again with other letters; {places} and %n stay."""
    parts = _KEPT.split(source)
    said = "".join(part if i % 2 else part.translate(_WIDER) for i, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    return f"{said}{' ~~~~' * 40}"[: len(said) + -(-letters // 2)] if letters else source


class PseudoTranslator(QTranslator):
    """A language 50 % longer than English, to see that nothing is clipped and nothing untranslated."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return pseudo(source_text)

    def isEmpty(self) -> bool:
        return False


def _translate(template: str, n: int = -1) -> str:
    return QCoreApplication.translate(CONTEXT, template, None, n)


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)


def _locale() -> QLocale:
    place = QLocale()
    if place.language() in (QLocale.Language.C, QLocale.Language.English):
        # the British tables say "Sept", which is wider than every other month
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return place


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
