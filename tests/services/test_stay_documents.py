"""The papers of stays: asked for by rules, moved along, ticked off, matched with files."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.doc_rules import STARTING_SET, DocRule, lacking
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.services import doc_rules, people, stay_cases, stay_documents
from partnerdesk.store.office import create_office
from tests.services.papers_of_stays import LYON, STAY, TOKYO, done, fill, found, reading, undo, write

pytestmark = pytest.mark.usefixtures("stopped_clock")
OUT = {"application_form", "records_home", "language_certificate", "motivation_letter", "cv", "learning_agreement",
       "insurance", "emergency_contact", "arrival", "attendance", "transcript", "report", "recognition"}


@pytest.fixture
def office(tmp_path):
    made = create_office(tmp_path / "a.partnerdesk")
    fill(made)
    yield made
    made.close()


def require(office, stay, before=None):
    return write(office, lambda unit: stay_documents.require_documents(unit, stay, before))


def stay(office):
    return found(office, Stay)[0]


def documents(office):
    return {d.kind: d for d in found(office, Document)}


def test_that_a_new_stay_gets_the_papers_of_its_rules_once(office):
    assert require(office, stay(office)) == len(OUT)
    assert set(documents(office)) == OUT
    assert require(office, stay(office)) == 0
    assert {d.state for d in found(office, Document)} == {"required"}


def test_that_a_visa_and_a_grant_ask_for_more(office):
    far = write(office, lambda unit: unit.add(replace(STAY, receiving_id=TOKYO, grant_number="G-1")))
    require(office, far)
    assert set(documents(office)) == OUT | {"passport", "residence_permit", "grant_agreement"}


def test_that_the_partners_deadline_is_what_nomination_papers_are_due_before(office):
    write(office, lambda unit: unit.add(Factsheet(
        institution_id=LYON, year=2026, nominate_first=date(2026, 5, 15), nominate_second=date(2026, 10, 15))))
    require(office, stay(office))
    assert documents(office)["cv"].due_on == date(2026, 5, 1)


def test_that_due_days_move_with_the_stay_but_not_those_set_by_hand(office):
    before = stay(office)
    require(office, before)
    insurance = documents(office)["insurance"]
    done(office, stay_documents.change_document(insurance, due_on=date(2026, 6, 1)))
    later = replace(before, planned_from=date(2026, 10, 1))
    write(office, lambda unit: unit.change(Stay, before.id, None, planned_from=later.planned_from))
    require(office, later, before)
    assert documents(office)["insurance"].due_on == date(2026, 6, 1)
    assert documents(office)["learning_agreement"].due_on == date(2026, 9, 1)


def test_that_a_paper_no_longer_asked_for_goes_where_nothing_was_done_about_it(office):
    before = write(office, lambda unit: unit.add(replace(STAY, receiving_id=TOKYO)))
    require(office, before)
    done(office, stay_documents.set_state([documents(office)["passport"]], "requested"))
    require(office, replace(before, receiving_id=LYON), before)
    assert "residence_permit" not in documents(office)
    assert "passport" in documents(office)


def test_that_an_ended_stay_is_left_alone(office):
    assert require(office, replace(stay(office), sending_status="cancelled")) == 0
    assert require(office, replace(stay(office), closed_on=date(2026, 1, 1))) == 0


def test_that_many_stays_are_asked_in_one_step_and_taken_back_in_one(office):
    ids = [write(office, lambda unit: unit.add(STAY)).id for _ in range(3)]
    assert done(office, stay_documents.require_again(ids)) == 3 * len(OUT)
    undo(office)
    assert found(office, Document) == []


def test_that_a_received_paper_has_a_day_and_an_open_one_none(office):
    require(office, stay(office))
    wanted = [documents(office)["cv"], documents(office)["insurance"]]
    assert done(office, stay_documents.set_state(wanted, "received", name="Liis Tamm")) == 2
    assert documents(office)["cv"].received_on == date(2026, 3, 2)
    done(office, stay_documents.set_state([documents(office)["cv"]], "requested"))
    assert documents(office)["cv"].received_on is None
    undo(office)
    assert documents(office)["cv"].state == "received"


@pytest.mark.parametrize("state", ["rejected", "waived"])
def test_that_rejecting_and_waiving_need_a_reason(office, state):
    require(office, stay(office))
    document = documents(office)["cv"]
    with pytest.raises(Refused, match="reason"):
        done(office, stay_documents.set_state([document], state))
    with pytest.raises(Refused, match="reason"):
        done(office, stay_documents.change_document(document, state=state))
    done(office, stay_documents.set_state([document], state, "Not needed there"))
    assert (documents(office)["cv"].state, documents(office)["cv"].note) == (state, "Not needed there")


def test_that_a_paper_of_many_stays_is_ticked_off_at_once(office):
    second = write(office, lambda unit: unit.add(STAY))
    for one in (stay(office), second):
        require(office, one)
    changed = done(office, stay_documents.set_state_of_stays([1, second.id], "departure", "insurance", "checked"))
    assert changed == 2
    assert {d.state for d in found(office, Document, kind="insurance")} == {"checked"}


def test_that_a_stay_lacks_what_must_be_there(office):
    require(office, stay(office))
    assert [d.kind for d in lacking(found(office, Document))] == [
        "learning_agreement", "insurance", "emergency_contact"]
    done(office, stay_documents.set_state(list(documents(office).values()), "waived", "Old stay"))
    assert lacking(found(office, Document), "return") == []


def test_that_the_matrix_of_a_cohort_has_a_column_for_each_paper(office):
    require(office, stay(office))
    guest = write(office, lambda unit: unit.add(replace(
        STAY, direction="in", sending_id=LYON, receiving_id=1, planned_from=date(2026, 3, 1))))
    require(office, guest)
    with reading(office) as reader:
        matrix = stay_documents.document_matrix(reader, [1, guest.id])
    assert matrix.columns[0] == ("nomination", "application_form")
    assert matrix.columns[-1] == ("return", "recognition")
    insurance = matrix.cell(1, ("departure", "insurance"))
    assert insurance is not None
    assert (insurance.state, insurance.mandatory, insurance.late) == ("required", True, False)
    assert matrix.cell(guest.id, ("departure", "insurance")) is None
    late = matrix.cell(guest.id, ("departure", "emergency_contact"))
    assert late is not None
    assert late.late
    assert matrix.done(1) == (0, len(OUT))


def test_that_a_file_comes_with_its_document(office, tmp_path):
    require(office, stay(office))
    path = tmp_path / "insurance proof Tamm.pdf"
    path.write_bytes(b"%PDF- proof")
    document = stay_documents.fitting_document(path.name, documents(office).values())
    assert document is not None
    assert document.kind == "insurance"
    done(office, stay_documents.receive_file(document, path))
    now = documents(office)["insurance"]
    assert (now.state, now.received_on, now.file_name) == ("received", date(2026, 3, 2), "insurance proof Tamm.pdf")
    undo(office)
    assert replace(documents(office)["insurance"], version=1) == document


def test_that_a_file_that_speaks_of_nothing_fits_nothing(office):
    require(office, stay(office))
    assert stay_documents.fitting_document("scan0007.pdf", documents(office).values()) is None


def test_that_a_further_paper_can_be_added_and_taken_away(office):
    done(office, stay_documents.add_document(Document(stay_id=1, kind="other", title="Dormitory", state="required")))
    assert str(stay_documents.document_name(documents(office)["other"])) == "Dormitory"
    done(office, stay_documents.remove_documents([documents(office)["other"]]))
    assert found(office, Document) == []


def test_that_the_usual_rules_become_the_offices_own_with_the_first_change(office):
    with reading(office) as reader:
        rules = doc_rules.rules_of(reader)
    assert found(office, DocRule) == []
    done(office, doc_rules.change_rule(rules[3], mandatory=True))
    assert len(found(office, DocRule)) == len(STARTING_SET)
    with reading(office) as reader:
        own = doc_rules.rules_of(reader)
    assert (own[3].kind, own[3].mandatory) == (rules[3].kind, True)
    undo(office)
    assert found(office, DocRule) == []


def test_that_a_rule_can_be_added_removed_and_all_restored(office):
    done(office, doc_rules.add_rule(DocRule(kind="other", stage="departure", due_days=-3)))
    with reading(office) as reader:
        rules = doc_rules.rules_of(reader)
    assert (rules[-1].kind, rules[-1].position) == ("other", len(STARTING_SET))
    require(office, stay(office))
    assert documents(office)["other"].due_on == date(2026, 9, 12)
    done(office, doc_rules.remove_rules(rules[:2]))
    assert len(found(office, DocRule)) == len(STARTING_SET) - 1
    done(office, doc_rules.restore_rules())
    with reading(office) as reader:
        assert [r.kind for r in doc_rules.rules_of(reader)] == [r.kind for r in STARTING_SET]


def test_that_the_last_rule_is_put_out_of_use_rather_than_removed(office):
    with reading(office) as reader:
        rules = doc_rules.rules_of(reader)
    done(office, doc_rules.remove_rules(rules))
    assert [r.active for r in found(office, DocRule)] == [False]
    assert require(office, stay(office)) == 0


def test_that_a_rule_without_a_document_is_refused(office):
    with pytest.raises(Refused, match="needs a document"):
        done(office, doc_rules.add_rule(DocRule()))


def test_that_a_minor_needs_the_consent_of_a_guardian(office):
    write(office, lambda unit: unit.change(Person, 1, None, birth_date=date(2009, 1, 1)))
    require(office, stay(office))
    assert {"guardian_consent", "school_consent"} <= set(documents(office))


def test_that_another_citizenship_asks_for_what_it_needs_while_the_stay_is_to_come(office):
    far = write(office, lambda unit: unit.add(replace(STAY, receiving_id=LYON)))
    require(office, far)
    person = found(office, Person)[0]
    done(office, people.change_person(person, citizenships=("IN",)))
    assert {d.stay_id for d in found(office, Document, kind="residence_permit")} == {1, far.id}
    undo(office)
    assert found(office, Document, kind="residence_permit") == []


def test_that_a_citizenship_learnt_later_asks_nothing_of_who_is_abroad_already(office):
    write(office, lambda unit: unit.change(Stay, 1, None, actual_from=date(2026, 2, 1)))
    done(office, people.change_person(found(office, Person)[0], citizenships=("IN",)))
    assert found(office, Document) == []


def test_that_a_grant_asks_for_its_agreement_alone(office):
    granted = replace(stay(office), grant_number="G-7")
    assert write(office, lambda unit: stay_documents.require_kind(unit, granted, "grant_agreement")) == 1
    assert write(office, lambda unit: stay_documents.require_kind(unit, granted, "grant_agreement")) == 0
    assert set(documents(office)) == {"grant_agreement"}
    assert documents(office)["grant_agreement"].due_on == date(2026, 9, 1)


def test_that_the_fields_that_decide_documents_are_all_that_a_case_is_made_of() -> None:
    read = set(re.findall(r"stay\.([a-z_]+)", Path(str(stay_cases.__file__)).read_text("utf-8")))
    decided = read - {"id"} | {"sending_status", "closed_on"}
    assert decided == set(stay_cases.FIELDS)
