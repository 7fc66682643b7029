"""Matching: accents aside, the letters typed are found where they stand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.text import fold
from partnerdesk.views.kit.matching import EXACT, INSIDE, NOWHERE, START, WORD, rank, spans


def marked(label, typed):
    return [label[start:end] for start, end in spans(label, typed)]


def test_that_accents_are_passed_over_and_the_letters_of_the_label_are_marked():
    assert marked("Universität Zürich", "zur") == ["Zür"]
    assert marked("Politechnika Łódzka", "lodz") == ["Łódz"]
    assert marked("Straßburg", "strass") == ["Straß"]


def test_that_each_word_typed_is_marked_and_the_beginning_of_a_word_is_preferred():
    assert marked("Banana and Ananas", "ana") == ["Ana"]
    assert marked("ETH Zürich", "zur eth") == ["ETH", "Zür"]
    assert marked("Liechtenstein", "ch") == ["ch"]
    assert marked("China", "") == marked("China", "xyz") == []


def test_that_the_whole_name_comes_before_its_beginning_a_word_and_the_inside():
    assert [rank(fold(name), "oman") for name in ("Oman", "Omani", "South Oman", "Romania", "China")] == [
        EXACT,
        START,
        WORD,
        INSIDE,
        NOWHERE,
    ]


@given(st.text(max_size=30), st.text(max_size=8))
def test_that_marks_lie_in_the_label_in_order_and_apart(label, typed):
    found = spans(label, typed)
    assert all(0 <= start < end <= len(label) for start, end in found)
    assert all(end < start for (_, end), (start, _) in pairwise(found))
