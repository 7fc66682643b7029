"""The wheel guard: scrolling a form changes no field on the way."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from partnerdesk.views.kit.wheel import WheelGuard


def turn(widget):
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), widget.mapTo(window, QPointF(widget.rect().center())), QPoint(0, -120))


def form(qtbot):
    area, inner = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(inner)
    combo, spin = QComboBox(), QSpinBox()
    combo.addItems(["Heads", "Months"])
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column.addWidget(combo)
    column.addWidget(spin)
    column.addSpacing(900)
    area.setWidget(inner)
    area.resize(300, 200)
    with qtbot.waitActive(area):
        area.show()
    area.setFocus()
    return area, combo, spin


def test_that_the_wheel_over_an_unfocused_field_scrolls_the_form(qtbot, qapp):
    guard = WheelGuard(qapp)
    area, combo, spin = form(qtbot)
    spin.setValue(5)
    turn(combo)
    turn(spin)
    assert (combo.currentIndex(), spin.value()) == (0, 5)
    assert area.verticalScrollBar().value() > 0
    qapp.removeEventFilter(guard)


def test_that_the_wheel_works_in_the_field_that_has_the_focus(qtbot, qapp):
    guard = WheelGuard(qapp)
    area, combo, _ = form(qtbot)
    combo.setFocus()
    turn(combo)
    assert (combo.currentIndex(), area.verticalScrollBar().value()) == (1, 0)
    qapp.removeEventFilter(guard)
