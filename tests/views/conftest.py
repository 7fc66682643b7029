"""What every test with windows needs: windows that live until they are closed, and a quiet platform."""

import gc

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent


def pytest_collection_modifyitems(items):
    for item in items:
        if "/views/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def windows_outlive_the_test(qapp):
    """Collect garbage between tests only.

    When a test function returns, its windows are nobody's, yet still painted until pytest-qt closes them; a
    collection in the middle of such a painting would free the window being painted.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture
def freed(qtbot):
    """Wait until a widget is gone for good; fails when something keeps it."""

    def wait(widget):
        qtbot.waitUntil(lambda: not shiboken6.isValid(widget))

    return wait
