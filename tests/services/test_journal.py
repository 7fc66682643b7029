"""The journal walked back and forth: every deed, after a restart too, and what can no longer be undone."""

from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Contact, Identifier, Institution, Partnership
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.words import text
from partnerdesk.services import agreements, journal, partners
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.store.driver import connect
from tests.store.walks import MAKERS, WHO, Walk, content, derived, derived_anew

STEPS = 70
OTHER = "Jonas Weil"


def undo(office: Any, who: str = WHO) -> bool:
    """Undo the last step; False when there is none."""
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    if step is None:
        return False
    do(office, journal.undo_deed(step), who)
    return True


def redo(office: Any) -> bool:
    with office.read() as reader:
        step = journal.undo_state(reader).redo
    if step is None:
        return False
    do(office, journal.redo_deed(step), WHO)
    return True


def states_on_the_way(office: Any, move: Any) -> list[Any]:
    seen = []
    while move(office):
        seen.append(content(office))
    return seen


@pytest.mark.usefixtures("stopped_clock")
@pytest.mark.parametrize("seed", range(4))
def test_that_undo_and_redo_of_everything_lead_through_the_same_content(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    walk.steps(STEPS)
    end = content(walk.office)
    assert derived(walk.office) == derived_anew(walk.office)
    back = states_on_the_way(walk.office, undo)
    assert not any(back[-1].values()), "undoing all of it leaves an empty office"
    assert not any(derived(walk.office).values())
    walk.office.close()
    office = open_file(walk.office.path)
    forth = states_on_the_way(office, redo)
    assert forth[-1] == end
    assert forth[:-1] == list(reversed(back))[1:]
    assert derived(office) == derived_anew(office)
    assert undo(office)
    assert content(office) == back[0]
    office.close()


@pytest.mark.usefixtures("stopped_clock")
def test_that_the_walks_do_nearly_everything_there_is(tmp_path: Path) -> None:
    walk = Walk(tmp_path, 99)
    walk.steps(400)
    assert len(walk.done) >= len(MAKERS), sorted(walk.done)
    assert derived(walk.office) == derived_anew(walk.office)
    walk.office.close()


@pytest.fixture
def office(tmp_path: Path) -> Any:
    made = create_file(tmp_path / "journal.partnerdesk")
    yield made
    made.close()


def new(office: Any, name: str, **more: Any) -> Institution:
    made, _ = do(office, partners.new_partner(Institution(name=name), **more), WHO)
    with office.read() as reader:
        return reader.get(Institution, made)


def fresh(office: Any, record: type[Any], record_id: int) -> Any:
    with office.read() as reader:
        return reader.get(record, record_id)


def last_step(office: Any) -> Any:
    with office.read() as reader:
        return journal.undo_state(reader).undo


def test_that_undo_declines_with_who_and_what_when_the_field_was_changed_since(office: Any) -> None:
    one = new(office, "Łódź")
    do(office, partners.change_institution(one, city="Lodz"), WHO)
    step = last_step(office)
    do(office, partners.change_institution(fresh(office, Institution, one.id), city="Łódź"), OTHER)
    with pytest.raises(Refused, match=r"Jonas Weil changed it since \(change City of Łódź\)"):
        do(office, journal.undo_deed(step), WHO)
    assert fresh(office, Institution, one.id).city == "Łódź"


def test_that_a_change_of_another_field_does_not_stand_in_the_way(office: Any) -> None:
    one = new(office, "Łódź")
    do(office, partners.change_institution(one, city="Lodz"), WHO)
    step = last_step(office)
    do(office, partners.change_institution(fresh(office, Institution, one.id), remark="later"), OTHER)
    do(office, journal.undo_deed(step), WHO)
    assert (fresh(office, Institution, one.id).city, fresh(office, Institution, one.id).remark) == ("", "later")


def test_that_a_step_is_undone_only_once(office: Any) -> None:
    new(office, "Łódź")
    step = last_step(office)
    do(office, journal.undo_deed(step), WHO)
    with pytest.raises(Refused, match="undone already"):
        do(office, journal.undo_deed(step), WHO)


def test_that_an_import_of_last_week_is_undone_out_of_order(office: Any) -> None:
    def bring(unit: Any) -> None:
        unit.add_many([Institution(name=f"Imported {n}") for n in range(50)])

    new(office, "Before")
    do(office, Deed(text("import"), bring, kind="import"), WHO)
    batch = last_step(office)
    after = new(office, "After")
    do(office, journal.undo_deed(batch), WHO)
    with office.read() as reader:
        assert [i.name for i in reader.find(Institution)] == ["Before", "After"]
        assert journal.undo_state(reader).undo.label.values["name"] == after.name
    assert redo(office)
    with office.read() as reader:
        assert reader.count(Institution) == 52


def test_that_an_import_on_which_others_have_built_is_not_undone(office: Any) -> None:
    def bring(unit: Any) -> int:
        return unit.add_many([Institution(name="Imported")])[0]

    made, _ = do(office, Deed(text("import"), bring, kind="import"), WHO)
    batch = last_step(office)
    do(office, partners.add_child(fresh(office, Institution, made), Contact(family_name="Nowak")), OTHER)
    before = content(office)
    with pytest.raises(Refused, match="still belong to it"):
        do(office, journal.undo_deed(batch), WHO)
    assert content(office) == before


def test_that_something_new_drops_what_could_be_done_again(office: Any) -> None:
    new(office, "One")
    assert undo(office)
    new(office, "Two")
    assert not redo(office)


def test_that_the_history_of_a_record_says_who_changed_what(office: Any) -> None:
    one = new(office, "Łódź", identifiers=[Identifier(scheme="local", value="L1")], partnership=Partnership())
    other = new(office, "Other")
    do(office, partners.change_institution(one, city="Lodz"), OTHER)
    with office.read() as reader:
        entries = journal.partner_history(reader, one.id)
        assert [(e.step.who, e.table) for e in entries] == [
            (OTHER, "institution"), (WHO, "partnership_member"), (WHO, "partnership"),
            (WHO, "institution_identifier"), (WHO, "institution")]
        assert (entries[0].before, entries[0].after) == ({"city": ""}, {"city": "Lodz"})
        assert len(journal.partner_history(reader, other.id)) == 1


def test_that_what_was_purged_is_forgotten_to_the_last_byte(office: Any) -> None:
    secret = "Quixotania"
    one = new(office, "Łódź", partnership=Partnership())
    do(office, partners.add_child(one, Contact(family_name=secret, remark=secret)), WHO)
    contact = fresh(office, Contact, 1)
    do(office, partners.remove_child(one, contact), WHO)
    do(office, partners.change_institution(one, remark=secret, city=secret), WHO)
    do(office, agreements.new_agreement(one, Agreement(type="mou", remark=secret)), WHO)
    do(office, partners.delete_partners([fresh(office, Institution, one.id)]), WHO)
    assert secret.encode() in raw(office)
    do(office, partners.purge_partner(fresh(office, Institution, one.id)), WHO)
    assert not undo(office), "no step of a purged record can be walked"
    with office.read() as reader:
        assert all(i.is_home for i in reader.find(Institution))
    left = {name for name, rows in content(office).items() if rows}
    assert left <= {"institution"}, "a relation without partner is left over"
    assert secret.encode() not in raw(office)
    assert secret.lower().encode() not in raw(office)


def raw(office: Any) -> bytes:
    """The bytes of the file, its log folded in by another connection."""
    connection = connect(office.path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return bytes(office.path.read_bytes())


def test_that_a_deed_without_effect_writes_no_step(office: Any) -> None:
    one = new(office, "Łódź")
    _, news = do(office, partners.change_institution(one, name="Łódź"), WHO)
    assert news.nothing
    with office.read() as reader:
        assert len(journal.recent_steps(reader)) == 1
