"""Learning agreements: filled, signed by three, changed by a new version."""

from dataclasses import replace
from datetime import date

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.coursetable import Course
from partnerdesk.domain.learning import LearningComponent, LearningVersion, completed_on
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.services import learning, stay_documents
from partnerdesk.store.office import create_office
from tests.services.papers_of_stays import done, fill, found, reading, undo, write

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def office(tmp_path):
    made = create_office(tmp_path / "a.partnerdesk")
    stay = fill(made)
    write(made, lambda unit: stay_documents.require_documents(unit, stay))
    yield made
    made.close()


@pytest.fixture
def version(office):
    done(office, learning.new_version(1, "Liis Tamm"))
    one = found(office, LearningVersion)[0]
    for component in (LearningComponent(part="A", code="CS1", title="Algorithms", credits=6.0),
                      LearningComponent(part="B", code="MT1", title="Algoritmid", credits=6.0)):
        done(office, learning.add_component(one, component))
    return one


def components(office, version_id):
    return sorted(found(office, LearningComponent, version_id=version_id), key=lambda c: c.position)


def sign_all(office, version):
    for side, day in (("student", date(2026, 4, 1)), ("sending", date(2026, 4, 2)), ("receiving", date(2026, 4, 9))):
        done(office, learning.sign(version, side, day, "Dr Kask", "Dean"))


def versions(office):
    return found(office, LearningVersion)


def paper(office, kind):
    return found(office, Document, kind=kind)[0]


def test_that_a_first_version_is_begun_today_and_filled(office, version):
    assert (version.n, version.kind, version.made_on) == (1, "before", date(2026, 3, 2))
    assert [(c.title, c.position, c.change) for c in components(office, version.id)] == [
        ("Algorithms", 0, ""), ("Algoritmid", 1, "")]


def test_that_pasted_courses_come_into_their_table_in_one_step(office, version):
    pasted = [Course("CS2", "Logic", 4.5), Course("", "Ethics", 3.0)]
    assert done(office, learning.paste_components(version, "C", pasted)) == 2
    assert [(c.part, c.title) for c in components(office, version.id)][2:] == [("C", "Logic"), ("C", "Ethics")]
    undo(office)
    assert len(components(office, version.id)) == 2


def test_that_the_third_signature_completes_it_and_ticks_off_the_document(office, version):
    done(office, learning.sign(version, "student", date(2026, 4, 1)))
    done(office, learning.sign(version, "sending", date(2026, 4, 2), "Dr Kask", "Dean"))
    assert paper(office, "learning_agreement").state == "required"
    done(office, learning.sign(version, "receiving", date(2026, 4, 9), "Mme Roy", ""))
    now = versions(office)[0]
    assert completed_on(now) == date(2026, 4, 9)
    assert (now.sending_signed_by, now.sending_position, now.receiving_signed_by) == ("Dr Kask", "Dean", "Mme Roy")
    document = paper(office, "learning_agreement")
    assert (document.state, document.received_on) == ("checked", date(2026, 4, 9))
    undo(office)
    assert paper(office, "learning_agreement").state == "required"


def test_that_a_signature_taken_back_asks_for_the_document_again(office, version):
    sign_all(office, version)
    done(office, learning.sign(version, "student", None))
    assert paper(office, "learning_agreement").state == "required"
    with reading(office) as reader:
        assert learning.first_signed_on(reader, 1) is None


def test_that_a_waived_document_stays_waived(office, version):
    done(office, stay_documents.set_state([paper(office, "learning_agreement")], "waived", "Free mover"))
    sign_all(office, version)
    assert paper(office, "learning_agreement").state == "waived"


def test_that_a_complete_version_is_locked(office, version):
    sign_all(office, version)
    one = components(office, version.id)[0]
    for deed in (learning.change_component(one, credits=5.0), learning.remove_components([one]),
                 learning.add_component(version, LearningComponent(title="Ethics")),
                 learning.pair_components(components(office, version.id)), learning.remove_version(version)):
        with pytest.raises(Refused, match="signed by all three"):
            done(office, deed)
    with reading(office) as reader:
        assert learning.first_signed_on(reader, 1) == date(2026, 4, 9)


