"""Months in the user's words, as heads of strips and calendars have them."""

from datetime import date

from PySide6.QtCore import QLocale


def month_name(month: date, *, with_year: bool = False) -> str:
    """ "Jan" or "Jan 2027": the short name of a month as it stands by itself."""
    name = QLocale().standaloneMonthName(month.month, QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{name} {month.year}" if with_year else name
