"""Where an office lies: shares and copied folders are told from the computer's own disk."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.store import office as rooms
from partnerdesk.store.driver import connect
from partnerdesk.store.office import create_office, open_office
from partnerdesk.store.places import Place, disk_of, is_network_type, mount_of, place_of

MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export/offices /mnt/offices nfs4 rw,vers=4.2 0 0
//server/share /mnt/our\040share cifs rw 0 0
/dev/sdb1 /mnt/offices/disk ext4 rw 0 0
marta@host: /home/marta/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(("path", "point", "network"), [
    ("/home/marta/office.partnerdesk", "/", False),
    ("/mnt/offices/office.partnerdesk", "/mnt/offices", True),
    ("/mnt/offices/disk/office.partnerdesk", "/mnt/offices/disk", False),
    ("/mnt/offices2/office.partnerdesk", "/", False),
    ("/mnt/our share/north/office.partnerdesk", "/mnt/our share", True),
    ("/home/marta/remote/office.partnerdesk", "/home/marta/remote", True),
])
def test_that_the_innermost_mount_decides_whether_it_is_a_share(path: str, point: str, network: bool) -> None:
    found, kind = mount_of(PurePosixPath(path), MOUNTS)
    assert (found, is_network_type(kind)) == (point, network)


@pytest.mark.parametrize(("folders", "cloud"), [
    ("Dropbox/Office", "Dropbox"),
    ("Dropbox (Northbridge)", "Dropbox"),
    ("OneDrive - Northbridge University/Shared", "OneDrive"),
    ("Google Drive/My Drive", "Google Drive"),
    ("Nextcloud", "Nextcloud"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
    ("Library/CloudStorage/Box-Box", "Box"),
    ("Documents/Dropbox leaflets", ""),
    ("sync", ""),
    ("Documents", ""),
])
def test_that_a_folder_that_a_cloud_copies_is_known_by_its_name(tmp_path: Path, folders: str, cloud: str) -> None:
    place = place_of(tmp_path / folders / "office.partnerdesk")
    assert place == (Place("synced", cloud) if cloud else Place("local"))
    assert place.log_works is not bool(cloud)


def test_that_a_copied_folder_is_known_by_the_marks_its_program_leaves(tmp_path: Path) -> None:
    (tmp_path / "sync" / ".stfolder").mkdir(parents=True)
    assert place_of(tmp_path / "sync" / "deep" / "office.partnerdesk") == Place("synced", "Syncthing")


def test_that_a_disk_is_called_by_where_it_is_mounted(tmp_path: Path) -> None:
    assert Path(disk_of(tmp_path / "office.partnerdesk")).is_mount()


def modes(path: Path) -> tuple[str, set[str]]:
    connection = connect(path)
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    connection.close()
    return mode, {one.name for one in path.parent.iterdir()}


def saved(office: Any, name: str) -> None:
    with office.write(text("one"), "Marta Ilves") as unit:
        unit.add(Institution(name=name))


def test_that_an_office_in_a_copied_folder_has_no_log_beside_it(tmp_path: Path) -> None:
    here, there = tmp_path / "Here", tmp_path / "Dropbox"
    for folder, files in ((here, {"o.partnerdesk-wal", "o.partnerdesk-shm"}), (there, {"o.partnerdesk-journal"})):
        folder.mkdir()
        office = create_office(folder / "o.partnerdesk")
        saved(office, "First")
        assert {one.name for one in folder.iterdir()} == {"o.partnerdesk", *files}
        office.close()


def test_that_an_office_moved_into_a_copied_folder_and_back_changes_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "o.partnerdesk"
    create_office(path).close()
    assert modes(path)[0] == "wal"
    (tmp_path / "Dropbox").mkdir()
    moved = path.rename(tmp_path / "Dropbox" / path.name)
    for place, mode in ((moved, "delete"), (path, "wal")):
        if place is path:
            moved.rename(path)
        office = open_office(place)
        saved(office, place.parent.name)
        office.close()
        assert modes(place)[0] == mode


def test_that_care_is_full_in_both_journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    keep = rooms.keep_journal

    def watch(connection: Any, *, log: bool = True) -> str:
        mode = keep(connection, log=log)
        seen.append((mode, connection.execute("PRAGMA synchronous").fetchone()[0]))
        return mode

    monkeypatch.setattr(rooms, "keep_journal", watch)
    (tmp_path / "Dropbox").mkdir()
    for folder in (tmp_path, tmp_path / "Dropbox"):
        create_office(folder / "o.partnerdesk").close()
    assert set(seen) == {("wal", 2), ("truncate", 2)}
