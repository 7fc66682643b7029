"""Proposes what the columns of a file mean: by header word, by likeness, by contents, by what was chosen before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain import cells, clock, headers
from partnerdesk.domain.cells import Raw, Unreadable, plain
from partnerdesk.domain.countries import find_country
from partnerdesk.domain.identifiers import erasmus_code
from partnerdesk.domain.importing import (
    ACTIVITY,
    DAYS,
    DEFAULTS,
    DIRECTION,
    KIND,
    PARTNERS,
    PEOPLE,
    PERSON_KIND,
    STAY_DIRECTION,
    TYPE,
    ColumnMapping,
    Question,
    fingerprint,
)
from partnerdesk.domain.office import ImportProfile
from partnerdesk.domain.people_rules import ESI_PREFIX
from partnerdesk.domain.targets import Target
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.formats.books import Sheet
from partnerdesk.formats.headers import Header
from partnerdesk.services.importing_cells import DATED, DAYS_FIRST, reader_for

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_SAMPLE = 200
_LONGEST = 500
_LIKE = 84.0
_FALLBACKS = {
    "partner.name": ("partner.name_original", "partner.alias"),
    "places.fields": ("places.field_note",),
    "code.erasmus": ("code.local",),
    "code.pic": ("code.local",),
    "agreement.concluded_on": ("agreement.valid_from",),
    "agreement.valid_to": ("agreement.years",),
    "agreement.valid_from": ("agreement.years",),
    "agreement.years": ("agreement.valid_to",),
    "partner.city": ("partner.region",),
    "partner.website": ("partner.factsheet_url", "partner.catalogue_url"),
    "contact.name": ("partner.responsible",),
    "partner.unit": ("partner.name",),
    "places.own_unit": ("partner.unit",),
    "places.year": ("agreement.valid_from",),
    "places.heads_out": ("places.direction",),
    "agreement.type": ("places.activity", "agreement.programme"),
    "agreement.programme": ("agreement.type",),
}
_INSTITUTION = re.compile(
    r"\b(?:univ|hochschul|fachhochschul|universit|uniwersytet|politechnik|politecnic|college|institut|academ|akadem|"
    r"school|escola|escuela|école|ecole|haute|technolog|polytech|yliopisto|egyetem|szkoła|høgskole|högskola|conservato)",
    re.IGNORECASE,
)
_OID = re.compile(r"E\d{8}")
_HOST = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+")
_ROR = re.compile(r"(?:https?://ror\.org/)?0[a-hj-km-np-tv-z0-9]{6}\d\d", re.IGNORECASE)


def mapping_for(reader: Reader | None, sheet: Sheet, header: Header) -> ColumnMapping:
    """The mapping remembered for these headers, else the proposed one."""
    if reader is not None:
        found = reader.find(ImportProfile, fingerprint=fingerprint(header.names))
        if found:
            return ColumnMapping.from_json(found[0].mapping, header.names)
    return propose(sheet, header)


def remember(unit: Unit, mapping: ColumnMapping, name: str) -> None:
    """Keep a mapping for the next file with the same headers."""
    mark = fingerprint(mapping.names)
    old = unit.find(ImportProfile, fingerprint=mark)
    if old:
        unit.change(ImportProfile, old[0].id, None, mapping=mapping.as_json(), name=name)
    else:
        unit.add(ImportProfile(fingerprint=mark, name=name, mapping=mapping.as_json()))


def propose(sheet: Sheet, header: Header, kind: str = "") -> ColumnMapping:
    """The likeliest meaning of every column, each target given to the column that fits it best.

    `kind` says what the rows are where the header words would tell otherwise.
    """
    kind = kind or headers.kind_of(header.names if header.row >= 0 else ())
    samples = [_sample(sheet, header, column.index) for column in header.columns]
    offers: list[tuple[float, int, str]] = []
    for place, column in enumerate(header.columns):
        word = column.name if header.row >= 0 else ""
        offers += [(score, place, key) for key, score in _candidates(word, samples[place], kind).items()]
    offers.sort(key=lambda offer: (-offer[0], offer[1]))
    targets = [""] * len(header.columns)
    taken: set[str] = set()
    for score, place, key in offers:
        if score > 0.3 and not targets[place] and (key not in taken or key in headers.REPEATABLE):
            targets[place] = key
            taken.add(key)
    if kind == PARTNERS:
        _name_the_partner(targets, samples)
    return ColumnMapping(header.names, tuple(targets), {} if kind == PARTNERS else {KIND: kind})


def questions(mapping: ColumnMapping) -> tuple[Question, ...]:
    """What the file leaves open: direction and kind of the places, the kind of agreement, day or month first."""
    mapped = set(mapping.targets)
    if mapping.kind == PEOPLE:
        return _questions_on_people(mapping, mapped)
    kinds = {headers.BY_KEY[key].kind for key in mapped if key in headers.BY_KEY}
    asked: list[Question] = [_question(mapping, KIND, _KIND_LABEL, _KINDS)]
    split = mapped & {"places.heads_out", "places.heads_in"}
    if "places" in kinds and DIRECTION not in mapped and not split:
        asked.append(_question(mapping, DIRECTION, _DIRECTION_LABEL, _DIRECTIONS))
    if "places" in kinds and ACTIVITY not in mapped:
        asked.append(_question(mapping, ACTIVITY, _ACTIVITY_LABEL, _ACTIVITIES))
    if kinds & {"agreement", "places"} and TYPE not in mapped:
        asked.append(_question(mapping, TYPE, _TYPE_LABEL, _TYPES))
    if any(headers.BY_KEY[key].reads in DATED for key in mapped if key in headers.BY_KEY):
        asked.append(_question(mapping, DAYS, _DAYS_LABEL, _DAY_ORDERS))
    return tuple(asked)


def _questions_on_people(mapping: ColumnMapping, mapped: set[str]) -> tuple[Question, ...]:
    """What a registrar's list leaves open: what the people are, which way they go, day or month first."""
    asked = [_question(mapping, KIND, _KIND_LABEL, _KINDS)]
    if PERSON_KIND not in mapped:
        asked.append(_question(mapping, PERSON_KIND, _PERSON_LABEL, _PERSON_KINDS))
    if STAY_DIRECTION not in mapped and any(key.startswith("stay.") for key in mapped):
        asked.append(_question(mapping, STAY_DIRECTION, _STAY_LABEL, _STAY_DIRECTIONS))
    if any(headers.BY_KEY[key].reads in DATED for key in mapped if key in headers.BY_KEY):
        asked.append(_question(mapping, DAYS, _DAYS_LABEL, _DAY_ORDERS))
    return tuple(asked)


