"""What Ctrl+K finds among the records: partners, agreements, people, stays, projects, visits by any of their words."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.listing import ListQuery
from partnerdesk.look.icons import Icon
from partnerdesk.models.agreement_list import kind_words
from partnerdesk.models.names import short_country_name
from partnerdesk.services import listing
from partnerdesk.views.kit.palette import Hit, ProviderSource, Reply
from partnerdesk.views.page import House

MOST = 6
_PAGES = {"person": "people"}
Found = Callable[[Any, ListQuery], Sequence[Any]]
Told = tuple[str, str]


def record_sources(house: House) -> Sequence[ProviderSource]:
    """The records of each page as a group of the palette."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Finder", source)

    def source(title: str, kind: str, icon: Icon, found: Found, told: Callable[[Any], Told]) -> ProviderSource:
        return ProviderSource(title, _Finder(house, kind, icon, found, told))

    return (
        source(tr("Partners"), "partner", Icon.PARTNERS, _partners, _partner),
        source(tr("Agreements"), "agreement", Icon.AGREEMENTS, _agreements, _agreement),
        source(tr("People"), "person", Icon.PEOPLE, _people, _person),
        source(tr("Stays"), "stay", Icon.STAYS, _stays, _stay),
        source(tr("Cohorts"), "cohort", Icon.COHORTS, _cohorts, lambda one: (one.title, one.partner)),
        source(tr("Projects"), "project", Icon.PROJECTS, _projects, _project),
        source(tr("Visits"), "visit", Icon.VISITS, _visits, _visit))


class _Go:
    """Shows one record on its page."""

    def __init__(self, house: House, page: str, record_id: int) -> None:
        self._house, self._page, self._id = house, page, record_id

    def __call__(self) -> None:
        self._house.go(self._page, self._id)


class _Finder:
    """Finds the first records of a kind by what is typed; `told` gives a name and what stands beside it."""

    def __init__(self, house: House, kind: str, icon: Icon, found: Found, told: Callable[[Any], Told]) -> None:
        self._house, self._kind, self._icon = house, kind, icon
        self._found, self._told = found, told

    def __call__(self, typed: str, reply: Reply) -> None:
        if not typed.strip() or not self._house.desk.is_open:
            reply([])
            return
        query = ListQuery(words=tuple(typed.split()), sort="partner" if self._kind == "agreement" else "name")

        def question(reader: Any) -> Sequence[Any]:
            return self._found(reader, query)

        def answer(lines: Sequence[Any]) -> None:
            reply([self._hit(one) for one in lines])

        self._house.desk.ask(question, answer, key=f"find {self._kind}")

    def _hit(self, line: Any) -> Hit:
        name, beside = self._told(line)
        page = _PAGES.get(self._kind, f"{self._kind}s")
        return Hit(f"{self._kind} {line.id}", name, _Go(self._house, page, line.id), beside, self._icon)


def _in_order(ids: Sequence[int], lines: dict[int, Any]) -> Sequence[Any]:
    return [lines[i] for i in ids if i in lines]


def _partners(reader: Any, query: ListQuery) -> Sequence[Any]:
    ids = listing.partner_ids(reader, query, MOST)
    return _in_order(ids, listing.partner_lines(reader, ids))


def _partner(one: Any) -> Told:
    return one.name, _joined(one.city, one.short_name or short_country_name(one.country))


def _agreements(reader: Any, query: ListQuery) -> Sequence[Any]:
    ids = listing.agreement_ids(reader, query, MOST)
    return _in_order(ids, listing.agreement_lines(reader, ids))


def _agreement(one: Any) -> Told:
    return _joined(one.partner, kind_words(one)), one.our_code


def _people(reader: Any, query: ListQuery) -> Sequence[Any]:
    from partnerdesk.services import people

    ids = people.person_ids(reader, query, MOST)
    return _in_order(ids, people.person_lines(reader, ids))


def _person(one: Any) -> Told:
    from partnerdesk.models.people import kind_words as what
    from partnerdesk.models.people import shown_name

    return shown_name(one), one.local_id or what(one)


def _stays(reader: Any, query: ListQuery) -> Sequence[Any]:
    from partnerdesk.services import stays

    ids = stays.stay_ids(reader, query, MOST)
    return _in_order(ids, stays.stay_lines(reader, ids))


def _stay(one: Any) -> Told:
    from partnerdesk.models.phases import phase_chip

    return _joined(one.name, one.partner), phase_chip(one.phase).word


def _cohorts(reader: Any, query: ListQuery) -> Sequence[Any]:
    from partnerdesk.services import cohorts

    ids = cohorts.cohort_ids(reader, query, MOST)
    return _in_order(ids, cohorts.cohort_lines(reader, ids))


def _projects(reader: Any, query: ListQuery) -> Sequence[Any]:
    from partnerdesk.services import projects

    ids = projects.project_ids(reader, query, MOST)
    return _in_order(ids, projects.project_lines(reader, ids))


def _project(one: Any) -> Told:
    from partnerdesk.models.project_words import status_chip

    name = _joined(one.acronym, one.title) if one.acronym != one.title else one.title
    return name, status_chip(one.status).word


def _visits(reader: Any, query: ListQuery) -> Sequence[Any]:
    from partnerdesk.services import visits

    ids = visits.visit_ids(reader, query, MOST)
    return _in_order(ids, visits.visit_lines(reader, ids))


def _visit(one: Any) -> Told:
    from partnerdesk.models.visits import days_words

    return one.title, days_words(one)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
