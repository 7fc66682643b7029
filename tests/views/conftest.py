"""What every test with windows needs: no complaints of the screenless platform about things it cannot do."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "/views/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
