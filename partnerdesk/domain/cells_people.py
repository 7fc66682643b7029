"""What cells of a registrar's list say: days of birth, gender, kind of person, citizenships, terms, identifiers."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partnerdesk.domain.cells import Raw, Unreadable, plain, says_nothing, several
from partnerdesk.domain.countries import find_country
from partnerdesk.domain.dates import NotADay, Order, parse_day
from partnerdesk.domain.people_rules import birth_problems, esi_looks_right, esi_normal, orcid_looks_right, orcid_normal
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear, NotAYear

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 2_000, 80_000
_SHORT_YEAR = re.compile(r"(.*[./-]\s*)(\d{2})")
_YEAR = re.compile(r"(?:19|20|21)\d\d(?:\s*[/–-]\s*(?:\d{4}|\d{2}))?|\b\d{2}\s*/\s*\d{2}\b")
_PART = re.compile(r"([1-4])\s*/\s*([1-4])")


@dataclass(frozen=True, slots=True)
class TermCell:
    """A term as a cell names it, and the academic year where it names that too."""

    term: str
    year: int | None = None


def _spellings(table: dict[str, str]) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() for word in words.split("|")}


_GENDERS = _spellings({
    "1": "1|m|male|man|männlich|mann|herr|mr|masculin|homme|h|monsieur|masculino|hombre|varón|mężczyzna|"
         "męska|męski",
    "2": "2|f|female|woman|w|weiblich|frau|mrs|ms|féminin|femme|madame|femenino|mujer|kobieta|k|żeńska|żeński",
    "9": "9|x|d|divers|diverse|other|non binary|nonbinary|autre|otro|inna|not applicable",
    "0": "0|u|unknown|not known|unbekannt|inconnu|desconocido|nieznana",
})
_KINDS = _spellings({
    "student": "student|students|studierende|studierender|studentin|étudiant|étudiante|estudiante|studentka|stud|s",
    "staff": "staff|teacher|employee|lecturer|professor|mitarbeiter|mitarbeiterin|dozent|dozentin|personal|"
             "personnel|enseignant|enseignante|profesor|profesora|pas|pdi|pracownik|nauczyciel|faculty",
    "pupil": "pupil|pupils|school pupil|schüler|schülerin|élève|alumno|alumna|uczeń|uczennica",
})
_TERMS = _spellings({
    "1/1": "full year|year|whole year|academic year|annual|fy|both|both semesters|1 2|1 and 2|ganzjährig|jahr|"
           "ganzes jahr|beide semester|année|année entière|annuel|año|anual|año completo|curso completo|rok|"
           "cały rok|rok akademicki|roczny",
    "1/2": "1|s1|sem 1|semester 1|first|first semester|1st|1st semester|autumn|fall|winter|autumn semester|"
           "fall semester|winter semester|autumn term|fall term|ws|wise|wintersemester|herbst|herbstsemester|hs|"
           "automne|semestre 1|premier semestre|1er semestre|semestre d'automne|otoño|primer semestre|"
           "semestre de otoño|1er cuatrimestre|zimowy|semestr zimowy|zima|i",
    "2/2": "2|s2|sem 2|semester 2|second|second semester|2nd|2nd semester|spring|summer|spring semester|"
           "summer semester|spring term|summer term|ss|sose|sommersemester|frühjahr|frühjahrssemester|fs|printemps|"
           "semestre 2|deuxième semestre|second semestre|2e semestre|semestre de printemps|primavera|"
           "segundo semestre|semestre de primavera|2o cuatrimestre|letni|semestr letni|lato|ii",
})
_NO_BIRTH = QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a date of birth")


def birth(cell: Raw, order: Order, today: date) -> date | None:
    """A day of birth: a day, the serial day of a spreadsheet, 19991231; two digits mean a year gone by."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool):
        raise _unreadable(_NO_BIRTH, cell)
    found = _born(cell, order, today)
    for problem in birth_problems(found, today):
        if problem.severity == "block":
            raise Unreadable(problem.message)
    return found


