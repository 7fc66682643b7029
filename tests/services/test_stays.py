"""The life of a stay: nominated, answered, prepared, gone, back, recognised, closed; and all that can go otherwise."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Document, Party
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.learning import LearningVersion
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stay_status import PAIRS
from partnerdesk.domain.stays import Override, Stay, StayEvent
from partnerdesk.services import agreements, journal, partners, people, stays
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
SPAN = {"planned_from": date(2025, 9, 1), "planned_to": date(2026, 1, 31), "year": 2025, "term": "1/2"}


@pytest.fixture
def desk(tmp_path: Path, stopped_clock: Any) -> Iterator["Desk"]:
    office = create_file(tmp_path / "stays.partnerdesk")
    do(office, set_home(name="Northbridge"), WHO)
    made = Desk(office)
    yield made
    office.close()


class Desk:
    """A partner with an agreement signed on both sides, a student, and short ways to deal with stays."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.partner = self.get(Institution, self.act(partners.new_partner(Institution(name="Łódź", country="PL"))))
        deed = agreements.new_agreement(
            self.partner, Agreement(type="student_exchange", programme="bilateral"),
            AgreementVersion(first_year=2024, last_year=2027),
            [Condition(direction="out", heads=2, overflow="hard"), Condition(direction="in", heads=1)])
        self.agreement = self.act(deed)
        self.sign()
        with office.read() as reader:
            file = agreements.agreement_file(reader, self.agreement)
        self.condition, self.condition_in = file.conditions
        self.person = self.new_person("Ada", "Byron")

    def act(self, deed: Any) -> Any:
        answer, self.news = do(self.office, deed, WHO)
        return answer

    def get(self, record: type[Any], record_id: int) -> Any:
        with self.office.read() as reader:
            return reader.get(record, record_id)

    def find(self, record: type[Any], **equals: Any) -> list[Any]:
        with self.office.read() as reader:
            return list(reader.find(record, **equals))

    def sign(self) -> None:
        with self.office.read() as reader:
            file = agreements.agreement_file(reader, self.agreement)
        for party in self.find(Party, agreement_id=self.agreement):
            self.act(agreements.sign(file.agreement, file.versions[-1], party, date(2024, 3, 1)))

    def new_person(self, given: str, family: str, kind: str = "student") -> Person:
        deed = people.new_person(Person(given_names=given, family_name=family, kind=kind), Enrolment(level="6"))
        return self.get(Person, self.act(deed))

    def new(self, person: Person | None = None, **fields: Any) -> int:
        stay = Stay(**{**SPAN, "agreement_id": self.agreement, **fields})
        return self.act(stays.new_stay(person or self.person, self.partner, stay))

    def stay(self, stay_id: int) -> Stay:
        return self.get(Stay, stay_id)

    def phase(self, stay_id: int) -> str:
        with self.office.read() as reader:
            return stays.stay_lines(reader, [stay_id])[stay_id].phase

    def learn(self, stay_id: int) -> None:
        """Three signatures under the first learning agreement, and every paper there."""
        day = date(2025, 6, 1)
        version = LearningVersion(stay_id=stay_id, student_signed_on=day, sending_signed_on=day,
                                  receiving_signed_on=day)
        self.act(Done(lambda unit: unit.add(version)))
        self.papers(stay_id)

    def papers(self, stay_id: int) -> None:
        ids = [d.id for d in self.find(Document, stay_id=stay_id)]
        self.act(Done(lambda unit: unit.change_many(Document, ids, state="checked")))

    def abroad(self) -> int:
        made = self.new()
        self.act(stays.nominate([made]))
        self.act(stays.answer([made], True))
        self.learn(made)
        self.act(stays.go_live([made]))
        self.act(stays.arrive([made]))
        return made


def Done(run: Any) -> Any:
    """A deed of a test."""
    from partnerdesk.domain.journal import Deed
    from partnerdesk.domain.words import Text

    return Deed(Text("test"), run)


