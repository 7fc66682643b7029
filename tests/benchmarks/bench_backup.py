"""Backup: verified with hash, file check and row seals, against cp + fsync and against the bare backup API.

The office is the measured one, filled with attached files up to the size wanted. Its first backup reads every row for
the seal; each later one, which is what an office knows, only what lies on pages that have changed. The window has to
stay alive meanwhile: the longest pause of an event loop is measured while the desk makes the backup beside it.
"""

import os
import shutil
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from harness import Bench
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.services.office import open_file
from partnerdesk.store.backup import PAGES, Wish, hash_of, listed, make, remove
from partnerdesk.store.driver import connect, dbapi

MEGABYTES = {"tiny": 12, "office": 120, "tenfold": 500}
WISH = Wish("daily", "Marta Ilves")


def measure(bench: Bench) -> None:
    """Time and pauses; the controls go page by page, and back up in the thread of the window."""
    application = QApplication.instance() or QApplication([])
    office = _filled(bench.office, bench.folder / "measured.partnerdesk", MEGABYTES[bench.size.name])
    folder = bench.folder / "backups"
    runs = max(3, min(7, bench.size.runs))
    ours = partial(_ours, office, folder)
    copied = partial(_copied, office, bench.folder / "copied")
    bare = partial(_bare, office, bench.folder / "bare", PAGES)
    size = f"{office.stat().st_size / 1e6:.0f} MB"
    bench.compare(f"first backup of {size}, every row sealed", ours, "bare backup API", bare, goal=15, runs=3)
    make(office, folder, WISH)
    _work(office)
    bench.compare(f"verified backup of {size}", ours, "cp + fsync", copied, goal=1.5, runs=runs)
    bench.compare(f"verified backup of {size}", ours, "bare backup API", bare, goal=5, runs=runs)
    bench.compare(f"backup of {size} in steps of one page, checked twice", partial(_naive, office, bench.folder / "n"),
                  "cp + fsync", copied, goal=1.5, control=True, runs=2)
    bench.figure(f"longest pause of the event loop during a backup of {size}",
                 [_pause(office, folder) for _ in range(runs)], goal=50)
    bench.figure(f"the same in the window's thread, {size}", [_pause_in_thread(bare) for _ in range(3)], goal=50,
                 control=True)
    application.processEvents()


def _filled(office: Path, to: Path, megabytes: int) -> Path:
    """A copy of an office with attached files of 200 kB until it has the size."""
    shutil.copyfile(office, to)
    with closing(connect(to)) as connection:
        connection.execute("BEGIN")
        for n in range(max(0, megabytes * 1_000_000 - to.stat().st_size) // 200_000):
            connection.execute("INSERT INTO content VALUES (?, ?)", (f"{n:064x}", os.urandom(200_000)))
        connection.execute("COMMIT")
    return to


def _work(office: Path) -> None:
    """A day's work: a hundred partners changed here and there."""
    with closing(connect(office)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM institution ORDER BY id")]
    opened = open_file(office)
    with opened.write(text("work"), "Marta Ilves") as unit:
        for one in ids[::max(1, len(ids) // 100)]:
            unit.change(Institution, one, None, remark="changed today")
    opened.close()


def _ours(office: Path, folder: Path) -> None:
    remove(make(office, folder, WISH))


def _copied(office: Path, to: Path) -> None:
    shutil.copyfile(office, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    to.unlink()


def _bare(office: Path, to: Path, pages: int) -> None:
    with closing(connect(office, mode="ro")) as source, closing(dbapi.connect(str(to))) as target:
        source.backup(target, pages=pages)
    to.unlink()


def _naive(office: Path, to: Path) -> None:
    """The default step of one page, synced as any database, then checked in full and read twice."""
    with closing(connect(office, mode="ro")) as source, closing(dbapi.connect(str(to))) as target:
        source.backup(target, pages=1)
    with closing(connect(to)) as made:
        made.execute("PRAGMA integrity_check").fetchall()
        made.execute("PRAGMA quick_check").fetchall()
    for _ in range(2):
        hash_of(to)
    to.unlink()


def _pause(office: Path, folder: Path) -> float:
    """Seconds of the longest pause while the desk works beside the loop."""
    desk = Desk()
    desk.adopt(open_file(office))
    loop = QEventLoop()
    desk.work(lambda _, progress: make(office, folder, WISH, progress), partial(_quit, loop), partial(_quit, loop))
    longest = _watched(loop)
    desk.shut_down()
    remove(listed(folder)[0])
    return longest


def _pause_in_thread(bare: "partial[None]") -> float:
    loop = QEventLoop()
    timer = QTimer(loop, singleShot=True, interval=20)
    timer.timeout.connect(partial(_then_quit, bare, loop))
    timer.start()
    return _watched(loop)


def _then_quit(act: "partial[None]", loop: QEventLoop) -> None:
    act()
    QTimer.singleShot(5, loop.quit)


def _quit(loop: QEventLoop, _: object) -> None:
    loop.quit()


def _watched(loop: QEventLoop) -> float:
    """Run the loop until it is quit; the longest time between two ticks of a timer of one millisecond."""
    seen = [time.perf_counter(), 0.0]

    def tick() -> None:
        now = time.perf_counter()
        seen[:] = now, max(seen[1], now - seen[0])

    timer = QTimer(loop, interval=1)
    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
    timer.stop()
    return seen[1]
