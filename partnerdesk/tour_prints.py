"""The prints of the tour: one PDF of each kind, made of the first record that has something to show."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from partnerdesk.domain import clock
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.grants import GrantAward
from partnerdesk.domain.learning import LearningVersion
from partnerdesk.domain.projects import Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Transcript
from partnerdesk.domain.visits import Visit
from partnerdesk.paper.output import to_pdf
from partnerdesk.services import (
    sheet_abroad,
    sheet_arrivals,
    sheet_certificates,
    sheet_followups,
    sheet_money,
    sheet_nomination,
    sheet_people,
    sheet_places,
    sheet_project,
    sheet_study,
    sheet_trip,
)
from partnerdesk.services.balance import standings
from partnerdesk.services.nominations import nominations
from partnerdesk.services.office import open_file
from partnerdesk.services.prints import Print
from partnerdesk.services.wording import Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

T = TypeVar("T")


def write_prints(folder: Path, file: Path, language: str = "en") -> list[Path]:
    """Write a PDF of each print that an office has something for; the files, in their order."""
    made: list[Path] = []
    office = open_file(file, read_only=True)
    try:
        with office.read() as reader:
            for name, job in _prints(reader):
                target = folder / f"print_{name}.pdf"
                to_pdf(job.chosen(reader).documents(reader, Voice(language)), target)
                made.append(target)
    finally:
        office.close()
    return made


def _prints(reader: "Reader") -> Iterator[tuple[str, Print]]:
    today = clock.today()
    yield "abroad", sheet_abroad.abroad_list(today)
    yield "arrivals", sheet_arrivals.arrivals_list(_next_arrival(reader, today))
    yield "places", sheet_places.places_list()
    yield "followups", sheet_followups.followup_list()
    yield from _first("status", reader.find(Project, status="running"),
                      lambda one: sheet_project.status_reports([one.id]))
    yield from _first("trip", reader.find(Visit), lambda one: sheet_trip.trip_packs([one.id]))
    yield from _first("nominations", nominations(reader), lambda one: sheet_nomination.nomination_lists([one.key]))
    yield from _first("balance", standings(reader), lambda one: sheet_money.balances([one.partnership_id]))
    yield from _first("grant", reader.find(GrantAward), lambda one: sheet_money.grant_sheets([one.stay_id]))
    cohorts = reader.find(Cohort)
    yield from _first("cohort", cohorts, lambda one: sheet_people.cohort_lists([one.id], phones=True))
    yield from _first("cohort_anonymous", cohorts, lambda one: sheet_people.cohort_lists([one.id], anonymous=True))
    versions, transcripts = reader.find(LearningVersion), reader.find(Transcript)
    yield from _first("participant", versions, lambda one: sheet_people.participant_sheets([one.stay_id]))
    yield from _first("learning", versions, lambda one: sheet_study.learning_agreements([one.stay_id]))
    yield from _first("changes", [one for one in versions if one.n > 1] or versions,
                      lambda one: sheet_study.learning_changes([one.stay_id]))
    yield from _first("transcript", transcripts, lambda one: sheet_study.transcripts([one.stay_id]))
    over = [one for one in reader.find(Stay) if one.actual_from and one.actual_to]
    for kind in sheet_certificates.KINDS:
        yield from _first(f"certificate_{kind}", over,
                          lambda one, kind=kind: sheet_certificates.certificates(kind, [one.id]))  # type: ignore[misc]


def _first(name: str, found: list[T], job: Callable[[T], Print]) -> Iterator[tuple[str, Print]]:
    if found:
        yield name, job(found[0])


def _next_arrival(reader: "Reader", today: date) -> date:
    """The day of the next arrival, or where none is to come the first day of the last ones."""
    stays = [one for one in reader.find(Stay, direction="in") if one.sending_status in ("nomination", "live")]
    days = sorted(day for day in map(sheet_arrivals.arrival_of, stays) if day < date.max)
    coming = [day for day in days if day >= today]
    if coming:
        return coming[0]
    return days[-1] - timedelta(days=sheet_arrivals.DAYS) if days else today