def refused(desk: Desk, deed: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        desk.act(deed)
    return caught.value


def test_that_a_stay_goes_its_whole_way_each_deed_being_one_step(desk):
    made = desk.new()
    seen = [desk.phase(made)]
    desk.act(stays.select([made]))
    seen.append(desk.phase(made))
    desk.act(stays.nominate([made], date(2025, 5, 1)))
    seen.append(desk.phase(made))
    desk.act(stays.answer([made], True, comment="by mail"))
    seen.append(desk.phase(made))
    desk.learn(made)
    for deed in (stays.go_live([made]), stays.arrive([made]), stays.leave([made]), stays.recognise([made], "by hand"),
                 stays.close([made])):
        desk.act(deed)
        seen.append(desk.phase(made))
    assert seen == ["applied", "selected", "nominated", "accepted", "preparing", "abroad", "returned", "recognised",
                    "closed"]
    stay = desk.stay(made)
    assert (stay.actual_from, stay.actual_to) == (date(2025, 9, 1), date(2026, 1, 31))
    assert stay.status_comment == "by mail"


def test_that_undo_takes_a_deed_back_with_its_log_entry(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    assert [e.kind for e in desk.find(StayEvent, stay_id=made)] == ["nominated"]
    with desk.office.read() as reader:
        step = journal.undo_state(reader).undo
    desk.act(journal.undo_deed(step))
    assert desk.phase(made) == "applied"
    assert desk.find(StayEvent, stay_id=made) == []


def test_that_a_new_stay_has_our_institution_on_its_other_side_and_asks_for_its_documents(desk):
    stay = desk.stay(desk.new())
    home = next(i for i in desk.find(Institution, is_home=True))
    assert (stay.sending_id, stay.receiving_id) == (home.id, desk.partner.id)
    guest = desk.stay(desk.new(direction="in", agreement_id=None))
    assert (guest.sending_id, guest.receiving_id) == (desk.partner.id, home.id)
    assert desk.find(Document, stay_id=stay.id)


def test_that_the_same_stay_is_not_entered_twice(desk):
    desk.new()
    assert refused(desk, stays.new_stay(desk.person, desk.partner, Stay(**SPAN))).problems[0].code == "R52"


def test_that_a_nomination_without_an_agreement_in_effect_needs_a_reason_which_is_kept(desk):
    other = desk.get(Institution, desk.act(partners.new_partner(Institution(name="Kyoto"))))
    made = desk.act(stays.new_stay(desk.person, other, Stay(**SPAN)))
    problem = refused(desk, stays.nominate([made])).problems[0]
    assert (problem.code, problem.values) == ("R51", {"passable": True})
    desk.act(stays.nominate([made], reason="The paper is on its way"))
    assert [(o.rule, o.reason, o.who) for o in desk.find(Override, stay_id=made)] == [
        ("R51", "The paper is on its way", WHO)]


def test_that_papers_missing_before_departure_hold_up_the_arrival_until_there_is_a_reason(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    desk.act(stays.answer([made], True))
    desk.learn(made)
    desk.act(stays.go_live([made]))
    desk.act(Done(lambda unit: unit.add(Document(
        stay_id=made, kind="insurance", title="Policy", stage="departure", mandatory=True, state="required"))))
    problem = refused(desk, stays.arrive([made])).problems[0]
    assert problem.code == "R58"
    assert "Policy" in str(problem.message)
    desk.act(stays.arrive([made], reason="Policy seen at the airport"))
    assert desk.phase(made) == "abroad"
    assert [o.rule for o in desk.find(Override, stay_id=made)] == ["R58"]


def test_that_a_stay_is_not_live_before_the_host_accepts_nor_without_a_signed_learning_agreement(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    assert {p.code for p in refused(desk, stays.go_live([made], "we trust them")).problems} == {"R60"}
    desk.act(stays.answer([made], True))
    assert refused(desk, stays.go_live([made])).problems[0].field == "learning"
    desk.act(stays.go_live([made], "signed on paper"))
    assert desk.phase(made) == "preparing"


def test_that_a_rejected_nomination_is_pending_again_once_asked_about(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    desk.act(stays.answer([made], False, comment="no room"))
    assert (desk.phase(made), desk.stay(made).status_comment) == ("rejected", "no room")
    desk.act(stays.ask_again([made]))
    assert (desk.phase(made), desk.stay(made).receiving_status) == ("nominated", "pending")


def test_that_person_and_partner_stay_once_nominated(desk):
    made = desk.new()
    desk.act(stays.set_partner(desk.stay(made), None))
    desk.act(stays.set_partner(desk.stay(made), desk.partner.id))
    desk.act(stays.nominate([made]))
    assert refused(desk, stays.set_partner(desk.stay(made), None)).problems[0].code == "R53"


def test_that_a_recognised_stay_can_only_be_remarked_on_and_closed(desk):
    made = desk.abroad()
    desk.act(stays.leave([made]))
    assert refused(desk, stays.recognise([made])).problems[0].code == "R71"
    desk.act(stays.recognise([made], "credits confirmed by mail"))
    assert refused(desk, stays.change_stay(desk.stay(made), planned_to=date(2026, 2, 1))).problems[0].code == "R60"
    desk.act(stays.change_stay(desk.stay(made), remark="well done"))
    desk.act(stays.close([made]))
    desk.act(stays.reopen([made]))
    assert desk.phase(made) == "recognised"


def test_that_places_are_never_used_beyond_a_hard_condition(desk):
    ids = [desk.new(desk.new_person("P", f"N{n}"), condition_id=desk.condition.id) for n in range(3)]
    desk.act(stays.nominate(ids[:2]))
    assert refused(desk, stays.nominate(ids[2:])).problems[0].code == "R30"
    assert refused(desk, stays.nominate(ids[2:], reason="please")).problems[0].code == "R30"
    assert desk.phase(ids[2]) == "applied"


def test_that_a_soft_condition_is_overused_with_a_reason_only(desk):
    ids = [desk.new(desk.new_person("P", f"N{n}"), direction="in", condition_id=desk.condition_in.id)
           for n in range(2)]
    assert refused(desk, stays.nominate(ids)).problems[0].values == {"passable": True}
    desk.act(stays.nominate(ids, reason="agreed by phone"))
    assert {o.rule for o in desk.find(Override)} == {"R30"}


def test_that_many_go_on_together_or_not_at_all_and_the_reason_names_who_cannot(desk):
    good, bad = desk.new(), desk.new(desk.new_person("Bo", "Ek"))
    desk.act(stays.cancel([bad], Phase.DECLINED, "found work"))
    refusal = refused(desk, stays.nominate([good, bad]))
    assert "Bo Ek" in str(refusal.message)
    assert desk.phase(good) == "applied"


def test_that_dragging_takes_all_steps_on_the_way(desk):
    made = desk.new()
    desk.act(stays.move_to([made], Phase.ACCEPTED))
    stay = desk.stay(made)
    assert (stay.sending_status, stay.receiving_status) == ("nomination", "verified")
    assert refused(desk, stays.move_to([made], Phase.APPLIED)).problems[0].code == "R60"
    desk.learn(made)
    desk.act(stays.move_to([made], Phase.ABROAD))
    desk.act(stays.move_to([made], Phase.PREPARING))
    assert (desk.phase(made), desk.stay(made).actual_from) == ("preparing", None)


def test_that_dragging_takes_away_the_phase_set_by_hand(desk):
    made = desk.new()
    desk.act(stays.change_stay(desk.stay(made), phase="preparing"))
    assert desk.phase(made) == "preparing"
    desk.act(stays.move_to([made], Phase.APPLIED))
    assert (desk.phase(made), desk.stay(made).phase) == ("applied", "")


def test_that_a_stay_broken_off_ends_on_the_day_and_counts_no_more(desk):
    made = desk.abroad()
    desk.act(stays.cancel([made], Phase.INTERRUPTED, "family", date(2025, 12, 1)))
    assert (desk.phase(made), desk.stay(made).actual_to) == ("interrupted", date(2025, 12, 1))


def test_that_a_stay_is_extended_and_interrupted_with_a_line_in_its_log(desk):
    made = desk.abroad()
    desk.act(stays.extend(desk.stay(made), date(2026, 6, 30), "second semester"))
    desk.act(stays.interrupt(desk.stay(made), 12, "illness of a parent"))
    stay = desk.stay(made)
    assert (stay.planned_to, stay.interruption_days) == (date(2026, 6, 30), 12)
    assert [e.kind for e in desk.find(StayEvent, stay_id=made)][-2:] == ["extension", "decision"]
    assert refused(desk, stays.interrupt(stay, 400)).problems[0].code == "R50"


def test_that_an_accepted_warning_is_silent_until_the_acceptance_is_taken_back(desk):
    desk.new()
    made = desk.new(planned_from=date(2026, 1, 1), planned_to=date(2026, 5, 31), term="2/2")

    def codes():
        with desk.office.read() as reader:
            return [p.code for p in stays.stay_file(reader, made).problems]

    assert "R52" in codes()
    desk.act(stays.accept_warning(desk.stay(made), "R52", "both are meant"))
    assert "R52" not in codes()
    (override,) = desk.find(Override, stay_id=made)
    desk.act(stays.take_back_acceptance(override))
    assert "R52" in codes()


def test_that_a_proposal_takes_days_from_the_term_of_the_host_and_the_rest_from_the_condition(desk):
    with desk.office.read() as reader:
        stay = stays.proposed_stay(reader, desk.person, desk.partner, desk.condition, "out", 2026, "2/2")
    assert (stay.planned_from, stay.planned_to) == (date(2027, 2, 1), date(2027, 6, 30))
    assert (stay.programme, stay.agreement_id, stay.level_nominated) == ("bilateral", desk.agreement, "6")
    south = desk.get(Institution, desk.act(partners.new_partner(Institution(name="Otago", hemisphere="s"))))
    with desk.office.read() as reader:
        stay = stays.proposed_stay(reader, desk.person, south, None, "out", 2026, "2/2")
    assert (stay.planned_from, stay.planned_to) == (date(2026, 7, 1), date(2026, 11, 30))


def test_that_a_line_knows_whether_the_year_of_the_host_is_southern(desk):
    south = desk.get(Institution, desk.act(partners.new_partner(Institution(name="Otago", hemisphere="s"))))
    out = desk.act(stays.new_stay(desk.person, south, Stay(year=2026, term="1/2")))
    guest = desk.act(stays.new_stay(desk.new_person("Bo", "Ek"), south, Stay(year=2026, direction="in")))
    with desk.office.read() as reader:
        lines = stays.stay_lines(reader, [out, guest])
    assert (lines[out].southern, lines[guest].southern) == (True, False)


def test_that_only_planned_and_cancelled_stays_go_into_the_trash(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    assert refused(desk, stays.delete_stays([desk.stay(made)])).problems[0].code == "R18"
    desk.act(stays.cancel([made], Phase.WITHDRAWN, "ill"))
    desk.act(stays.delete_stays([desk.stay(made)]))
    with desk.office.read() as reader:
        assert stays.stay_ids(reader, ListQuery()) == []


def test_that_stays_are_found_by_words_and_filters_in_an_order(desk):
    first, second = desk.new(), desk.new(desk.new_person("Zoë", "Adler"))
    desk.act(stays.nominate([second]))

    def ids(*filters, words=(), sort="name"):
        with desk.office.read() as reader:
            return stays.stay_ids(reader, ListQuery(words=words, filters=filters, sort=sort))

    assert ids() == [second, first]
    assert ids(words=("lodz",)) == [second, first]
    assert ids(words=("byron",)) == [first]
    assert ids(Filter("phase", ":", ("nominated",))) == [second]
    assert ids(Filter("country", ":", ("PL",)), Filter("direction", ":", ("in",))) == []
    with desk.office.read() as reader:
        assert stays.stay_hits(reader, ListQuery(filters=(Filter("phase", ":", ("applied",)),))) == 1


def test_that_many_fields_change_at_once_under_the_rules(desk):
    ids = [desk.new(), desk.new(desk.new_person("Bo", "Ek"))]
    desk.act(stays.change_many(ids, {"grant_number": "2026-1"}))
    assert {desk.stay(i).grant_number for i in ids} == {"2026-1"}
    assert refused(desk, stays.change_many(ids, {"planned_to": date(2020, 1, 1)})).problems[0].code == "R50"


DEEDS = ("select", "nominate", "accept", "reject", "ask_again", "go_live", "arrive", "leave", "recognise", "close",
         "reopen", "declined", "withdrawn", "interrupted")


@given(st.lists(st.sampled_from((*DEEDS, *(f"to {phase}" for phase in PHASES))), max_size=8))
def test_that_any_sequence_of_deeds_keeps_legal_statuses_and_the_phase_that_follows(desk, names):
    made = desk.new(desk.new_person("P", "Q"))
    for name in names:
        way, _, phase = name.partition(" ")
        deed = {
            "accept": lambda: stays.answer([made], True), "reject": lambda: stays.answer([made], False),
            "declined": lambda: stays.cancel([made], Phase.DECLINED, "x"),
            "withdrawn": lambda: stays.cancel([made], Phase.WITHDRAWN, "x"),
            "interrupted": lambda: stays.cancel([made], Phase.INTERRUPTED, "x"),
            "to": lambda: stays.move_to([made], Phase(phase), "x"),  # noqa: B023
            "go_live": lambda: stays.go_live([made], "x"), "arrive": lambda: stays.arrive([made], reason="x"),
            "recognise": lambda: stays.recognise([made], "x"), "close": lambda: stays.close([made], reason="x"),
        }.get(way, lambda: getattr(stays, way)([made]))()  # noqa: B023
        try:
            desk.act(deed)
        except Refused as refusal:
            assert all(str(p.message) for p in refusal.problems)
        stay = desk.stay(made)
        assert (stay.sending_status, stay.receiving_status) in PAIRS
        assert stays.phase_now(stay) == desk.phase(made)


def test_that_news_of_a_deed_name_the_stay_and_its_person(desk):
    made = desk.new()
    desk.act(stays.nominate([made]))
    news: Changes = desk.news
    assert made in news.ids("stay")
    assert desk.person.id in news.ids("person")
