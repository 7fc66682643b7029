"""The menus of the board: which phases have a column, and into which phase stays are brought."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain.phases import EXITS, PHASES, Phase
from partnerdesk.look.icons import icon
from partnerdesk.look.words import number
from partnerdesk.models.stay_words import phase_icon, phase_name


def phases_menu(parent: QWidget, shown: Collection[Phase], counts: Mapping[Phase, int]) -> QMenu:
    """All phases with their numbers of stays, ticked where they have a column; `data` of an action is its phase."""
    menu = _menu(parent)
    for phase in PHASES:
        if phase == EXITS[0]:
            menu.addSeparator()
        action = menu.addAction(f"{phase_name(phase)}\t{number(counts[phase])}")
        action.setCheckable(True)
        action.setChecked(phase in shown)
        action.setData(str(phase))
    return menu


def move_menu(parent: QWidget, here: Collection[Phase]) -> QMenu:
    """The phases that stays which are `here` can be brought into; `data` of an action is its phase."""
    menu = _menu(parent)
    for phase in PHASES:
        if phase == EXITS[0]:
            menu.addSeparator()
        if set(here) != {phase}:
            menu.addAction(icon(phase_icon(phase)), phase_name(phase)).setData(str(phase))
    return menu


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
