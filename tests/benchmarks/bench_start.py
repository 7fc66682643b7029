"""Start: from the command to a painted window with the last list's rows, against a bare PySide6 window."""

import os
import subprocess
import sys
import time
from pathlib import Path

from harness import Bench

ROOT = Path(__file__).resolve().parent.parent.parent
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.said)

    def said(self):
        print("painted", flush=True)
        QApplication.quit()

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
OURS = """
import builtins, sys
from pathlib import Path
from partnerdesk import app as desk
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView

class Watch(QObject):
    said = False

    def eventFilter(self, watched, event):
        if not self.said and event.type() == QEvent.Type.Paint and isinstance(watched.parent(), QTableView):
            table = watched.parent()
            model = table.model()
            if model is not None and model.rowCount() and model.index(0, 0).data() is not None:
                self.said = True
                QTimer.singleShot(0, self.say)
        return False

    def say(self):
        print("painted", flush=True)
        QTimer.singleShot(0, QApplication.quit)

app = desk.make_application(sys.argv[:1])
watch = Watch()
app.installEventFilter(watch)
QTimer.singleShot(60_000, app.quit)
sys.exit(desk.run(Path(sys.argv[1])))
"""
NAIVE = "import sqlalchemy.orm, babel, rapidfuzz, python_calamine, xlsxwriter\n" + OURS


def measure(bench: Bench) -> None:
    """Processes from their start to their first painting; the control imports everything before that."""
    environment = _environment(bench.folder)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "partnerdesk")], check=True)
    painted(OURS, bench.office, environment)  # the first start of all keeps byte code for the others
    runs = bench.size.runs
    pairs = [(painted(OURS, bench.office, environment), painted(BARE, bench.office, environment)) for _ in range(runs)]
    bare = sorted(limit for _, limit in pairs)[len(pairs) // 2] * 1000
    ratios = [ours / limit for ours, limit in pairs]
    limit_name = f"bare PySide6 window ({bare:.0f} ms)"
    bench.ratio("start to painted window with rows", limit_name, ratios, goal=1.15)
    naive = [painted(NAIVE, bench.office, environment) / painted(BARE, bench.office, environment) for _ in range(2)]
    bench.ratio("start, importing everything first", limit_name, naive, goal=1.15, control=True)


def painted(program: str, office: Path, environment: dict[str, str]) -> float:
    """Seconds from the start of a process until it says that it has painted."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(office)], stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seen = time.perf_counter() - start
        process.stdout.read()
    if line.strip() != "painted":
        raise RuntimeError("the window was not painted")
    return seen


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, so that nobody's settings are read or written."""
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(places, str(folder))}
