"""Fields of education and training."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.isced import Field, fields, find, known, normal, title


def test_that_the_classification_is_complete() -> None:
    assert Counter(each.level for each in fields()) == {"broad": 11, "narrow": 57, "detailed": 150}
    named = [each for each in fields() if each.level == "detailed" and not _residual(each)]
    assert len(named) == 80
    narrow = [each for each in fields() if each.level == "narrow" and each.code[2] not in "089"]
    assert len(narrow) == 29


def _residual(field: Field) -> bool:
    return "not further defined" in field.title or "not elsewhere" in field.title or "Inter-disciplinary" in field.title


def test_that_every_field_has_a_parent_before_it() -> None:
    seen = {""}
    for each in fields():
        assert each.parent in seen
        assert each.broad in seen or each.level == "broad"
        assert each.title and each.title == each.title.strip()
        seen.add(each.code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0421", "0421"), ("421", "0421"), ("0421 Law", "0421"), ("0421 - Law", "0421"), ("F0421", "0421"),
        ("ISCED 0421", "0421"), ("Law", "0421"), ("law", "0421"), ("  0732\xa0", "0732"), ("0732: Building", "0732"),
        ("041", "041"), ("41", "041"), ("4", "04"), ("10", "10"), ("101", "101"), ("1014", "1014"),
        ("Psychology", "0313"), ("0110", "0110"), ("0688", "0688"), ("0999", "0999"), ("0730", "0730"),
        ("0421 (Law)", "0421"),
    ],
)  # fmt: skip
def test_that_a_field_is_found_in_the_shapes_files_have(written: str, code: str) -> None:
    assert normal(written) == code
    assert find(written) == Field(code, title(code))


@pytest.mark.parametrize("code", ["0582", "0480", "0481", "0523", "14.0", "0345", "0140", "0443", "xyz", "", "11.3"])
def test_that_codes_of_other_classifications_stay_as_they_stand(code: str) -> None:
    assert normal(code) == code
    assert not known(code)
    assert find(code) is None
    assert title(code) == ""


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,5}( [A-Za-z]{1,5})?", fullmatch=True))
def test_that_the_normal_form_is_stable(written: str) -> None:
    assert normal(normal(written)) == normal(written)


def test_that_a_field_is_said_with_code_and_title() -> None:
    assert str(find("0912")) == "0912 Medicine"
