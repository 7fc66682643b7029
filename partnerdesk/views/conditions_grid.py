"""The conditions as a grid for the keyboard; a locked one does without what the form below says too."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look.tokens import px
from partnerdesk.models.condition_cells import words_of
from partnerdesk.models.conditions import ConditionsModel
from partnerdesk.views.agreement_fields import field_options, find_language_options, term_options
from partnerdesk.views.edit_grid import EditGrid
from partnerdesk.views.kit.menus import CELL_PAD, PANE_PAD
from partnerdesk.views.kit.picker import Option, Provider

_TOLD_BELOW = ("years", "levels", "fields", "languages", "exceptions")
"""Columns whose content the form below says too, and which a locked grid does without where it is narrow."""
_LEAST = 0.75
"""The part of its width a column has to have to be worth showing."""


class ConditionsGrid(EditGrid):
    """The editable table of conditions."""

    def __init__(self, name: str, model: ConditionsModel, parent: QWidget | None = None) -> None:
        self._conditions = model
        super().__init__(name, model, parent)

    def options(self, key: str, held: Any) -> list[Option] | Provider:
        if key == "languages":
            return find_language_options
        if key == "fields":
            known = field_options()
            codes = {option.value for option in known}
            return [Option(code, code, "?") for code in held if code not in codes] + known
        return term_options({"levels": "level"}.get(key, key))

    def add_text(self, key: str) -> str:
        return self.tr("Keep “{text}” as it stands") if key == "fields" else ""

    def fit(self) -> None:
        """Give the columns their widths; a locked grid shows those that say something and have room."""
        widths = {at: px(column.width) for at, column in enumerate(self._conditions.columns)}
        room = self.viewport().width()
        if self._conditions.locked and sum(widths.values()) > room:
            widths = self._narrowed(widths, room)
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            bar.ScrollBarAlwaysOff if sum(widths.values()) <= room else bar.ScrollBarAsNeeded)
        for at in range(len(self._conditions.columns)):
            self.setColumnHidden(at, at not in widths)
            if at in widths:
                self.setColumnWidth(at, widths[at])

    def _narrowed(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """The columns that are not empty, without those that are said below and have no room; the second takes the
        rest.
        """
        rows, columns = self._conditions.conditions, self._conditions.columns
        held = [at for at in widths
                if any(words_of(row, columns[at].key, self._conditions.exceptions_of(row.id)) for row in rows)]
        shown: dict[int, int] = {}
        # the last one keeps to the padding of the pane
        more = px(PANE_PAD - CELL_PAD)
        room -= more
        for at in held:
            left = room - sum(shown.values())
            if columns[at].key not in _TOLD_BELOW or left >= widths[at] * _LEAST:
                shown[at] = min(widths[at], left) if columns[at].key in _TOLD_BELOW else widths[at]
        spare = room - sum(shown.values())
        if len(shown) > 1 and spare > 0:
            shown[list(shown)[1]] += spare
        if shown:
            shown[list(shown)[-1]] += more
        return shown
