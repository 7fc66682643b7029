"""Start: from the command to a painted window with the last list's rows, against a bare PySide6 window.

Both sides are started once before they are measured and both are byte-compiled, as an installed program is. Wall time
is what people feel; processor time is told beside it, as it holds still where other programs run too.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from harness import Bench

ROOT = Path(__file__).resolve().parent.parent.parent
TELL = """
def most_memory():
    # getrusage of a child begins with what its parent held; the system's own page of the process does not
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def tell(*more):
    import time
    print(time.process_time(), most_memory(), *more, flush=True)
"""
BARE = TELL + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.said)

    def said(self):
        tell()
        QApplication.quit()

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
OURS = TELL + """
import sys, time
from pathlib import Path
from partnerdesk import app as desk
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from partnerdesk.views.listtable import ListTable

to_ready, at_once = "ready" in sys.argv, "at once" in sys.argv
plain = ListTable.paintEvent

class Seen:
    painted = False
    spare = None

class SpareTime(desk.SpareTime):
    def __init__(self, house):
        super().__init__(house)
        Seen.spare = self
        if at_once:
            QTimer.singleShot(50, house.make_all_pages)

class Pauses(QTimer):
    # the longest time that the event loop has not come round, until the page in sight has all its pieces
    def __init__(self):
        super().__init__()
        self.last, self.longest = time.perf_counter(), 0.0
        self.timeout.connect(self.look)
        self.start(1)

    def look(self):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now
        house = Seen.spare.parent() if Seen.spare is not None else None
        if house is None or Seen.spare.interval() != desk.QUIET_MS:
            return
        if house.desk.is_open and house.desk.idle and house.partners.has_detail:
            self.stop()
            tell(self.longest)

def painted(table, event):
    plain(table, event)
    model = table.model()
    if not Seen.painted and model.rowCount() and model.index(0, 0).data() is not None:
        Seen.painted = True
        if to_ready:
            Seen.pauses = Pauses()
        else:
            tell()

desk.SpareTime = SpareTime
ListTable.paintEvent = painted
app = desk.make_application(sys.argv[:1])
QTimer.singleShot(60_000, app.quit)
sys.exit(desk.run(Path(sys.argv[1])))
"""
NAIVE = "import sqlalchemy.orm, babel, rapidfuzz, python_calamine, xlsxwriter\n" + OURS


@dataclass(frozen=True)
class Start:
    """One start: seconds on the clock and of the processor, kilobytes held, and the longest pause in seconds."""

    wall: float
    cpu: float
    memory: int
    pause: float = 0.0


def measure(bench: Bench) -> None:
    """Processes from their start to their first painting; the control imports everything before that."""
    environment, office, runs = _environment(bench.folder), bench.office, bench.size.runs
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "partnerdesk")], check=True)
    for program in (OURS, BARE):
        started(program, environment, office)
    pairs = [(started(OURS, environment, office), started(BARE, environment, office)) for _ in range(runs)]
    limit = f"bare PySide6 window ({median(bare.wall for _, bare in pairs) * 1000:.0f} ms)"
    of_cpu = f"bare PySide6 window ({median(bare.cpu for _, bare in pairs) * 1000:.0f} ms)"
    held = f"bare PySide6 window ({median(bare.memory for _, bare in pairs) / 1024:.0f} MB)"
    bench.ratio("start to painted window with rows", limit, [a.wall / b.wall for a, b in pairs], goal=1.15)
    bench.ratio("start, processor time", of_cpu, [a.cpu / b.cpu for a, b in pairs], goal=1.15)
    bench.ratio("start, memory", held, [a.memory / b.memory for a, b in pairs], goal=1.75)
    naive = [(started(NAIVE, environment, office), started(BARE, environment, office)) for _ in range(2)]
    bench.ratio("start, importing all first", limit, [a.wall / b.wall for a, b in naive], goal=1.15, control=True)
    bench.ratio("memory, importing all first", held, [a.memory / b.memory for a, b in naive], goal=1.75,
                control=True)
    _ready(bench, environment, limit)


def _ready(bench: Bench, environment: dict[str, str], limit: str) -> None:
    office, runs = bench.office, bench.size.runs
    pairs = [(started(OURS, environment, office, "ready"), started(BARE, environment, office)) for _ in range(runs)]
    bench.ratio("start to everything on the page ready", limit, [a.wall / b.wall for a, b in pairs], goal=3.5)
    bench.figure("longest pause from painted to ready", [a.pause for a, _ in pairs], goal=50)
    at_once = [started(OURS, environment, office, "ready", "at once") for _ in range(2)]
    bench.figure("pause, making all pages in one go", [one.pause for one in at_once], goal=50, control=True)


def started(program: str, environment: dict[str, str], office: Path, *modes: str) -> Start:
    """One process from its start until it tells that it has painted, or that all is ready."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(office), *modes], stdout=subprocess.PIPE, cwd=ROOT, env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        wall = time.perf_counter() - start
        process.kill()
    if not line.strip():
        raise RuntimeError("the window was not painted")
    cpu, memory, *more = line.split()
    return Start(wall, float(cpu), int(memory), *map(float, more))


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, so that nobody's settings are read or written, and byte code kept for both sides."""
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(places, str(folder))}
