"""The main job by mouse and keyboard on a real screen: entered, printed, taken back, done again, taken back later."""

import subprocess
from itertools import pairwise

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, Condition, SignOff
from partnerdesk.domain.partners import Contact, Institution

NAME = "Nordlys Universitet"
pytestmark = pytest.mark.timeout(300)


def add_partner(program, office):
    """By keyboard: name, country and city."""
    program.keys("ctrl+n")
    program.until(lambda: program.things("Name", focus=True), "the cursor is in the name")
    program.type(NAME)
    program.keys("Tab")
    program.type("Denmark")
    program.keys("Return", "Tab")
    program.type("Aarhus")
    program.keys("Return")
    partner, = program.until(lambda: office.find(Institution, name=NAME), "the partner is in the file")
    assert (partner.country, partner.city) == ("DK", "Aarhus")
    return partner


def add_contact(program, office, partner):
    """By mouse, each field saved when it is left."""
    program.click("contacts", kind="tab")
    program.click("Add a contact")
    for field, typed in (("given_names", "Astrid"), ("family_name", "Holm"), ("email", "astrid.holm@example.edu")):
        program.fill(field, typed)

    def there():
        return [(c.given_names, c.family_name, c.email) for c in office.find(Contact, institution_id=partner.id)]

    wanted = ("Astrid", "Holm", "astrid.holm@example.edu")
    program.until(lambda: there() == [wanted], "the contact is in the file", things=False)


def add_agreement(program, office, known):
    """Ctrl+Shift+N on the partner, then its years."""
    program.click(NAME, kind="cell")
    program.keys("ctrl+shift+n")
    program.wait_for("first_year")
    agreement, = program.until(
        lambda: [a for a in office.find(Agreement) if a.id not in known], "the agreement is in the file")
    start = clock.today().year - 1
    program.fill("first_year", f"{start}/{start + 1}")
    program.fill("last_year", f"{start + 3}/{start + 4}")
    return agreement


def add_conditions(program, office, known):
    """Two rows of the grid, their numbers of people typed into the cell that the cursor is put in."""
    program.click("conditions", kind="tab")

    def heads():
        return [c.heads for c in office.find(Condition) if c.id not in known]

    for n, typed in enumerate(("3", "2"), 1):
        program.click("Add condition")
        program.until(lambda n=n: len(heads()) == n, "a condition is in the file")
        program.until(lambda: program.things("Conditions", kind="cell", focus=True), "the cursor is in the grid")
        program.keys(typed, "Return")
        program.until(lambda n=n, typed=typed: heads()[n - 1:] == [int(typed)], "its number is there", things=False)


def approve_both(program, office, known):
    """Record the approval of either side, today."""
    program.click("parties", kind="tab")
    for n in (1, 2):
        program.click("Record approval")
        program.keys("Return")
        program.until(lambda n=n: len([s for s in office.find(SignOff) if s.id not in known]) == n,
                      "the approval is in the file", things=False)
    assert all(s.approved_on == clock.today() for s in office.find(SignOff) if s.id not in known)


def write_summary(program, folder):
    """Ctrl+P, Save PDF, the proposed name; gives the text of the pages."""
    program.keys("ctrl+p")
    program.click("Save PDF")
    program.until(lambda: program.things("fileNameEdit", focus=True), "the file dialog asks for a name")
    program.keys("Return")
    written, = program.until(lambda: list(folder.glob("*.pdf")), "the summary is written", things=False)
    program.until(lambda: program.things(f"Saved {written.name}."), "the summary is said to be saved")
    program.keys("Escape")
    program.until(lambda: len(program.seen["windows"]) == 1, "the preview is closed")
    read = subprocess.run(["pdftotext", "-layout", str(written), "-"], capture_output=True, text=True, check=True)
    return read.stdout


def walk(program, office, key, ends):
    """Press the key until `ends(undo, redo)` holds; the contents of the file after each step."""
    states = [office.contents()]
    while not ends(*office.steps()):
        before = office.steps()
        program.keys(key)
        program.until(lambda before=before: office.steps() != before, f"{key} has taken a step", things=False)
        states.append(office.contents())
        assert len(states) < 40
    return states


def test_that_the_main_job_runs_by_mouse_and_keyboard_and_is_undone_redone_and_undone_after_a_restart(
        start, office_file, tmp_path):
    empty, (first, _) = office_file.contents(), office_file.steps()
    known = {kind: {one.id for one in office_file.find(kind)} for kind in (Agreement, Condition, SignOff)}
    program = start(office_file.path)
    partner = add_partner(program, office_file)
    add_contact(program, office_file, partner)
    add_agreement(program, office_file, known[Agreement])
    add_conditions(program, office_file, known[Condition])
    approve_both(program, office_file, known[SignOff])
    text = write_summary(program, tmp_path / "home")
    assert NAME in text and "Aarhus" in text and "Astrid Holm" in text
    assert text.count("\f") == 1

    full = office_file.contents()
    program.click("Agreements", kind="cell")
    back = walk(program, office_file, "ctrl+z", lambda undo, _: undo == first)
    assert back[0] == full and back[-1] == empty
    assert len(back) > 10 and all(one != other for one, other in pairwise(back))
    forth = walk(program, office_file, "ctrl+y", lambda _, redo: redo is None)
    assert forth == back[::-1]
    assert program.quit() == 0

    again = start()
    assert again.things("oxford – PartnerDesk")
    assert walk(again, office_file, "ctrl+z", lambda undo, _: undo == first) == back
    again.until(lambda: not again.things(NAME), "the partner is gone from the list")
    assert again.quit() == 0
