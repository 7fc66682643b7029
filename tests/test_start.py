"""What the program loads before its first window: nothing that a list of rows does without."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STANDING = "import partnerdesk.app, partnerdesk.views.partners, partnerdesk.store.first"
MAY = {
    "domain": "clock collector countries journal lines listing office problems query resources states terms text vocab "
              "words years",
    "store": "driver first",
    "services": "bytecode journal listing office paths suggesting",
    "look": "cells fonts icons laid paint tokens words",
    "bridge": "desk",
    "models": "listing names partners states",
    "views": "columns desk_house detail filters house_pages list_column list_commands list_copy list_empty "
             "list_search list_split listpage listtable local long_work page partners searchbutton shell viewtabs "
             "window",
    "views.kit": "buttons chipbar commands controls corners delegates emptyview grounds labels layouts matching menus "
                 "motion nav picker popup progress rings rows savestate style table tabs",
}
# "org" is what the standard library's copy asks for in vain
FROM_OUTSIDE = {"PySide6", "appdirs", "fontpkg_inter", "partnerdesk", "shiboken6", "shibokensupport", "sqlcipher3",
                "org"}
CEILING = 113
HEAVY = ("sqlalchemy", "babel", "rapidfuzz", "anyascii", "charset_normalizer", "asyncio", "concurrent.futures",
         "hashlib", "html", "socket")


def loaded(statement):
    """The modules that a fresh interpreter has loaded after a statement, without those it has for PySide6 alone."""
    program = (
        "import sys; from PySide6 import QtCore, QtGui, QtWidgets; before = set(sys.modules); "
        f"{statement}; print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def allowed():
    rooms = {f"partnerdesk.{floor}.{room}" for floor, rooms in MAY.items() for room in rooms.split()}
    return rooms | {f"partnerdesk.{floor}" for floor in MAY} | {"partnerdesk", "partnerdesk.app"}


def too_early(modules):
    """What should not have been loaded yet."""
    ours = {name for name in modules if name.split(".")[0] == "partnerdesk"}
    others = {name.split(".")[0] for name in modules - ours} - FROM_OUTSIDE - set(sys.stdlib_module_names)
    return (ours - allowed()) | others | modules & set(HEAVY)


def test_that_the_first_list_is_shown_before_forms_and_stores_are_loaded():
    modules = loaded(STANDING)
    assert too_early(modules) == set()
    assert len(modules) <= CEILING


def test_that_nothing_is_allowed_that_is_loaded_later_now():
    assert allowed() - loaded(STANDING) == set()


def test_that_a_module_loaded_too_early_would_be_seen():
    found = too_early(loaded(f"{STANDING}; import partnerdesk.views.partner_pane, rapidfuzz"))
    assert {"partnerdesk.views.partner_pane", "rapidfuzz"} <= found
