"""What the program loads before its first window: nothing that a list of rows does without."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LATER = (
    "sqlalchemy", "babel", "rapidfuzz", "python_calamine", "xlsxwriter", "anyascii", "charset_normalizer", "asyncio",
    "partnerdesk.formats", "partnerdesk.paper", "partnerdesk.store.unit", "partnerdesk.store.schema",
    "partnerdesk.views.partner_pane", "partnerdesk.views.partner_bulk", "partnerdesk.views.agreement_pane",
    "partnerdesk.views.agreement_bulk", "partnerdesk.views.data_page", "partnerdesk.views.settings_page",
    "partnerdesk.views.printing", "partnerdesk.views.kit.palette", "partnerdesk.views.kit.editors",
    "partnerdesk.views.kit.forms",
)


def loaded(statement):
    """The modules of LATER that a fresh interpreter has loaded after a statement."""
    program = f"import sys; {statement}; print(*(name for name in {LATER!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_that_the_first_list_is_shown_before_forms_and_stores_are_loaded():
    assert loaded("import partnerdesk.app, partnerdesk.views.partners, partnerdesk.store.first") == []


def test_that_a_module_loaded_too_early_would_be_seen():
    assert "partnerdesk.views.partner_pane" in loaded("import partnerdesk.views.partner_pane")
