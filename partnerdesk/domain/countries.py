"""Countries and the languages spoken there: ISO codes, UN regions, and every spelling an office may meet."""

import json
import re
from dataclasses import dataclass
from functools import cache

from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

REGIONS: dict[str, str] = {
    "002": QT_TRANSLATE_NOOP("PartnerDesk", "Africa"),
    "019": QT_TRANSLATE_NOOP("PartnerDesk", "Americas"),
    "010": QT_TRANSLATE_NOOP("PartnerDesk", "Antarctica"),
    "142": QT_TRANSLATE_NOOP("PartnerDesk", "Asia"),
    "150": QT_TRANSLATE_NOOP("PartnerDesk", "Europe"),
    "009": QT_TRANSLATE_NOOP("PartnerDesk", "Oceania"),
}
SUBREGIONS: dict[str, str] = {
    "015": QT_TRANSLATE_NOOP("PartnerDesk", "Northern Africa"),
    "014": QT_TRANSLATE_NOOP("PartnerDesk", "Eastern Africa"),
    "017": QT_TRANSLATE_NOOP("PartnerDesk", "Middle Africa"),
    "018": QT_TRANSLATE_NOOP("PartnerDesk", "Southern Africa"),
    "011": QT_TRANSLATE_NOOP("PartnerDesk", "Western Africa"),
    "029": QT_TRANSLATE_NOOP("PartnerDesk", "Caribbean"),
    "013": QT_TRANSLATE_NOOP("PartnerDesk", "Central America"),
    "005": QT_TRANSLATE_NOOP("PartnerDesk", "South America"),
    "021": QT_TRANSLATE_NOOP("PartnerDesk", "Northern America"),
    "143": QT_TRANSLATE_NOOP("PartnerDesk", "Central Asia"),
    "030": QT_TRANSLATE_NOOP("PartnerDesk", "Eastern Asia"),
    "035": QT_TRANSLATE_NOOP("PartnerDesk", "South-eastern Asia"),
    "034": QT_TRANSLATE_NOOP("PartnerDesk", "Southern Asia"),
    "145": QT_TRANSLATE_NOOP("PartnerDesk", "Western Asia"),
    "151": QT_TRANSLATE_NOOP("PartnerDesk", "Eastern Europe"),
    "154": QT_TRANSLATE_NOOP("PartnerDesk", "Northern Europe"),
    "039": QT_TRANSLATE_NOOP("PartnerDesk", "Southern Europe"),
    "155": QT_TRANSLATE_NOOP("PartnerDesk", "Western Europe"),
    "053": QT_TRANSLATE_NOOP("PartnerDesk", "Australia and New Zealand"),
    "054": QT_TRANSLATE_NOOP("PartnerDesk", "Melanesia"),
    "057": QT_TRANSLATE_NOOP("PartnerDesk", "Micronesia"),
    "061": QT_TRANSLATE_NOOP("PartnerDesk", "Polynesia"),
    "010": QT_TRANSLATE_NOOP("PartnerDesk", "Antarctica"),
}

_OTHER_CODES = {"UK": "GB", "EL": "GR", "KOS": "XK", "XKK": "XK"}
_PIECES = re.compile(r"\s*[/,;|()\[\]]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory with a code: `region` and `subregion` are UN M49, `numeric` ISO 3166-1."""

    code: str
    alpha3: str
    numeric: str
    region: str
    subregion: str
    name: str
    spellings: tuple[str, ...] = ()

    @property
    def region_label(self) -> str:
        """English name of the region, to be translated."""
        return REGIONS[self.region]

    @property
    def subregion_label(self) -> str:
        """English name of the subregion, to be translated."""
        return SUBREGIONS[self.subregion]


@dataclass(frozen=True, slots=True)
class Language:
    """One ISO 639-1 language; `own_name` is empty where it is not known or the same."""

    code: str
    name: str
    own_name: str = ""


@cache
def countries() -> tuple[Country, ...]:
    """All 249 countries and territories of ISO 3166-1 and Kosovo (XK), by code."""
    rows = json.loads(resource_path("codes", "countries.json").read_text(encoding="utf-8"))
    return tuple(
        Country(code, alpha3, numeric, region, subregion, name, tuple(spellings))
        for code, alpha3, numeric, region, subregion, name, spellings in rows
    )


def country(code: str) -> Country | None:
    """The country with that alpha-2 code, None if there is none."""
    return _by_code().get(code)


def country_name(code: str) -> str:
    """The English name for an alpha-2 code; the code itself where it is not known."""
    found = _by_code().get(code)
    return found.name if found else code


def country_of_alpha3(alpha3: str) -> str | None:
    """The alpha-2 code for an alpha-3 code."""
    return _alpha3().get(alpha3.upper())


def find_country(written: str) -> str | None:
    """The alpha-2 code of a country written as a code or a name in any of a dozen languages; None if unsure.

    Reads "Suiza", "Deutschland", "USA", "Holland", "UK", "EL", "Germany (DE)", "CZ - Czech Republic".
    """
    if found := _read(written):
        return found
    read = {found for piece in _PIECES.split(written) if (found := _read(piece))}
    return read.pop() if len(read) == 1 else None


@cache
def languages() -> tuple[Language, ...]:
    """The languages of ISO 639-1, by code."""
    rows = json.loads(resource_path("codes", "languages.json").read_text(encoding="utf-8"))
    return tuple(Language(*row) for row in rows)


def language_name(code: str) -> str:
    """The English name for an ISO 639-1 code; the code itself where it is not known."""
    return next((language.name for language in languages() if language.code == code), code)


def find_language(written: str) -> str | None:
    """The ISO 639-1 code of a language written as a code, by its English or its own name; None if unknown."""
    folded = fold(written)
    return _language_spellings().get(folded)


def _read(written: str) -> str | None:
    tidy = written.strip().replace(".", "")
    if len(tidy) in (2, 3) and tidy.isascii():
        upper = tidy.upper()
        if len(tidy) == 2 and upper in _by_code():
            return upper
        if code := _OTHER_CODES.get(upper) or _alpha3().get(upper):
            return code
    folded = fold(written)
    found = _spellings().get(folded) or _spellings().get(folded.replace(" ", ""))
    return found or (_spellings().get(folded.removeprefix("the ")) if folded.startswith("the ") else None)


@cache
def _by_code() -> dict[str, Country]:
    return {each.code: each for each in countries()}


@cache
def _alpha3() -> dict[str, str]:
    return {each.alpha3: each.code for each in countries()}


@cache
def _spellings() -> dict[str, str]:
    return {s: each.code for each in countries() for s in (fold(each.name), *each.spellings)}


@cache
def _language_spellings() -> dict[str, str]:
    known = {fold(name): each.code for each in languages() for name in (each.own_name, each.name) if name}
    known |= {each.code: each.code for each in languages()}
    return known
