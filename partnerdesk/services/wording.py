"""The voice of a print: its labels, days, countries and numbers in the reader's language.

The language of a print is chosen for its reader and may differ from the language of the program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from partnerdesk.domain.countries import country_name
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear

EN_DASH = "\N{EN DASH}"
NOTHING = "\N{EM DASH}"
ENGLISH = "en"
Translate = Callable[[str], str]


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """What the labels of a print are called, by language and English label."""
    path = resource_path("translations", "print.json")
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def languages() -> tuple[str, ...]:
    """The languages a print can be made in."""
    return (ENGLISH, *sorted(tables()))


class Voice:
    """Says labels, days and names in one language; `translate` overrides the table of labels."""

    def __init__(self, language: str = ENGLISH, translate: Translate | None = None) -> None:
        self.language = language.replace("_", "-").split("-")[0].casefold() or ENGLISH
        if self.language not in languages():
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There is no print in {language}. Choose one of {known}.")
            raise Refused(
                Problem("P01", "block", "language", text(sentence, language=language, known=", ".join(languages())))
            )
        self._translate = translate or self._from_table

    def say(self, words: Text | str, **values: object) -> str:
        """A label or sentence, its values filled in."""
        return (Text(words, values) if isinstance(words, str) else words).said(self._translate)

    def day(self, day: date | None) -> str:
        """ "1 Sep 2026", or "—" for none."""
        return self._formatted(day, "d MMM y", "medium") if day else NOTHING

    def long_day(self, day: date) -> str:
        """ "16 July 2026"."""
        return self._formatted(day, "d MMMM y", "long")

    def weekday(self, day: date) -> str:
        """ "Mon"."""
        return self._formatted(day, "EEE", "EEE")

    def month(self, day: date) -> str:
        """ "Jul"."""
        return self._formatted(day, "MMM", "MMM")

    def moment(self, moment: datetime) -> str:
        """ "16 Jul 2026, 10:42" where the user is."""
        here = moment.astimezone()
        return f"{self.day(here.date())}, {here:%H:%M}"

    def country(self, code: str) -> str:
        """The country's name; the code itself where it is not known."""
        if self.language == ENGLISH or not code:
            return country_name(code)
        from babel import Locale

        return Locale.parse(self.language).territories.get(code) or country_name(code)

    def figure(self, value: Decimal | float) -> str:
        """ "7.5", or "7,5": a number without needless decimals."""
        shown = f"{round(value, 2):.2f}".rstrip("0").rstrip(".")
        return shown if self.language == ENGLISH else self._decimal(value, "0.##")

    def money(self, value: Decimal | float) -> str:
        """ "3,780.00", or "3.780,00"."""
        return f"{value:,.2f}" if self.language == ENGLISH else self._decimal(value, "#,##0.00")

    @staticmethod
    def year(year: AcademicYear) -> str:
        """ "2025/26", or "2026" in the south."""
        return str(year.first) if year.southern else f"{year.first}/{year.last % 100:02}"

    def _formatted(self, day: date, english: str, other: str) -> str:
        from babel.dates import format_date

        return format_date(day, english if self.language == ENGLISH else other, locale=self.language)

    def _decimal(self, value: Decimal | float, pattern: str) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, pattern, locale=self.language)

    def _from_table(self, template: str) -> str:
        return tables().get(self.language, {}).get(template, template)