def _born(cell: Raw, order: Order, today: date) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = plain(cell)
    if isinstance(cell, int | float) or (said.isdecimal() and len(said) <= 5):
        if _FIRST_SERIAL <= float(said) <= _LAST_SERIAL and not 1900 <= float(said) <= today.year:
            return _EPOCH + timedelta(days=int(float(said)))
        if len(said) != 8:
            raise _unreadable(_NO_BIRTH, cell)
    if said.isdecimal() and len(said) == 8 and said[:2] in ("19", "20"):
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if len(re.findall(r"\w+", said)) < 3 and not (said.isdecimal() and len(said) in (6, 8)):
        raise _unreadable(_NO_BIRTH, cell)
    return _past(said, order, today)


def _past(said: str, order: Order, today: date) -> date:
    """The day written; a year of two digits lies in the past."""
    other: Order = "mdy" if order == "dmy" else "dmy"
    try:
        try:
            found = parse_day(said, today, order)
        except NotADay:
            found = parse_day(said, today, other)
    except NotADay as error:
        raise Unreadable(error.message) from error
    if found is None:
        raise _unreadable(_NO_BIRTH, said)
    if found > today and _SHORT_YEAR.fullmatch(said):
        return found.replace(year=found.year - 100, day=min(found.day, 28) if found.month == 2 else found.day)
    return found


def gender(cell: Raw) -> str | None:
    """ISO 5218: 0 not known, 1 male, 2 female, 9 not applicable."""
    return _worded(cell, _GENDERS, QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no gender known here"))


def person_kind(cell: Raw) -> str | None:
    """student, staff or pupil."""
    return _worded(cell, _KINDS, QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no student, staff or pupil"))


def countries(cell: Raw) -> tuple[str, ...]:
    """The countries in a cell, as alpha-2 codes in their order."""
    found: list[str] = []
    for one in several(cell):
        code = find_country(one)
        if code is None:
            raise _unreadable(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no country known here"), one)
        found.append(code)
    return tuple(dict.fromkeys(found))


def term(cell: Raw) -> TermCell | None:
    """A term in words or as "1/2", with the academic year where the cell names it: "WS 2026/27", "SoSe 2027"."""
    if says_nothing(cell):
        return None
    said = plain(cell)
    if match := _PART.fullmatch(said):
        return TermCell(f"{match[1]}/{match[2]}" if match[1] <= match[2] else "1/1")
    match_year = _YEAR.search(said)
    rest = said if match_year is None else f"{said[:match_year.start()]} {said[match_year.end():]}"
    rest = rest.strip(" -–,")
    code = _TERMS.get(fold(rest)) or (f"{part[1]}/{part[2]}" if (part := _PART.search(rest)) else None)
    if code is None:
        raise _unreadable(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no term known here"), said)
    return TermCell(code, None if match_year is None else _year_of(match_year[0], code))


def _year_of(written: str, code: str) -> int | None:
    bare = written.strip()
    if bare.isdecimal():
        # "SoSe 2027" lies in 2026/2027, "WS 2026" begins 2026/2027
        return int(bare) - 1 if code == "2/2" else int(bare)
    try:
        return AcademicYear.parse(bare).first
    except NotAYear:
        return None


def esi(cell: Raw) -> str | None:
    """A European Student Identifier as it is stored."""
    if says_nothing(cell):
        return None
    value = esi_normal(plain(cell))
    if not esi_looks_right(value):
        raise Unreadable(Text(QT_TRANSLATE_NOOP("PartnerDesk", "This is no European Student Identifier")))
    return value


def orcid(cell: Raw) -> str | None:
    """An ORCID as it is stored."""
    if says_nothing(cell):
        return None
    value = orcid_normal(plain(cell))
    if not orcid_looks_right(value):
        raise Unreadable(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The ORCID has a typing error")))
    return value


def _worded(cell: Raw, table: dict[str, str], complaint: str) -> str | None:
    if says_nothing(cell):
        return None
    code = table.get(fold(plain(cell)))
    if code is None:
        raise _unreadable(complaint, cell)
    return code


def _unreadable(sentence: str, cell: Raw) -> Unreadable:
    return Unreadable(text(sentence, what=plain(cell)[:40]))
