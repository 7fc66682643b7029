"""What goes wrong with the file, on a real screen: told in one bar, nothing typed is lost, and the way on works."""

import subprocess

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.services import backups
from partnerdesk.services.office import do, open_file
from partnerdesk.services.samples import make_sample

TYPED = "typed-while-in-trouble.example.edu"
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of eight megabytes, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small file system can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def office_in(folder):
    return make_sample(folder / "oxford.partnerdesk", "oxford")


def websites(path):
    """What the file says, read through a connection of its own."""
    office = open_file(path, read_only=True)
    try:
        with office.read() as reader:
            return {one.website for one in reader.find(Institution)}
    finally:
        office.close()


def bar(program, *pieces):
    """The words of a message bar that has all these pieces; "" while there is none."""
    said = [one["label"] for one in program.seen["things"] if one["kind"] == "MessageBar"]
    return next((words for words in said if all(piece in words for piece in pieces)), "")


def wait_for_bar(program, *pieces):
    return program.until(lambda: bar(program, *pieces), f"the bar says {pieces}")


def field(program):
    program.look()
    found = program.things("website")
    return found[0]["words"] if found else None


def fill_up(folder):
    """Take all room of a disk; the file that holds it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 512):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def test_that_a_full_disk_is_named_and_what_was_typed_is_saved_when_there_is_room_again(start, small_disk):
    path = office_in(small_disk)
    program = start(path)
    ballast = fill_up(small_disk)
    program.fill("website", TYPED)
    wait_for_bar(program, "Not saved:", f"The disk {small_disk} is full.")
    assert field(program) == TYPED
    program.click("Retry")
    wait_for_bar(program, "Not saved:", "is full")
    assert field(program) == TYPED
    ballast.unlink()
    assert TYPED not in websites(path)
    program.click("Retry")
    program.until(lambda: not bar(program, "Not saved:"), "the bar is gone")
    assert field(program) == TYPED
    assert TYPED in websites(path)
    assert program.quit() == 0


def test_that_a_folder_that_was_taken_away_is_told_and_closing_asks_until_it_is_back(start, tmp_path):
    folder, away = tmp_path / "offices", tmp_path / "elsewhere"
    folder.mkdir()
    path = office_in(folder)
    program = start(path)
    folder.rename(away)
    program.fill("website", TYPED)
    wait_for_bar(program, "Not saved:", f"oxford.partnerdesk is no longer in {folder}.")
    assert field(program) == TYPED
    program.keys("ctrl+q")
    program.until(lambda: any(w["kind"] == "modal" for w in program.seen["windows"]), "closing asks")
    program.keys("Escape")
    program.until(lambda: len(program.seen["windows"]) == 1, "the question is gone")
    away.rename(folder)
    program.click("Retry")
    program.until(lambda: not bar(program, "Not saved:"), "the bar is gone")
    assert TYPED in websites(path)
    assert program.quit() == 0


def test_that_a_missing_second_place_is_told_and_the_backup_made_all_the_same(start, tmp_path):
    path, second = office_in(tmp_path), tmp_path / "stick"
    office = open_file(path)
    do(office, backups.choose_second_place(second), "Marta Ilves")
    office.close()
    program = start(path)
    program.click("Backups", kind="cell")
    program.click("Back up now")
    wait_for_bar(program, "The backup was made, but not in the second place.", f"{second} is not there.")
    kept = list((tmp_path / "home").rglob("*.partnerdesk-backup"))
    assert len(kept) == 1
    second.mkdir()
    program.click("Back up now")
    program.until(lambda: list(second.rglob("*.partnerdesk-backup")), "the second place has one", things=False)
    program.until(lambda: not bar(program, "not in the second place"), "the bar is gone")
    assert program.quit() == 0


def test_that_a_second_program_reads_follows_and_takes_over_when_the_first_leaves(start, tmp_path):
    path = office_in(tmp_path)
    first = start(path, "first")
    second = start(path, "second")
    wait_for_bar(second, "has oxford.partnerdesk open. It is open here for reading only.")
    before = second.until(lambda: field(second), "the second program shows the partner")
    second.fill("website", "nobody.example.edu")
    assert field(second) == before
    first.come_to_front()
    first.fill("website", TYPED)
    first.until(lambda: TYPED in websites(path), "the first program has saved", things=False)
    second.come_to_front()
    second.until(lambda: field(second) == TYPED, "the second program shows what the first one saved")
    assert first.quit() == 0
    wait_for_bar(second, "has closed oxford.partnerdesk.", "You can work in it now.")
    second.click("Take over")
    second.fill("website", "second.example.edu")
    second.until(lambda: "second.example.edu" in websites(path), "the second program has saved", things=False)
    assert second.quit() == 0


def test_that_a_damaged_file_is_offered_to_be_salvaged_and_the_new_office_opens(start, tmp_path):
    path = office_in(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[:100] = bytes(100)
    raw[4096 * 5:4096 * 6] = bytes(4096)
    path.write_bytes(raw)
    program = start(path, comes_up=False)
    wait_for_bar(program, "oxford.partnerdesk cannot be read as a PartnerDesk office. It may be damaged.")
    program.click("Salvage into a new file…")
    program.until(lambda: program.things("fileNameEdit", focus=True), "the file dialog asks for a name")
    program.keys("Return")
    program.come_up()
    wait_for_bar(program, "oxford repaired.partnerdesk is made.")
    assert program.things("oxford repaired – PartnerDesk")
    assert path.read_bytes() == bytes(raw)
    program.fill("website", TYPED)
    program.until(lambda: TYPED in websites(tmp_path / "oxford repaired.partnerdesk"), "it is saved", things=False)
    assert program.quit() == 0
