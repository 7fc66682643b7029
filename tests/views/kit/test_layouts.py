"""Measures follow the size of text while the program runs."""

from PySide6.QtWidgets import QLabel

from partnerdesk.views.kit.layouts import Measured
from partnerdesk.views.kit.style import apply_theme


def test_that_measures_given_at_100_percent_grow_with_the_text(qapp, qtbot):
    apply_theme(qapp, "light", 100)
    label = QLabel()
    qtbot.addWidget(label)
    Measured(label, height=30, width_min=340, width_max=560)
    assert (label.minimumHeight(), label.maximumHeight()) == (30, 30)
    apply_theme(qapp, "light", 200)
    sizes = (label.minimumHeight(), label.maximumHeight(), label.minimumWidth(), label.maximumWidth())
    apply_theme(qapp, "light", 100)
    assert sizes == (60, 60, 680, 1120)
    assert (label.minimumHeight(), label.minimumWidth(), label.maximumWidth()) == (30, 340, 560)


def test_that_a_measure_not_given_is_left_to_the_widget(qapp, qtbot):
    label = QLabel("words")
    qtbot.addWidget(label)
    Measured(label, width_min=100)
    assert label.minimumHeight() == 0
    assert label.maximumWidth() > 10_000
