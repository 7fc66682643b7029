"""The partnership summary: everything about one partner that fits one page, gathered as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import RUNNING, State, places_in
from partnerdesk.domain.documents import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Coverage,
    Fact,
    Head,
    Lane,
    Mark,
    Marks,
    Pair,
    People,
    PrintDocument,
    Remarks,
    Stretch,
    Table,
)
from partnerdesk.domain.documents import Contact as PrintedContact
from partnerdesk.domain.partners import Contact
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.years import AcademicYear, MonthDay, gaps
from partnerdesk.services.gathering import Gathered, Paper, gather
from partnerdesk.services.wording import EN_DASH, NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

FORMS = {
    "student_exchange": QT_TRANSLATE_NOOP("PartnerDesk", "Student exchange"),
    "faculty_exchange": QT_TRANSLATE_NOOP("PartnerDesk", "Faculty exchange"),
    "joint_research": QT_TRANSLATE_NOOP("PartnerDesk", "Joint research"),
    "curriculum_development": QT_TRANSLATE_NOOP("PartnerDesk", "Curriculum"),
    "best_practice": QT_TRANSLATE_NOOP("PartnerDesk", "Best practice"),
}
SCHEMES = ("ror", "erasmus", "pic", "schac")
FIRST_ROLES = ("institutional", "outgoing", "incoming", "signee")
SCRIPTS = {
    "CN": "zh-Hans",
    "SG": "zh-Hans",
    "TW": "zh-Hant",
    "HK": "zh-Hant",
    "MO": "zh-Hant",
    "JP": "ja",
    "KR": "ko",
    "KP": "ko",
}
YEARS_BEFORE, YEARS_AFTER = 2, 1
COVERAGE_YEARS = 6
MOST_WORK = 5


def summaries(reader: Reader, ids: Sequence[int], voice: Voice) -> Iterator[PrintDocument]:
    """The partnership summaries of these partners in the voice's language, in their order. Raises Missing."""
    return (written(data, voice) for data in gather(reader, ids))


def summary(reader: Reader, institution_id: int, voice: Voice) -> PrintDocument:
    """The partnership summary of one partner in the voice's language. Raises Missing."""
    return next(summaries(reader, (institution_id,), voice))


def written(data: Gathered, voice: Voice) -> PrintDocument:
    """Put what was gathered into words."""
    name = data.institution.name
    what = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Partnership summary"))
    places, people = _places(data, voice), _people(data, voice)
    blocks: list[Block] = [_marks(data, voice), _table(data, voice)]
    if places.bars and people.people:
        blocks.append(Pair(places, people))
    elif places.bars or people.people:
        blocks.append(places if places.bars else people)
    coverage = _coverage(data, voice)
    if coverage.lanes:
        blocks.append(coverage)
    blocks += _work(data, voice)
    blocks.append(Remarks(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Remarks"))))
    as_of = QT_TRANSLATE_NOOP("PartnerDesk", "Data as of {moment}")
    return PrintDocument(
        title=f"{name} {EN_DASH} {what}",
        kind=f"{what} · {voice.long_day(data.house.today)}",
        letterhead=data.house.letterhead,
        head=_head(data, voice),
        blocks=tuple(blocks),
        foot=voice.say(as_of, moment=voice.moment(clock.now())),
        language=voice.language,
        more=voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "+ {count} more")),
        page_of=voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Page {page} of {pages}")),
    )


def _work(data: Gathered, voice: Voice) -> list[Block]:
    """Projects that run with their next point, and what is still to be done, side by side where there are both."""
    say, today = voice.say, data.house.today
    projects = Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Projects")),
        (Column(say(QT_TRANSLATE_NOOP("PartnerDesk", "Project")), 0.34, voice="strong"),
         Column(say(QT_TRANSLATE_NOOP("PartnerDesk", "Next")), 0.4),
         Column(say(QT_TRANSLATE_NOOP("PartnerDesk", "Due")), 0.26, "right")),
        tuple((Cell(one.acronym or one.title), Cell(one.next_title or NOTHING),
               Cell(voice.day(one.next_due), "PROBLEM" if one.next_due and one.next_due < today else ""))
              for one in data.projects))
    followups = Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Open follow-ups")),
        (Column(say(QT_TRANSLATE_NOOP("PartnerDesk", "What")), 0.7, voice="strong"),
         Column(say(QT_TRANSLATE_NOOP("PartnerDesk", "Due")), 0.3, "right")),
        tuple((Cell(one.title), Cell(voice.day(one.due_on), "PROBLEM" if one.due_on and one.due_on < today else ""))
              for one in data.followups[:MOST_WORK]))
    if projects.rows and followups.rows:
        return [Pair(projects, followups)]
    return [one for one in (projects, followups) if one.rows]


