"""Names of countries and languages in the user's language; English until Babel has been loaded beside the work."""

from functools import cache

from PySide6.QtCore import QLocale

from partnerdesk.domain import countries

_SHORT = {"GB": "UK", "US": "USA", "AE": "UAE"}


def country_name(code: str) -> str:
    """A country's name as the user's language has it; the code where it is not known."""
    if not code:
        return ""
    language = QLocale().name()
    if language.startswith(("en", "C")):
        return countries.country_name(code)
    return _territories(language).get(code) or countries.country_name(code)


def short_country_name(code: str) -> str:
    """A country's name for narrow columns: the common short form where English has one."""
    if QLocale().name().startswith(("en", "C")) and code in _SHORT:
        return _SHORT[code]
    return country_name(code)


def language_name(code: str) -> str:
    """A language's name as the user's language has it."""
    return countries.language_name(code)


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language, sep="_").territories)
