"""The life of an agreement: drafted, signed on both sides, amended by a new version, renewed, ended."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear, State
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Refused
from partnerdesk.services import agreements, journal, listing, partners
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
TERMS = AgreementVersion(first_year=2024, last_year=2027, notice_months=12)


@pytest.fixture
def paper(tmp_path: Path, stopped_clock: Any) -> Iterator["Paper"]:
    office = create_file(tmp_path / "agreements.partnerdesk")
    do(office, set_home(name="Northbridge"), WHO)
    made = Paper(office)
    yield made
    office.close()


class Paper:
    """One agreement with one partner, and short ways to deal with it."""

    def __init__(self, office: Any) -> None:
        self.office = office
        made, _ = do(office, partners.new_partner(Institution(name="Łódź")), WHO)
        self.partner = self.get(Institution, made)
        conditions = [Condition(direction="out", heads=2), Condition(direction="in", heads=3)]
        deed = agreements.new_agreement(self.partner, Agreement(type="student_exchange", our_code="A-1"), TERMS,
                                        conditions)
        self.id, _ = do(office, deed, WHO)

    def get(self, record: type[Any], record_id: int) -> Any:
        with self.office.read() as reader:
            return reader.get(record, record_id)

    @property
    def file(self) -> agreements.AgreementFile:
        with self.office.read() as reader:
            return agreements.agreement_file(reader, self.id)

    def state(self, record_id: int = 0) -> str:
        with self.office.read() as reader:
            return listing.agreement_lines(reader, [record_id or self.id])[record_id or self.id].state

    def act(self, deed: Any) -> Changes:
        self.answer, news = do(self.office, deed, WHO)
        return news

    def sign(self, side: str, day: date | None = date(2024, 3, 1), n: int = 1) -> Changes:
        file = self.file
        party = next(p for p in file.parties if p.side == side)
        return self.act(agreements.sign(file.agreement, file.versions[n - 1], party, day, by="J. Weil"))


def test_that_it_holds_only_with_both_sign_offs(paper: Paper) -> None:
    states = [paper.state()]
    paper.sign("our")
    states.append(paper.state())
    paper.sign("partner")
    states.append(paper.state())
    assert states == [State.DRAFT, State.WAITING_PARTNER, State.IN_EFFECT]
    paper.sign("our", None)
    assert (paper.state(), paper.file.versions[0].status) == (State.WAITING_US, "negotiation")


def test_that_an_approved_version_is_sealed_against_every_change(paper: Paper) -> None:
    paper.sign("our")
    paper.sign("partner")
    file = paper.file
    version, condition = file.versions[0], file.conditions[0]
    assert version.status == "approved"
    assert len(version.sealed) == 64
    deeds = (
        agreements.change_terms(file.agreement, version, last_year=2030),
        agreements.add_condition(file.agreement, version, Condition(heads=1)),
        agreements.change_condition(file.agreement, condition, heads=9),
        agreements.remove_condition(file.agreement, condition),
        agreements.set_exception(file.agreement, ConditionYear(condition_id=condition.id, year=2025, heads=1)),
        agreements.remove_version(file.agreement, version), agreements.delete_agreements([file.agreement]),
        agreements.purge_agreement(file.agreement), agreements.add_party(file.agreement, paper.partner, "partner"),
        agreements.remove_party(file.agreement, file.parties[0]),
        agreements.sign(file.agreement, version, file.parties[0], date(2025, 1, 1)),
        partners.delete_partners([paper.partner]),
    )
    for deed in deeds:
        with pytest.raises(Refused):
            paper.act(deed)
    assert paper.file == file
    with paper.office.read() as reader:
        assert agreements.seal_of(reader, version) == version.sealed
    assert agreements.seal(version, [Condition(heads=9)]) != version.sealed


def test_that_an_amendment_counts_when_it_is_signed_and_the_old_one_until_then(paper: Paper) -> None:
    paper.sign("our")
    paper.sign("partner")
    paper.act(agreements.new_version(paper.file.agreement, paper.file.versions[0], "more places"))
    file = paper.file
    copied = file.conditions_of(file.versions[1].id)
    assert [(c.direction, c.heads) for c in copied] == [("out", 2), ("in", 3)]
    paper.act(agreements.change_condition(file.agreement, copied[0], heads=8))
    assert (paper.file.current.n, paper.state(), places(paper)) == (1, State.IN_EFFECT, (2, 3))
    paper.sign("our", n=2)
    paper.sign("partner", n=2)
    assert [v.status for v in paper.file.versions] == ["replaced", "approved"]
    assert (paper.file.current.n, places(paper)) == (2, (8, 3))
    with pytest.raises(Refused):
        paper.sign("our", None, n=1)
    paper.sign("partner", None, n=2)
    assert [v.status for v in paper.file.versions] == ["approved", "negotiation"]
    assert (paper.file.current.n, places(paper)) == (1, (2, 3))


def places(paper: Paper) -> tuple[int, int]:
    with paper.office.read() as reader:
        line = listing.partner_lines(reader, [paper.partner.id])[paper.partner.id]
    return line.places_out, line.places_in


def test_that_taking_away_the_party_that_has_not_signed_completes_the_rest(paper: Paper) -> None:
    second, _ = do(paper.office, partners.new_partner(Institution(name="Second")), WHO)
    paper.act(agreements.add_party(paper.file.agreement, paper.get(Institution, second), "partner"))
    paper.sign("our")
    paper.sign("partner")
    assert paper.state() == State.WAITING_PARTNER
    paper.act(agreements.remove_party(paper.file.agreement, paper.file.parties[-1]))
    assert (paper.state(), paper.file.versions[0].status) == (State.IN_EFFECT, "approved")


def test_that_a_renewal_supersedes_once_it_is_in_force_and_the_news_name_both(paper: Paper) -> None:
    paper.sign("our")
    paper.sign("partner")
    old = paper.id
    paper.act(agreements.renew(paper.file, 2025, 2028, "A-2"))
    paper.id = paper.answer
    assert [(v.first_year, v.last_year, v.status) for v in paper.file.versions] == [(2025, 2028, "draft")]
    paper.sign("our")
    assert paper.state(old) == State.IN_EFFECT
    news = paper.sign("partner")
    assert news.ids("agreement") >= {old, paper.id}
    assert news.ids("partner") == {paper.partner.id}
    assert (paper.state(old), paper.state()) == (State.SUPERSEDED, State.IN_EFFECT)
    with paper.office.read() as reader:
        step = journal.undo_state(reader).undo
    assert paper.act(journal.undo_deed(step)).ids("agreement") >= {old, paper.id}
    assert paper.state(old) == State.IN_EFFECT


def test_that_an_end_by_notice_is_first_announced_then_there(paper: Paper) -> None:
    paper.sign("our")
    paper.sign("partner")
    paper.act(agreements.terminate(paper.file.agreement, date(2026, 1, 1), date(2026, 9, 1), "us", "no demand"))
    assert paper.state() == State.TERMINATING
    paper.act(agreements.terminate(paper.file.agreement, None, date(2026, 3, 2), "us"))
    assert paper.state() == State.TERMINATED
    paper.act(agreements.terminate(paper.file.agreement, None, None, ""))
    assert paper.state() == State.IN_EFFECT
    with pytest.raises(Refused, match="before the notice"):
        paper.act(agreements.terminate(paper.file.agreement, date(2026, 9, 1), date(2026, 1, 1), "us"))


def test_that_an_exception_is_set_changed_and_taken_away(paper: Paper) -> None:
    out = paper.file.conditions[0]
    for exception, heads in ((ConditionYear(heads=5), 5), (ConditionYear(closed=True), 0), (ConditionYear(), 2)):
        wanted = ConditionYear(condition_id=out.id, year=2025, heads=exception.heads, closed=exception.closed)
        paper.act(agreements.set_exception(paper.file.agreement, wanted))
        with paper.office.read() as reader:
            assert listing.agreement_lines(reader, [paper.id])[paper.id].places_out == heads
    assert paper.file.exceptions == ()


def test_that_a_self_renewing_agreement_goes_on_granting_places(paper: Paper) -> None:
    paper.act(agreements.change_terms(paper.file.agreement, paper.file.versions[0], first_year=2022, last_year=2023,
                                      auto_renew_months=12))
    paper.sign("our")
    paper.sign("partner")
    assert places(paper) == (2, 3)
    with paper.office.read() as reader:
        line = listing.agreement_lines(reader, [paper.id])[paper.id]
    assert (line.ends_on, line.notice_on, line.state) == (date(2026, 8, 31), date(2025, 9, 1), State.IN_EFFECT)


def test_that_the_last_version_stays_and_a_draft_goes_for_good(paper: Paper) -> None:
    with pytest.raises(Refused, match="at least one version"):
        paper.act(agreements.remove_version(paper.file.agreement, paper.file.versions[0]))
    paper.act(agreements.duplicate(paper.file))
    copy = paper.answer
    paper.act(agreements.delete_agreements([paper.get(Agreement, copy)]))
    paper.act(agreements.purge_agreement(paper.get(Agreement, copy)))
    with paper.office.read() as reader:
        assert [reader.count(record) for record in (Agreement, AgreementVersion, Condition)] == [1, 1, 2]
