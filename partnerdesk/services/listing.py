"""Questions behind the lists: which records, in what order, and what each line shows today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.lines import AgreementLine, PartnerLine
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.years import AcademicYear, MonthDay

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def this_year(reader: Reader) -> AcademicYear:
    """The office's academic year today."""
    from partnerdesk.store.settle import year_start

    return AcademicYear.of(clock.today(), start=MonthDay(*year_start(reader)))


def partner_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the partners a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import partners

    return partners.partner_ids(reader, query, clock.today(), limit, among)


def partner_lines(reader: Reader, ids: Sequence[int]) -> dict[int, PartnerLine]:
    """What the list shows of these partners."""
    from partnerdesk.store import partners

    return partners.partner_lines(reader, ids, clock.today(), this_year(reader).first)


def first_partners(path: Path) -> tuple[list[int], dict[int, PartnerLine]]:
    """The first page of the partners of an office file that is not open yet, by name; empty where it cannot be read."""
    from partnerdesk.store.first import first_page

    return first_page(path)


def partner_hits(reader: Reader, query: ListQuery) -> int:
    """How many partners a query finds."""
    from partnerdesk.store import partners

    return partners.partner_hits(reader, query, clock.today())


def partner_count(reader: Reader) -> int:
    """How many partners the office has."""
    from partnerdesk.store import partners

    return partners.partner_count(reader)


def agreement_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the agreements a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import agreements

    return agreements.agreement_ids(reader, query, clock.today(), limit, among)


def agreement_lines(reader: Reader, ids: Sequence[int]) -> dict[int, AgreementLine]:
    """What the list shows of these agreements."""
    from partnerdesk.store import agreements

    return agreements.agreement_lines(reader, ids, clock.today(), this_year(reader).first)


def agreement_hits(reader: Reader, query: ListQuery) -> int:
    """How many agreements a query finds."""
    from partnerdesk.store import agreements

    return agreements.agreement_hits(reader, query, clock.today())


def agreement_count(reader: Reader) -> int:
    """How many agreements the office has."""
    from partnerdesk.store import agreements

    return agreements.agreement_count(reader)


def partner_countries(reader: Reader) -> dict[str, int]:
    """How many partners there are in each country."""
    from partnerdesk.store import partners

    return partners.countries(reader)
