"""The documents of one stage of a stay as a grid: what it is, its state, and until when it is wanted."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import cells, clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.vocab import label_of, read_term
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.look.cells import Cell, Chip, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, near, say
from partnerdesk.models.edit_grid import EditModel, GridColumn
from partnerdesk.services.stay_documents import document_name

STATES: Mapping[str, tuple[str, Icon]] = {
    "required": ("warn", Icon.NOTICE), "requested": ("info", Icon.WAITING), "received": ("accent", Icon.DOCUMENT),
    "checked": ("success", Icon.HOLDS), "rejected": ("danger", Icon.ENDED), "waived": ("neutral", Icon.DASH),
}


def state_chip(state: str) -> Chip:
    """The state of a document as every page shows it."""
    kind, icon = STATES.get(state, ("neutral", Icon.DASH))
    return Chip(kind, say(label_of("document_state", state)), icon)


class DocumentsModel(EditModel[Document]):
    """A row a document; its state is chosen, its due day typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("name", _tr("Document"), 104, "told", grows=True),
            GridColumn("state", _tr("State"), 116, "choice"),
            GridColumn("due_on", _tr("Due"), 112, "text"),
        ), parent)

    def words_of(self, record: Document, key: str) -> str:
        if key == "name":
            name = say(document_name(record))
            return _tr("{name} *").format(name=name) if record.mandatory else name
        if key == "state":
            return say(label_of("document_state", record.state))
        return day(record.due_on) if record.due_on is not None else ""

    def cell_of(self, record: Document, key: str) -> Cell:
        if key == "state":
            return state_chip(record.state)
        if key == "due_on":
            open_now = record.due_on is not None and record.state not in DONE
            return Soft(near(record.due_on) if open_now and record.due_on else self.words_of(record, key))
        return self.words_of(record, key)

    def sentence(self, record: Document) -> str:
        parts = [say(document_name(record)), self.words_of(record, "state")]
        if record.mandatory:
            parts.append(_tr("must be there"))
        if record.due_on is not None:
            parts.append(_tr("due {day}").format(day=day(record.due_on)))
        return ", ".join(parts)

    def read_cell(self, record: Document, key: str, written: str) -> dict[str, Any]:
        if key == "state":
            found = read_term("document_state", written)
            if found is None:
                raise Unreadable(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "“{what}” is no state of a document"), what=written[:40]))
            return {"state": found}
        return {"due_on": cells.one_day(written, "dmy", clock.today()) if written else None}

    def warning(self, record: Document, key: str) -> tuple[str, str] | None:
        if key == "due_on" and record.due_on is not None and record.state not in DONE \
                and record.due_on < clock.today():
            return "warn", _tr("Due {day}").format(day=day(record.due_on))
        return None


def _tr(source: str) -> str:
    return QCoreApplication.translate("Documents", source)