def _head(data: Gathered, voice: Voice) -> Head:
    institution = data.institution
    original = institution.name_original
    where = ", ".join(part for part in (institution.city, voice.country(institution.country)) if part)
    since = min((p.started_on.year for p in data.partnerships if p.started_on), default=None)
    first = [where] if where else []
    if since is not None:
        first.append(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "partner since {year}"), year=since))
    if names := _unit_names(data):
        first.append(", ".join(names))
    purposes = [p.purpose for p in data.partnerships if p.purpose]
    lines = tuple(line for line in (" · ".join(first), " ".join(dict.fromkeys(purposes))) if line)
    return Head(
        institution.name,
        original if original != institution.name else "",
        SCRIPTS.get(institution.country, ""),
        lines,
        tuple(_facts(data, voice)),
        institution.country,
        (institution.longitude, institution.latitude)
        if institution.longitude is not None and institution.latitude is not None else None,
    )


def _unit_names(data: Gathered) -> list[str]:
    """Our units in the partnerships, then those in conditions, then the partner's."""
    own = [p.own_unit_id for p in data.partnerships]
    own += [c.own_unit_id for paper in data.papers for c in paper.conditions]
    every = [unit for unit in (*own, *data.member_units) if unit is not None]
    return list(dict.fromkeys(data.units[unit].name for unit in every if unit in data.units))


def _facts(data: Gathered, voice: Voice) -> Iterable[Fact]:
    labels = {
        "ror": "ROR",
        "erasmus": voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus code")),
        "pic": "PIC",
        "schac": "SCHAC",
    }
    for scheme in SCHEMES:
        codes = [i for i in data.identifiers if i.scheme == scheme]
        valid = [i for i in codes if i.valid_to is None or i.valid_to >= data.house.today]
        if valid:
            yield Fact(labels[scheme], max(valid, key=lambda i: (i.preferred, i.id)).value)
    tiers = [p.tier for p in data.partnerships if p.tier]
    if tiers:
        yield Fact(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Tier")), str(min(tiers)))
    people = dict.fromkeys(p.responsible for p in data.partnerships if p.responsible)
    if people:
        yield Fact(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible")), ", ".join(people))


_FORM_OF = {
    "student_exchange": "student_exchange", "staff_exchange": "faculty_exchange", "research": "joint_research",
    "student-studies": "student_exchange", "student-traineeship": "student_exchange",
    "student-short": "student_exchange", "doctoral-short": "student_exchange", "bip": "student_exchange",
    "school-exchange": "student_exchange", "staff-teacher": "faculty_exchange", "staff-training": "faculty_exchange",
    "research-stay": "joint_research",
}
"""The form of cooperation that a type of agreement or an activity is, so that no paper in effect is told as none."""


def _marks(data: Gathered, voice: Voice) -> Marks:
    present = {form for partnership in data.partnerships for form in partnership.forms}
    for paper in data.papers:
        if paper.state in RUNNING:
            present |= {_FORM_OF[code] for code in (paper.agreement.type, *(c.activity for c in paper.conditions))
                        if code in _FORM_OF}
    none = QT_TRANSLATE_NOOP("PartnerDesk", "{form}, none")
    marks = []
    for form, name in FORMS.items():
        word = Text(name)
        said = voice.say(word) if form in present else voice.say(none, form=word)
        marks.append(Mark(icon_of("cooperation_form", form), said, form in present))
    return Marks(tuple(marks))


def icon_of(name: str, code: str) -> str:
    """The name of the icon that stands for a code of a vocabulary; "" where there is none."""
    term = vocabulary(name).term(code)
    return term.icon if term else ""


def _table(data: Gathered, voice: Voice) -> Table:
    columns = (
        Column(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Kind")), 0.258, "left", "strong"),
        Column(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Number")), 0.14, "left", "quiet"),
        Column(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Years")), 0.252),
        Column(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "State")), 0.2),
        Column(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Last notice day")), 0.15, "right"),
    )
    rows = tuple(_row(paper, data, voice) for paper in data.papers)
    return Table(
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Agreements")),
        columns,
        rows,
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "state on {day}"), day=voice.long_day(data.house.today))
        if rows
        else "",
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "No agreement yet")),
    )


