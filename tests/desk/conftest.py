"""A screen of its own, and the program on it, driven by real pointer and key events as the X server sends them."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party, SignOff
from partnerdesk.domain.partners import Contact, Institution, Member, Partnership
from partnerdesk.services import office
from partnerdesk.services.journal import undo_state
from partnerdesk.services.samples import make_sample

ROOT = Path(__file__).resolve().parents[2]
AGENT = Path(__file__).with_name("agent.py")
PATIENCE = 60.0
SIZE = (1280, 800)
ENTERED = (Institution, Contact, Partnership, Member, Agreement, Party, AgreementVersion, SignOff, Condition)


class Office:
    """The office file, read through a connection of its own while the program has it open."""

    def __init__(self, path):
        self.path = path
        self._opened = office.open_file(path, read_only=True)
        self.close = self._opened.close
        self.reader = self._opened.read

    def find(self, record, **fields):
        with self.reader() as reader:
            return reader.find(record, **fields)

    def contents(self):
        """All records of the kinds that the journey touches; their counters of changes go on in an undo too."""
        with self.reader() as reader:
            return {kind.__name__: [replace(one, version=0) for one in reader.find(kind, "id")] for kind in ENTERED}

    def steps(self):
        """The ids of the steps that Undo and Redo would take; None where there is none."""
        with self.reader() as reader:
            state = undo_state(reader)
        return tuple(step.id if step is not None else None for step in (state.undo, state.redo))


class Program:
    """The running program: what is in sight, and the user's hands."""

    def __init__(self, display, home, file=None):
        self._display = display
        home.mkdir(exist_ok=True)
        self.environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
                                         "HOME": str(home), "PARTNERDESK_HOME": str(home)}
        self._process = subprocess.Popen(
            [sys.executable, str(AGENT), *([str(file)] if file else [])], env=self.environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.seen = {}

    def come_up(self):
        """Wait until the office is open."""
        self.until(lambda: self.seen["open"] and self.seen["idle"], "the office is open")

    def come_to_front(self):
        """Lay its window over those of other programs, so that the pointer reaches it."""
        self._hand("windowraise", str(self.look(things=False)["windows"][0]["id"]))
        self._hold_focus()

    def look(self, things=True):
        """What is in sight now; without `things` only the windows, which is quicker."""
        try:
            self._process.stdin.write("?" if things else ".")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            pytest.fail(f"The program is gone:\n{self._process.stderr.read()}")
        self.seen = json.loads(answer)
        return self.seen

    def until(self, holds, what, things=True):
        """Wait until `holds()`, looking anew each time; its answer."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.look(things)
            answer = holds()
            if answer:
                return answer
            if time.monotonic() > deadline:
                pytest.fail(f"Waited in vain until {what}. In sight:\n{self._in_words()}")

    def settle(self):
        """Wait until the program has nothing under way."""
        self.until(lambda: self.seen["idle"], "nothing is under way", things=False)

    def things(self, words=None, **wanted):
        """What is in sight under that name, label or words, and with these properties."""
        return [
            one for one in self.seen["things"]
            if (words is None or words in (one["label"], one["words"].replace("&", ""), one["name"]))
            and all(one[key] == value for key, value in wanted.items())
        ]

    def wait_for(self, words, **wanted):
        """Wait until something of that name can be used; the first of it."""
        return self.until(lambda: self.things(words, enabled=True, **wanted), f"{words!r} is in sight")[0]

    def click(self, words, **wanted):
        """Click in the middle of something in sight."""
        self.click_at(self.wait_for(words, **wanted)["place"])

    def click_at(self, place, at=0.5):
        """Click within a place, `at` of the way from its left to its right."""
        left, top, wide, high = place
        self._hand("mousemove", str(left + int((wide - 1) * at)), str(top + high // 2), "click", "1")
        self.settle()

    def carry(self, start, goal):
        """Take hold at one point, go to another in a few steps, and let go there."""
        (x, y), (right, down) = start, goal
        self._hand("mousemove", str(x), str(y), "mousedown", "1")
        for share in (0.05, 0.1, 0.4, 0.7, 0.95, 1.0):
            self._hand("mousemove", str(round(x + (right - x) * share)), str(round(y + (down - y) * share)))
            self.look(things=False)
        self._hand("mouseup", "1")
        self.settle()

    def focus(self, words, **wanted):
        """Click into a field and wait until the cursor is in it; again where the form moved below the pointer."""
        def inside():
            if self.things(words, focus=True, **wanted):
                return True
            self.click(words, **wanted)
            return False

        self.until(inside, f"the cursor is in {words!r}")

    def fill(self, words, typed, **wanted):
        """Click into a field, type in place of what it holds, and leave it with Tab."""
        self.focus(words, **wanted)
        self.keys("ctrl+a")
        self.type(typed)
        self.keys("Tab")

    def type(self, words):
        self._hold_focus()
        self._hand("type", "--delay", "4", words)
        self.settle()

    def keys(self, *strokes):
        for stroke in strokes:
            self._hold_focus()
            self._hand("key", stroke)
            self.settle()

    def quit(self):
        """Leave by Ctrl+Q; the exit code."""
        self._hold_focus()
        self._hand("key", "ctrl+q")
        code = self._process.wait(PATIENCE)
        assert self._process.stderr.read() == ""
        return code

    def end(self):
        """Make sure that nothing is left of it."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def _hold_focus(self):
        """Give the keyboard to the window in front, as a window manager would; here is none."""
        self.look(things=False)
        windows = self.seen["windows"]
        if any(w["kind"] == "popup" for w in windows):
            return
        front = min(windows, key=lambda w: (w["kind"] != "modal", w["class"] == "Window"))
        if not front["active"]:
            self._hand("windowfocus", str(front["id"]))
            self.until(lambda: front["id"] in [w["id"] for w in self.seen["windows"] if w["active"]],
                       "the window in front has the keyboard", things=False)

    def _hand(self, *command):
        subprocess.run(["xdotool", *command], env=self.environment, check=True, timeout=PATIENCE)

    def _in_words(self):
        self.look()
        named = [t for t in self.seen["things"] if t["label"] or t["words"] or t["focus"]]
        lines = [f"  {t['kind']} {t['name']!r} {t['label']!r} {t['words'][:60]!r}{' *' * t['focus']}" for t in named]
        return "\n".join([*map(str, self.seen["windows"]), *lines])


@pytest.fixture(scope="session")
def display():
    """The name of a screen made for this run; skips where the X server or the hands for it are missing."""
    missing = [name for name in ("Xvfb", "xdotool", "pdftotext") if shutil.which(name) is None]
    if missing or not sys.platform.startswith("linux"):
        pytest.skip(f"{', '.join(missing) or 'X11'} not installed: needed to drive the program on a screen of its own")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-r"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def office_file(tmp_path):
    """A small sample office, to be changed at will."""
    opened = Office(make_sample(tmp_path / "oxford.partnerdesk", "oxford"))
    yield opened
    opened.close()


@pytest.fixture
def northbridge(tmp_path):
    """The large sample office, to be changed at will."""
    opened = Office(make_sample(tmp_path / "northbridge.partnerdesk", "northbridge"))
    yield opened
    opened.close()


@pytest.fixture
def start(display, tmp_path):
    """A function that starts the program on the screen, with or without a file to open; `desk` is whose it is."""
    started = []

    def show(file=None, desk="home", comes_up=True):
        program = Program(display, tmp_path / desk, file)
        started.append(program)
        if comes_up:
            program.come_up()
        return program

    yield show
    for program in started:
        program.end()