def _candidates(name: str, sample: Sequence[Raw], kind: str) -> dict[str, float]:
    """Scores of the targets a column could have; 1 and more is certain."""
    found: dict[str, float] = {}
    for key, likeness in _by_header(name, kind).items():
        fit = _fit(headers.BY_KEY[key], sample)
        named = 0.35 if likeness == 1 and len(name) > 2 else 0.0
        found[key] = max(found.get(key, 0.0), likeness * fit, named)
        for place, other in enumerate(_FALLBACKS.get(key, ())):
            score = likeness * (0.6 - 0.1 * place) * _fit(headers.BY_KEY[other], sample)
            found[other] = max(found.get(other, 0.0), score)
    for key, share in (_by_contents(sample) if kind == PARTNERS else _people_by_contents(sample)).items():
        found[key] = max(found.get(key, 0.0), 0.72 * share, 1.1 * share if found.get(key, 0.0) > 0.5 else 0.0)
    return found


def _by_header(name: str, kind: str) -> dict[str, float]:
    """Targets named by a header exactly (1) or nearly (below 1)."""
    if not name:
        return {}
    exact = headers.known_as(name, kind)
    if exact:
        return {exact: 1.0}
    from rapidfuzz import fuzz, process

    known = headers.known_words(kind)
    found: dict[str, float] = {}
    for form in headers.spellings(name):
        if len(form) < 4:
            continue
        for word, score, _ in process.extract(form, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3):
            found[known[word]] = max(found.get(known[word], 0.0), 0.9 * score / 100)
        for key, likeness in _within(form, known).items():
            found[key] = max(found.get(key, 0.0), likeness)
    return found