def _row(paper: Paper, data: Gathered, voice: Voice) -> tuple[Cell, ...]:
    counts = paper.state in RUNNING or paper.state is State.FUTURE
    return (
        Cell(_kind(paper, voice)),
        Cell(paper.agreement.our_code or paper.agreement.partner_code or NOTHING),
        Cell(_validity(paper, data, voice)),
        Cell(voice.say(label_of("state", paper.state)), icon_of("state", paper.state)),
        Cell(voice.day(paper.facts.notice_on if counts else None)),
    )


def _kind(paper: Paper, voice: Voice) -> str:
    """What the paper is called: its own title, else its kind, as in the lists on screen."""
    if paper.agreement.title:
        return paper.agreement.title
    return voice.say(label_of("agreement_type", paper.agreement.type)) if paper.agreement.type else NOTHING


def _validity(paper: Paper, data: Gathered, voice: Voice) -> str:
    starts, ends = paper.facts.starts_on, paper.facts.termination_on or paper.facts.ends_on
    by_years = paper.version.first_year is not None and paper.facts.termination_on is None
    southern = data.house.year.southern

    def said(day: date) -> str:
        return voice.year(AcademicYear.of(day, southern, data.house.start)) if by_years else voice.day(day)

    if starts and ends:
        first, last = said(starts), said(ends)
        return first if first == last else f"{first} {EN_DASH} {last}"
    if ends:
        return voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "until {day}"), day=said(ends))
    if starts:
        return voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "{day} – open-ended"), day=said(starts))
    return voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "open-ended")) if paper.version.open_ended else NOTHING


def _places(data: Gathered, voice: Voice) -> Bars:
    """Agreed places by direction in the last two years, this one and the next; staff apart from students."""
    now = data.house.year
    years = [AcademicYear(now.first + n, now.southern) for n in range(-YEARS_BEFORE, YEARS_AFTER + 1)]
    table = {
        (staff, direction): [_granted(data, direction, staff, year) for year in years]
        for staff in (False, True)
        for direction in ("out", "in")
    }
    groups = {key: row for key, row in table.items() if any(row)}
    if len(groups) > 2:
        years = years[YEARS_BEFORE:]
        groups = {key: row[YEARS_BEFORE:] for key, row in groups.items() if any(row[YEARS_BEFORE:])}
    mixed = any(staff for staff, _ in groups)
    bars = [
        _bar(_group_name(staff, direction, mixed, voice), voice.year(year), heads,
             _taken(data, direction, staff, year), voice)
        for (staff, direction), row in groups.items()
        for year, heads in zip(years, row, strict=True)
    ]
    title = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Places"))
    return Bars(title, tuple(bars), voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "persons by academic year")))


def _group_name(staff: bool, direction: str, mixed: bool, voice: Voice) -> str:
    names = {
        (False, "out"): QT_TRANSLATE_NOOP("PartnerDesk", "Students out"),
        (False, "in"): QT_TRANSLATE_NOOP("PartnerDesk", "Students in"),
        (True, "out"): QT_TRANSLATE_NOOP("PartnerDesk", "Staff out"),
        (True, "in"): QT_TRANSLATE_NOOP("PartnerDesk", "Staff in"),
    }
    plain = {"out": QT_TRANSLATE_NOOP("PartnerDesk", "Out"), "in": QT_TRANSLATE_NOOP("PartnerDesk", "In")}
    return voice.say(names[staff, direction] if mixed else plain[direction])


def _bar(group: str, year: str, heads: int | None, taken: float, voice: Voice) -> Bar:
    """What is used of what is agreed; no figure where neither is."""
    if heads is None:
        used = (voice.figure(taken), voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "used"))) if taken else (NOTHING, "")
        return Bar(group, year, 0, *used, used=taken or None)
    if not taken:
        return Bar(group, year, heads, str(heads), voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "agreed")))
    of = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "of {n} agreed"), n=heads)
    return Bar(group, year, heads, voice.figure(taken), of, used=taken)


def _taken(data: Gathered, direction: str, staff: bool, year: AcademicYear) -> float:
    """Places that stays use in a year, of conditions counted in heads."""
    return sum(data.used.get((c.id, year.first), 0.0) for paper in data.papers if paper.signed
               for c in paper.conditions
               if c.direction == direction and c.activity.startswith("staff") is staff and c.places_unit == "heads")


