"""The list of partners as its page shows it, without the page around it."""

from PySide6.QtCore import QAbstractItemModel
from screen import show

from partnerdesk.bridge.desk import Desk
from partnerdesk.models.listing import ListModel
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.views.kit.table import DeskTable


def partner_table(desk: Desk) -> tuple[DeskTable, ListModel]:
    """A shown table of partners with its model, which has been asked to load."""
    model = ListModel(desk, partner_listing(), partner_columns())
    view = dressed(model)
    model.setParent(view)
    model.reload()
    return view, model


def dressed(model: QAbstractItemModel) -> DeskTable:
    """A shown table with the columns that the page shows at first."""
    view = DeskTable("Partners")
    view.setModel(model)
    for place, column in enumerate(partner_columns()):
        view.setColumnWidth(place, column.width)
        view.setColumnHidden(place, not column.shown)
    show(view)
    return view