def _within(form: str, known: dict[str, str]) -> dict[str, float]:
    """Known words inside a longer header: "erasmus code of the partner university"."""
    words = form.split()
    best: dict[str, float] = {}
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            piece = " ".join(words[start : start + length])
            if len(piece) > 3 and piece in known:
                share = 0.45 + 0.35 * length / len(words)
                best[known[piece]] = max(best.get(known[piece], 0.0), share)
        if best:
            break
    return best


def _fit(target: Target, sample: Sequence[Raw]) -> float:
    """How many of a column's cells can be read as the target: 0 none, 1 all (or there are none)."""
    filled = [cell for cell in sample if not cells.says_nothing(cell)]
    if not filled:
        return 0.6
    if target.reads in ("name", "text"):
        return _worded(target, filled)
    if target.key == "code.erasmus":
        share = sum(all(map(erasmus_code, cells.several(cell))) for cell in filled) / len(filled)
        return share if share > 0.3 else 0.0
    if target.key == "code.local":
        return 1.0 if sum(len(plain(cell)) <= 24 for cell in filled) > 0.9 * len(filled) else 0.0
    read = reader_for(target, DAYS_FIRST, clock.today())
    return sum(_readable(read, cell) for cell in filled) / len(filled)


def _readable(read: object, cell: Raw) -> bool:
    try:
        read(cell)  # type: ignore[operator]
    except Unreadable:
        return False
    return True


def _worded(target: Target, filled: Sequence[Raw]) -> float:
    if target.reads == "text":
        return 1.0
    lettered = sum(any(c.isalpha() for c in plain(cell)) and not isinstance(cell, date) for cell in filled)
    coded = sum(erasmus_code(plain(cell)) is not None for cell in filled[:50]) / len(filled[:50])
    share = lettered / len(filled)
    return share if coded < 0.7 else 0.2


def _by_contents(sample: Sequence[Raw]) -> dict[str, float]:
    """Targets that a column's cells tell by themselves, whatever its header says."""
    said = [plain(cell) for cell in sample if isinstance(cell, str | int) and not cells.says_nothing(cell)]
    if len(said) < 1:
        return {}
    n = len(said)
    shares = {
        "code.erasmus": sum(erasmus_code(s) is not None and any(c.isalpha() for c in s) for s in said) / n,
        "code.oid": sum(_OID.fullmatch(s) is not None for s in said) / n,
        "code.ror": sum(_ROR.fullmatch(s) is not None for s in said) / n,
        "contact.email": sum(_MAIL.search(s) is not None for s in said) / n,
        "partner.website": sum(_HOST.match(s) is not None for s in said) / n,
        "partner.country": sum(len(s) > 1 and not s.isdecimal() and find_country(s) is not None for s in said) / n,
        "partner.name": sum(len(_INSTITUTION.findall(s)) > 0 for s in said) / n * 0.9,
    }
    return {key: share for key, share in shares.items() if share >= (0.5 if key == "partner.name" else 0.8)}


def _people_by_contents(sample: Sequence[Raw]) -> dict[str, float]:
    """Targets of a list of people that cells tell by themselves: addresses and identifiers."""
    said = [plain(cell) for cell in sample if isinstance(cell, str) and not cells.says_nothing(cell)]
    if not said:
        return {}
    shares = {
        "person.email": sum(_MAIL.fullmatch(s) is not None for s in said) / len(said),
        "person.esi": sum(s.casefold().startswith(ESI_PREFIX.casefold()) for s in said) / len(said),
    }
    return {key: share for key, share in shares.items() if share >= 0.8}


def _name_the_partner(targets: list[str], samples: Sequence[Sequence[Raw]]) -> None:
    """Where no column is the partner's name, take the one whose cells look like institutions."""
    if "partner.name" in targets:
        return
    best, best_share = -1, 0.2
    for place, sample in enumerate(samples):
        if targets[place] in ("", "partner.unit", "partner.name_original", "partner.alias", "contact.name"):
            said = [plain(cell) for cell in sample if isinstance(cell, str)]
            share = sum(_INSTITUTION.search(s) is not None for s in said) / max(1, len(said))
            if share > best_share:
                best, best_share = place, share
    if best >= 0:
        targets[best] = "partner.name"


