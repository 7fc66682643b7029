"""What Ctrl+K finds among the records: partners, agreements, people and stays by any of their words."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.agreements import AgreementLine
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import PartnerLine
from partnerdesk.look.icons import Icon
from partnerdesk.models.agreement_list import kind_words
from partnerdesk.models.names import short_country_name
from partnerdesk.services import listing
from partnerdesk.views.kit.palette import Hit, ProviderSource, Reply
from partnerdesk.views.page import House

MOST = 6


def record_sources(house: House) -> Sequence[ProviderSource]:
    """Partners, agreements, people, stays and cohorts as groups of the palette."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Finder", source)

    return (ProviderSource(tr("Partners"), _partners(house)), ProviderSource(tr("Agreements"), _agreements(house)),
            ProviderSource(tr("People"), _people(house)), ProviderSource(tr("Stays"), _stays(house)),
            ProviderSource(tr("Cohorts"), _cohorts(house)))


class _Go:
    """Shows one record on its page."""

    def __init__(self, house: House, page: str, record_id: int) -> None:
        self._house, self._page, self._id = house, page, record_id

    def __call__(self) -> None:
        self._house.go(self._page, self._id)


def _partners(house: House) -> Callable[[str, Reply], None]:
    def find(typed: str, reply: Reply) -> None:
        def question(reader: Any) -> list[PartnerLine]:
            ids = listing.partner_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = listing.partner_lines(reader, ids)
            return [lines[i] for i in ids]

        def answer(lines: list[PartnerLine]) -> None:
            reply([Hit(f"partner {one.id}", one.name, _Go(house, "partners", one.id),
                       " · ".join(p for p in (one.city, one.short_name or short_country_name(one.country)) if p),
                       Icon.PARTNERS) for one in lines])

        _ask(house, typed, question, answer, reply, "find partners")

    return find


def _agreements(house: House) -> Callable[[str, Reply], None]:
    def find(typed: str, reply: Reply) -> None:
        def question(reader: Any) -> list[AgreementLine]:
            ids = listing.agreement_ids(reader, ListQuery(words=tuple(typed.split()), sort="partner"), MOST)
            lines = listing.agreement_lines(reader, ids)
            return [lines[i] for i in ids]

        def answer(lines: list[AgreementLine]) -> None:
            reply([Hit(f"agreement {one.id}", " · ".join(p for p in (one.partner, kind_words(one)) if p),
                       _Go(house, "agreements", one.id), one.our_code, Icon.AGREEMENTS) for one in lines])

        _ask(house, typed, question, answer, reply, "find agreements")

    return find


def _people(house: House) -> Callable[[str, Reply], None]:
    def find(typed: str, reply: Reply) -> None:
        from partnerdesk.domain.people import PersonLine
        from partnerdesk.models.people import kind_words, shown_name
        from partnerdesk.services import people

        def question(reader: Any) -> list[PersonLine]:
            ids = people.person_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = people.person_lines(reader, ids)
            return [lines[i] for i in ids]

        def answer(lines: list[PersonLine]) -> None:
            reply([Hit(f"person {one.id}", shown_name(one), _Go(house, "people", one.id),
                       one.local_id or kind_words(one), Icon.PEOPLE) for one in lines])

        _ask(house, typed, question, answer, reply, "find people")

    return find


def _stays(house: House) -> Callable[[str, Reply], None]:
    def find(typed: str, reply: Reply) -> None:
        from partnerdesk.domain.lines import StayLine
        from partnerdesk.models.phases import phase_chip
        from partnerdesk.services import stays

        def question(reader: Any) -> list[StayLine]:
            ids = stays.stay_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = stays.stay_lines(reader, ids)
            return [lines[i] for i in ids]

        def answer(lines: list[StayLine]) -> None:
            reply([Hit(f"stay {one.id}", " · ".join(p for p in (one.name, one.partner) if p),
                       _Go(house, "stays", one.id), phase_chip(one.phase).word, Icon.STAYS) for one in lines])

        _ask(house, typed, question, answer, reply, "find stays")

    return find


def _cohorts(house: House) -> Callable[[str, Reply], None]:
    def find(typed: str, reply: Reply) -> None:
        from partnerdesk.domain.cohorts import CohortLine
        from partnerdesk.services import cohorts

        def question(reader: Any) -> list[CohortLine]:
            ids = cohorts.cohort_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = cohorts.cohort_lines(reader, ids)
            return [lines[i] for i in ids]

        def answer(lines: list[CohortLine]) -> None:
            reply([Hit(f"cohort {one.id}", one.title, _Go(house, "cohorts", one.id), one.partner, Icon.COHORTS)
                   for one in lines])

        _ask(house, typed, question, answer, reply, "find cohorts")

    return find


def _ask(house: House, typed: str, question: Callable[[Any], Any], answer: Callable[[Any], None], reply: Reply,
         key: str) -> None:
    if len(typed.strip()) < 1 or not house.desk.is_open:
        reply([])
        return
    house.desk.ask(question, answer, key=key)