def test_that_changes_wait_until_the_last_version_is_complete(office, version):
    with pytest.raises(Refused, match="not signed by all three"):
        done(office, learning.new_version(1))


def changes(office, version):
    sign_all(office, version)
    done(office, learning.new_version(1))
    return versions(office)[1]


def test_that_a_version_of_changes_starts_from_the_last(office, version):
    second = changes(office, version)
    assert (second.n, second.kind, second.sending_signed_by) == (2, "change", "Dr Kask")
    assert completed_on(second) is None
    assert [c.title for c in components(office, second.id)] == ["Algorithms", "Algoritmid"]


def test_that_a_signed_course_is_marked_as_deleted_and_can_be_kept(office, version):
    second = changes(office, version)
    algo = components(office, second.id)[0]
    done(office, learning.remove_components([algo], "timetable", "Clash"))
    gone = components(office, second.id)[0]
    assert (gone.change, gone.reason_code, gone.reason) == ("deleted", "timetable", "Clash")
    done(office, learning.keep_component(gone))
    assert components(office, second.id)[0].change == ""


def test_that_a_new_course_is_marked_as_inserted_and_goes_without_a_trace(office, version):
    second = changes(office, version)
    done(office, learning.add_component(second, LearningComponent(title="Ethics", credits=3.0)))
    ethics = components(office, second.id)[2]
    assert ethics.change == "inserted"
    done(office, learning.change_component(ethics, credits=4.0))
    done(office, learning.remove_components([ethics]))
    assert len(components(office, second.id)) == 2


def test_that_a_signed_course_is_replaced_not_rewritten(office, version):
    second = changes(office, version)
    algo = components(office, second.id)[0]
    with pytest.raises(Refused, match="Replace it"):
        done(office, learning.change_component(algo, title="Data structures"))
    done(office, learning.change_component(algo, pair=4))
    now = components(office, second.id)[0]
    done(office, learning.replace_component(now, replace(now, title="Data structures"), "not-available"))
    old, _, new = components(office, second.id)
    assert (old.change, old.reason_code) == ("deleted", "not-available")
    assert (new.title, new.change, new.reason_code, new.pair) == ("Data structures", "inserted", "substitute", 4)
    undo(office)
    assert [c.change for c in components(office, second.id)] == ["", ""]


def test_that_a_signed_change_ticks_off_its_own_document(office, version):
    write(office, lambda unit: unit.add(Document(stay_id=1, kind="learning_change", stage="arrival",
                                                 state="required")))
    sign_all(office, changes(office, version))
    assert paper(office, "learning_change").state == "checked"


def test_that_courses_of_host_and_home_are_paired(office, version):
    both = components(office, version.id)
    assert done(office, learning.pair_components(both)) == 1
    assert {c.pair for c in components(office, version.id)} == {1}
    with pytest.raises(Refused, match="host and of home"):
        done(office, learning.pair_components(both[:1]))


def test_that_only_the_last_open_version_can_be_removed(office, version):
    second = changes(office, version)
    with pytest.raises(Refused, match="signed by all three"):
        done(office, learning.remove_version(version))
    done(office, learning.remove_version(second))
    assert [v.n for v in versions(office)] == [1]


def test_that_a_course_can_go_that_a_recognition_names(office, version):
    home = components(office, version.id)[1]

    def recognise(unit):
        transcript = unit.add(Transcript(stay_id=1))
        line = unit.add(TranscriptLine(transcript_id=transcript.id, title="Algorithms"))
        unit.add(Recognition(line_id=line.id, component_id=home.id, home_title="Algoritmid"))

    write(office, recognise)
    done(office, learning.remove_components([home]))
    assert [(r.component_id, r.home_title) for r in found(office, Recognition)] == [(None, "Algoritmid")]
