"""What is on the clipboard stays there to the end, and ends nothing badly."""

import os
import subprocess
import sys
from pathlib import Path

from partnerdesk.views.kit.clip import clip

ROOT = Path(__file__).resolve().parents[3]
COPY_AND_LEAVE = """
from PySide6.QtWidgets import QApplication
from partnerdesk.views.kit.clip import clip
application = QApplication([])
QApplication.clipboard().setMimeData(clip("a", "<b>a</b>"))
print(QApplication.clipboard().mimeData().text())
"""


def test_that_a_clipping_has_its_two_forms_and_no_other(qapp):
    made = clip("a\tb", "<b>a</b>")
    assert (made.text(), made.html()) == ("a\tb", "<b>a</b>")
    assert sorted(made.formats()) == ["text/html", "text/plain"]


def test_that_a_program_leaves_well_with_a_clipping_on_the_clipboard():
    done = subprocess.run([sys.executable, "-c", COPY_AND_LEAVE], cwd=ROOT, capture_output=True, check=False,
                          timeout=100, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert (done.returncode, done.stdout.split()) == (0, [b"a"]), done.stderr.decode()
