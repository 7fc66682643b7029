"""The parts that behave (popups, bars, dialogs, date and picker fields), for a sheet of their own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.calendar import CalendarPopup
from partnerdesk.views.kit.chipbar import ChipBar, Filter
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import purge_dialog
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.gallery import Gallery, Section, section
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import Kind, MessageBar
from partnerdesk.views.kit.palette import Hit, Palette, ProviderSource, Reply
from partnerdesk.views.kit.picker import Option, PickerPopup
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.popup import Popup
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.kit.shortcuts import KeyLine, ShortcutSheet
from partnerdesk.views.kit.toast import Toast

BEHAVIOUR_LEFT: Final[list[Section]] = []
BEHAVIOUR_RIGHT: Final[list[Section]] = []

_COUNTRIES: Final = (
    Option("CL", "Chile", "CL"),
    Option("CN", "China", "CN"),
    Option("CZ", "Czechia", "CZ"),
    Option("LI", "Liechtenstein", "LI"),
    Option("PL", "Poland", "PL"),
)
_MESSAGES: Final[tuple[tuple[Kind, str, str, str], ...]] = (
    ("info", "Version 1.4 of the country list", "is newer than yours.", "Update"),
    ("warn", "Notice by 1 Sep 2026,", "in 47 days.", "Renew"),
    ("danger", "Not saved:", "the e-mail is incomplete.", "Show field"),
)
_KEYS: Final = (
    KeyLine("Record", "New partner", "Ctrl N"),
    KeyLine("Record", "Duplicate", "Ctrl D"),
    KeyLine("Edit", "Undo", "Ctrl Z"),
    KeyLine("File", "Print summary", "Ctrl P"),
    KeyLine("File", "Import a spreadsheet", "Ctrl I"),
    KeyLine("In a date field", "Today", "Ctrl ;"),
)


def behaviour_sheet(parent: QWidget | None = None) -> Gallery:
    """The sheet of all parts that behave, as they look when open."""
    return Gallery(parent, (BEHAVIOUR_LEFT, BEHAVIOUR_RIGHT))


@section("Filter bar", BEHAVIOUR_LEFT)
def filter_bar(parent: QWidget) -> QWidget:
    """A bar with two filters."""
    bar = ChipBar(parent)
    bar.set_filters([Filter("tier", "Tier: 1, 2"), Filter("state", "State: not ended")])
    bar.set_hits(38, 312)
    bar.add_tool(IconButton(Icon.COLUMNS, "Columns"))
    return bar


@section("Date and picker fields", BEHAVIOUR_LEFT)
def fields(parent: QWidget) -> QWidget:
    """As they stand, with an error, mixed and locked."""
    plain, wrong, mixed, locked = (LenientDateField() for _ in range(4))
    plain.set_value(date(2027, 3, 12))
    wrong.setText("31/31/26")
    wrong.commit()
    mixed.set_mixed(4)
    locked.set_value(date(2026, 12, 31))
    locked.set_locked("Approved versions cannot change")
    country, empty = PickerField(_COUNTRIES), PickerField(_COUNTRIES, placeholder="Choose a country")
    country.set_value("CN")
    host = QWidget(parent)
    column = Column(host, 0, 10)
    pairs = (
        (Field("Next review", plain), Field("Country", country)),
        (Field("Ends", wrong), Field("Host country", empty)),
        (Field("Starts", mixed), Field("Signed", locked)),
    )
    for pair in pairs:
        row = Row(None, 0, 12)
        for one in pair:
            row.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
    return host


@section("Messages", BEHAVIOUR_LEFT)
def messages(parent: QWidget) -> QWidget:
    """One of each kind."""
    host = QWidget(parent)
    column = Column(host, 0, 6)
    for kind, lead, rest, action in _MESSAGES:
        bar = MessageBar(host)
        column.addWidget(bar)
        bar.show_message(kind, lead, rest, action)
    return host


@section("Toast, progress, save state", BEHAVIOUR_LEFT)
def states(parent: QWidget) -> QWidget:
    """A toast, a strip half way, the three states."""
    host = QWidget(parent)
    column = Column(host, 0, 8)
    toast = Toast("Deleted Universidad de Sevilla", "Undo", host)
    toast.setFixedSize(toast.sizeHint())
    strip = ProgressStrip(host)
    strip.begin("Reading partners.xlsx")
    strip.advance(1204, 3000)
    for part in (toast, strip):
        column.addWidget(part)
        part.show()
    for place in range(3):
        state = SaveState(host)
        state.set_undo("Undo: change next review")
        if place == 0:
            state.saved(datetime(2026, 12, 16, 10, 42, tzinfo=UTC))
        elif place == 1:
            state.saving()
        else:
            state.refused("e-mail is incomplete")
        column.addWidget(state)
    return host


@section("Empty view", BEHAVIOUR_LEFT)
def empty_view(parent: QWidget) -> QWidget:
    """A list with nothing in it."""
    card = Pane("card", parent)
    card.setMinimumHeight(180)
    view = EmptyView(
        Icon.PARTNERS,
        "No partners yet. Add the first one, or bring in your list.",
        "New partner",
        "Import a spreadsheet",
        "Look at the sample office",
    )
    Column(card).addWidget(view)
    return card


@section("Picker and calendar", BEHAVIOUR_RIGHT)
def popups(parent: QWidget) -> QWidget:
    """Both popups, open."""
    host = QWidget(parent)
    row = Row(host, 0, 20)
    picker = PickerPopup(host, _COUNTRIES, ["CN"], add_text="Add “{text}” as a new country name", name="Country")
    picker.type_text("ch")
    for popup in (picker, CalendarPopup(date(2026, 12, 31), host)):
        row.addWidget(_laid_open(popup, host), 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch()
    return host


@section("Command palette", BEHAVIOUR_RIGHT)
def palette(parent: QWidget) -> QWidget:
    """The palette with three groups."""
    host = QWidget(parent)
    sources = (ProviderSource("Partners", _partners), ProviderSource("Commands", _commands))
    corner = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    Row(host).addWidget(_laid_open(Palette(host, sources, "zur"), host), 0, corner)
    return host


@section("Dialogs", BEHAVIOUR_RIGHT)
def dialogs(parent: QWidget) -> QWidget:
    """The purge and the shortcut sheet."""
    host = QWidget(parent)
    column = Column(host, 0, 16)
    text = "Also goes: 5 draft agreements, 11 contacts. Stays are kept without a partner. This cannot be undone."
    for dialog in (
        purge_dialog(host, "Purge 3 partners for good?", text, "Purge 3 partners"),
        ShortcutSheet(host, _KEYS),
    ):
        dialog.setParent(host, Qt.WindowType.Widget)
        column.addWidget(dialog)
        dialog.show()
    return host


def _laid_open(popup: Popup, host: QWidget) -> Popup:
    """A popup as a part of the sheet."""
    popup.setParent(host, Qt.WindowType.Widget)
    popup.setFixedSize(popup.sizeHint())
    popup.show()
    return popup


def _partners(typed: str, reply: Reply) -> None:
    found: Sequence[Hit] = (
        Hit("uzh", "Universität Zürich", _nothing, "Zürich · UZH", Icon.PARTNERS),
        Hit("eth", "ETH Zürich", _nothing, "Zürich · ETHZ", Icon.PARTNERS),
    )
    reply(found)


def _commands(typed: str, reply: Reply) -> None:
    reply([Hit("print", "Print summary of Universität Zürich", _nothing, "Ctrl P", Icon.PRINT)])


def _nothing() -> None:
    """The sheet runs nothing."""