def _granted(data: Gathered, direction: str, staff: bool, year: AcademicYear) -> int | None:
    """Places that signed agreements grant in a year; None where nothing applies."""
    found: int | None = None
    first, last = year.first_day(data.house.start), year.last_day(data.house.start)
    for paper in data.papers:
        if not paper.signed or (paper.facts.starts_on or first) > last or (paper.ends_on or last) < first:
            continue
        for condition in paper.conditions:
            if condition.direction == direction and condition.activity.startswith("staff") is staff:
                heads = places_in(condition, paper.exceptions.get(condition.id, ()), year.first)
                found = found if heads is None else (found or 0) + heads
    return found


def _people(data: Gathered, voice: Voice) -> People:
    contacts = [c for c in data.contacts if _holds(c, data.house.today)]
    printed = [_contact(c, voice) for c in sorted(contacts, key=_importance)]
    ours = dict.fromkeys(p.responsible for p in data.partnerships if p.responsible)
    side = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "our side, responsible"))
    for name in ours:
        mail = next((c.email for c in data.house.colleagues if f"{c.given_names} {c.family_name}" == name), "")
        printed.append(PrintedContact(name, mail, side))
    title = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Contacts"))
    return People(title, tuple(printed) if contacts else ())


def _holds(contact: Contact, today: date) -> bool:
    return (contact.valid_from or today) <= today <= (contact.valid_to or today)


def _importance(contact: Contact) -> tuple[bool, int, str]:
    rank = min((FIRST_ROLES.index(role) for role in contact.roles if role in FIRST_ROLES), default=len(FIRST_ROLES))
    return not contact.preferred, rank, contact.family_name


def _contact(contact: Contact, voice: Voice) -> PrintedContact:
    roles = ", ".join(voice.say(label_of("contact_role", role)) for role in contact.roles)
    return PrintedContact(
        contact.full_name or contact.email,
        contact.email if contact.full_name else "",
        " · ".join(part for part in (contact.function, roles) if part),
    )


def _coverage(data: Gathered, voice: Voice) -> Coverage:
    first = data.house.year.first - YEARS_BEFORE
    years = tuple(AcademicYear(first + n, data.house.year.southern) for n in range(COVERAGE_YEARS))
    lanes = [lane for paper in data.papers if (lane := _lane(paper, years, data, voice))]
    if missing := _missing(data, years):
        name = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Without agreement"))
        lanes.insert(0, Lane(name, tuple(Stretch(n, n + 1, "gap") for n in missing)))
    return Coverage(
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Coverage")),
        tuple(voice.year(year) for year in years),
        tuple(lanes),
        _position(data.house.today, years, data.house.start),
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "gap")),
        voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "blue line: today · black mark: last notice day")),
    )


def _lane(paper: Paper, years: Sequence[AcademicYear], data: Gathered, voice: Voice) -> Lane | None:
    """The part of the strip an agreement covers, signed or planned; None where it lies outside."""
    if not paper.signed and paper.state is State.EXPIRED:
        return None
    if paper.facts.starts_on is None and paper.ends_on is None and not paper.version.open_ended:
        return None
    start = _position(paper.facts.starts_on, years, data.house.start) if paper.facts.starts_on else 0.0
    ends = paper.ends_on
    end = _position(ends + timedelta(days=1), years, data.house.start) if ends else float(len(years))
    if end <= start:
        return None
    notice = paper.facts.notice_on
    place = _position(notice, years, data.house.start) if notice and paper.state in RUNNING else 0.0
    return Lane(
        _kind(paper, voice),
        (Stretch(start, end, "held" if paper.signed else "draft"),),
        (place,) if 0 < place < len(years) else (),
        paper.agreement.our_code or paper.agreement.partner_code,
    )


def _missing(data: Gathered, years: Sequence[AcademicYear]) -> list[int]:
    """Indexes of the years between the agreements that none of them reaches into."""
    southern = data.house.year.southern
    ranges = [
        (
            AcademicYear.of(paper.facts.starts_on, southern, data.house.start),
            AcademicYear.of(paper.ends_on, southern, data.house.start) if paper.ends_on else years[-1],
        )
        for paper in data.papers
        if paper.facts.starts_on and (paper.ends_on is None or paper.ends_on >= paper.facts.starts_on)
    ]
    return [years.index(year) for year in gaps(ranges) if year in years] if ranges else []


def _position(day: date, years: Sequence[AcademicYear], start: MonthDay) -> float:
    """Where a day lies on the strip, in years from its left edge, not beyond either end."""
    first, last = years[0].first_day(start), years[-1].last_day(start)
    if day <= first:
        return 0.0
    if day > last:
        return float(len(years))
    year = AcademicYear.of(day, years[0].southern, start)
    begins, ends = year.first_day(start), year.last_day(start)
    return years.index(year) + (day - begins).days / ((ends - begins).days + 1)
