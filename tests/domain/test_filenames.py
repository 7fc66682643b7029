"""File names from outside: none leaves its folder, none hides its ending, none is taken for harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.filenames import LONGEST, clean_name, is_dangerous


@pytest.mark.parametrize(("given_name", "clean"), [
    ("agreement.pdf", "agreement.pdf"), ("Ü 2024/Vertrag.pdf", "Vertrag.pdf"), (r"C:\Users\x\a.pdf", "a.pdf"),
    ("../../etc/passwd", "passwd"), ("..", "document"), ("", "document"), ("con.pdf", "con_.pdf"),
    ("NUL", "NUL_"), ("a\x00b\n.pdf", "ab.pdf"), ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ("清华大学 协议.pdf", "清华大学 协议.pdf"), ('what? "yes": <1|2>.docx', "what yes 12.docx"), ("name . ", "name"),
])  # fmt: skip
def test_that_a_name_is_made_harmless(given_name: str, clean: str) -> None:
    assert clean_name(given_name) == clean


@given(st.text(max_size=300))
def test_that_any_text_becomes_a_name_and_stays_it(name: str) -> None:
    clean = clean_name(name)
    assert clean
    assert len(clean) <= LONGEST + 1
    assert not set(clean) & set('/\\:*?"<>|\x00')
    assert clean.strip(" .") == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize("name", ["setup.exe", "Macro.DOCM", "a.pdf.js", "page.html", "go.lnk", "x.exe "])
def test_that_what_can_run_is_dangerous(name: str) -> None:
    assert is_dangerous(name)


@pytest.mark.parametrize("name", ["a.pdf", "b.docx", "c.jpg", "README", "exe", "d.txt", "e.xlsx", "f.msg"])
def test_that_papers_are_not_dangerous(name: str) -> None:
    assert not is_dangerous(name)
