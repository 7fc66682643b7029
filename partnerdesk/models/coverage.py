"""Which academic years a partner's agreements cover, as values for the coverage strip."""

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.agreements import RUNNING, State, rolled
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear, gaps
from partnerdesk.look.coverage import Coverage, Lane, Notice, Segment, Year
from partnerdesk.look.words import day, day_range, say
from partnerdesk.services.gathering import Paper
from partnerdesk.services.partner_sheet import PartnerSheet

BEFORE, AFTER = 2, 4


def _tr(source: str) -> str:
    return QCoreApplication.translate("Coverage", source)


def coverage_of(data: PartnerSheet, most: int = 8) -> tuple[Coverage, tuple[Paper, ...]]:
    """The strip around this academic year, and the papers of its lanes from top."""
    year = data.year
    years = tuple(AcademicYear(n, year.southern) for n in range(year.first - BEFORE, year.first + AFTER + 1))
    columns = tuple(Year(y.short, y.first_day(data.house.start), y.last_day(data.house.start)) for y in years)
    first, last = columns[0].first, columns[-1].last
    papers = tuple(p for p in data.papers if _touches(p, first, last))[:most]
    lanes = tuple(_lane(paper) for paper in papers)
    holes = tuple(c for y, c in zip(years, columns, strict=True) if y.first in {m.first for m in uncovered(data)})
    if holes:
        lanes += (Lane(_tr("Without agreement"), tuple(Segment(c.first, c.last, "gap") for c in holes)),)
    return Coverage(columns, lanes, data.house.today, _tr("gap")), papers


def uncovered(data: PartnerSheet) -> tuple[AcademicYear, ...]:
    """R11: years between the approved agreements of a running partnership that none of them covers."""
    today, start, ranges, running = data.house.today, data.house.start, [], False
    for paper in data.papers:
        facts = rolled(paper.facts, today)
        if not paper.signed or facts.starts_on is None:
            continue
        running = running or paper.state in RUNNING
        ends = [day for day in (facts.ends_on, facts.termination_on) if day is not None]
        last = min(ends, default=max(today, facts.starts_on))
        if last >= facts.starts_on:
            ranges.append((AcademicYear.of(facts.starts_on, data.year.southern, start),
                           AcademicYear.of(last, data.year.southern, start)))
    return gaps(ranges) if running else ()


def gap_problems(data: PartnerSheet) -> list[Problem]:
    """R11 as it is said on the partner's form."""
    missing = uncovered(data)
    if not missing:
        return []
    return [Problem("R11", "warn", "gaps", text(QT_TRANSLATE_NOOP("PartnerDesk", "No agreement covers {years}"),
                                                years=", ".join(str(year) for year in missing)),
                    Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter one")))]


def coverage_sentence(data: PartnerSheet) -> str:
    """The strip in words."""
    parts = []
    for paper in data.papers:
        span = day_range(paper.facts.starts_on, paper.ends_on)
        parts.append(f"{_name(paper)}, {span}, {say(label_of('state', paper.state))}")
    return "; ".join(parts)


def _touches(paper: Paper, first: object, last: object) -> bool:
    starts, ends = paper.facts.starts_on, paper.ends_on
    if starts is None and ends is None and not paper.version.open_ended:
        return paper.state not in (State.EXPIRED, State.TERMINATED, State.SUPERSEDED)
    return (ends is None or ends >= first) and (starts is None or starts <= last)  # type: ignore[operator]


def _name(paper: Paper) -> str:
    return " · ".join(part for part in (_kind(paper), paper.agreement.our_code) if part)


def _kind(paper: Paper) -> str:
    return paper.agreement.title or say(short_of("agreement_type", paper.agreement.type))


def _lane(paper: Paper) -> Lane:
    starts, ends = paper.facts.starts_on, paper.ends_on
    if starts is None and ends is None and not paper.version.open_ended:
        return Lane(_name(paper), (), (), _kind(paper))
    segment = Segment(starts, ends, "held" if paper.signed else "draft")
    notice = paper.facts.notice_on
    if notice is None or paper.state not in RUNNING:
        return Lane(_name(paper), (segment,), (), _kind(paper))
    soon = paper.state is State.NOTICE_WINDOW
    words = _tr("notice {day}").format(day=day(notice).rsplit(" ", 1)[0]) if soon else ""
    return Lane(_name(paper), (segment,), (Notice(notice, words),), _kind(paper))