def _sample(sheet: Sheet, header: Header, index: int) -> list[Raw]:
    """Cells of a column from all over the sheet, the distinct ones first."""
    body = sheet.rows[header.row + 1 :]
    step = max(1, len(body) // (4 * _SAMPLE))
    drawn = [row[index] for row in body[::step] if index < len(row) and row[index] is not None]
    return [_start(cell) for cell in list(dict.fromkeys(drawn))[:_SAMPLE]]


def _start(cell: Raw) -> Raw:
    """A cell without what would only cost time: patterns take quadratic time on endless words."""
    return cell[:_LONGEST] if isinstance(cell, str) else cell


def _question(mapping: ColumnMapping, key: str, label: str, choices: Iterable[tuple[str, str]]) -> Question:
    said = tuple((code, Text(words)) for code, words in choices)
    return Question(key, Text(label), said, mapping.constants.get(key, DEFAULTS[key]))


_KIND_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "The rows are")
_KINDS = (
    (PARTNERS, QT_TRANSLATE_NOOP("PartnerDesk", "partners and agreements")),
    (PEOPLE, QT_TRANSLATE_NOOP("PartnerDesk", "people and their stays")),
)
_PERSON_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "The people are")
_PERSON_KINDS = (
    ("student", QT_TRANSLATE_NOOP("PartnerDesk", "students")),
    ("staff", QT_TRANSLATE_NOOP("PartnerDesk", "staff")),
    ("pupil", QT_TRANSLATE_NOOP("PartnerDesk", "pupils")),
)
_STAY_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "The stays are")
_STAY_DIRECTIONS = (
    ("out", QT_TRANSLATE_NOOP("PartnerDesk", "of our people at a partner")),
    ("in", QT_TRANSLATE_NOOP("PartnerDesk", "of a partner's people with us")),
)
_DIRECTION_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "The places are for")
_DIRECTIONS = (
    ("out", QT_TRANSLATE_NOOP("PartnerDesk", "our outgoing people")),
    ("in", QT_TRANSLATE_NOOP("PartnerDesk", "the partner's people coming in")),
    ("both", QT_TRANSLATE_NOOP("PartnerDesk", "each direction")),
)
_ACTIVITY_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "They come and go for")
_ACTIVITIES = (
    ("student-studies", QT_TRANSLATE_NOOP("PartnerDesk", "studies")),
    ("student-traineeship", QT_TRANSLATE_NOOP("PartnerDesk", "traineeships")),
    ("staff-teacher", QT_TRANSLATE_NOOP("PartnerDesk", "teaching")),
    ("staff-training", QT_TRANSLATE_NOOP("PartnerDesk", "staff training")),
)
_TYPE_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "Kind of agreement")
_TYPES = (
    ("", QT_TRANSLATE_NOOP("PartnerDesk", "as the row tells: Erasmus with an Erasmus code, else student exchange")),
    ("erasmus_iia", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus inter-institutional agreement")),
    ("student_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "student exchange")),
    ("staff_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "staff exchange")),
    ("mou", QT_TRANSLATE_NOOP("PartnerDesk", "memorandum of understanding")),
    ("research", QT_TRANSLATE_NOOP("PartnerDesk", "research")),
    ("double_degree", QT_TRANSLATE_NOOP("PartnerDesk", "double degree")),
)
_DAYS_LABEL = QT_TRANSLATE_NOOP("PartnerDesk", "Days are written")
_DAY_ORDERS = (
    ("", QT_TRANSLATE_NOOP("PartnerDesk", "as the column tells, else day first")),
    ("dmy", QT_TRANSLATE_NOOP("PartnerDesk", "day first: 31/12/2029")),
    ("mdy", QT_TRANSLATE_NOOP("PartnerDesk", "month first: 12/31/2029")),
)
