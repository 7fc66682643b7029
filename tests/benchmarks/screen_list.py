"""The lists of partners and of stays as their pages show them, without the pages around them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel
from screen import show

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.models.listing import Column, Listing, ListModel
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.models.stay_list import stay_columns, stay_listing
from partnerdesk.views.listtable import ListTable


def partner_table(desk: Desk) -> tuple[ListTable, ListModel]:
    """A shown table of partners with its model, which has been asked to load."""
    return shown_list(desk, partner_listing(), partner_columns())


def stay_table(desk: Desk) -> tuple[ListTable, ListModel]:
    """The same with stays."""
    return shown_list(desk, stay_listing(), stay_columns())


def shown_list(
    desk: Desk, listing: Listing, columns: Sequence[Column], query: ListQuery | None = None
) -> tuple[ListTable, ListModel]:
    """A shown table of any list, which has been asked to load what the query finds."""
    model = ListModel(desk, listing, columns)
    view = dressed(model, columns)
    model.setParent(view)
    if query is None:
        model.reload()
    else:
        model.set_query(query)
    return view, model


def dressed(model: QAbstractItemModel, columns: Sequence[Column] = ()) -> ListTable:
    """A shown table with the columns that the page shows at first, those of partners unless others are named."""
    view = ListTable("Partners")
    view.setModel(model)
    for place, column in enumerate(columns or partner_columns()):
        view.setColumnWidth(place, column.width)
        view.setColumnHidden(place, not column.shown)
    show(view)
    return view
