"""A partner's factsheets in its form: by academic year the deadlines, the terms, and what it asks for."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.services import nominations
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import plain_language_options, year_editor
from partnerdesk.views.children import ChildField, ChildSpec
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import TextEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.numberfield import NumberEditor

_DAYS = ("nominate_first", "nominate_second", "apply_first", "apply_second", "first_from", "first_to", "second_from",
         "second_to")
_TEXTS = ("requirements", "housing", "visa", "insurance")


def _tr(source: str) -> str:
    return QCoreApplication.translate("PartnerChildren", source)


def factsheet_spec(owner: Callable[[], Institution]) -> ChildSpec:
    """Factsheets; a new one takes over the last one a year on."""

    def fields() -> Sequence[ChildField]:
        def field(name: str, editor: Callable[[], QWidget], place: str = "short") -> ChildField:
            return ChildField(name, say(field_label(name)), editor, place, required=name == "year")

        return (
            field("year", year_editor, "wide"), *(field(name, LenientDateField) for name in _DAYS),
            field("decision_weeks", NumberEditor), field("transcript_weeks", NumberEditor),
            field("languages", lambda: PickerField(plain_language_options(), many=True), "wide"),
            *(field(name, TextEditor, "wide") for name in _TEXTS))

    def add(sheet: Factsheet) -> Any:
        assert sheet.year is not None
        given = {name: value for name in (*_DAYS, *_TEXTS, "decision_weeks", "transcript_weeks", "languages")
                 if (value := getattr(sheet, name)) not in (None, "", ())}
        return nominations.add_factsheet(owner(), sheet.year, **given)

    def change(sheet: Factsheet, name: str, value: Any) -> Any:
        return nominations.change_factsheet(owner(), sheet, **{name: value})

    return ChildSpec(
        _tr("Factsheets"), _tr("Add a year"), _tr("No factsheet yet: deadlines and terms by academic year."),
        factsheet_line, fields, Factsheet, lambda sheet: sheet.year is not None, add, change,
        lambda sheet: nominations.remove_factsheet(owner(), sheet), Icon.DATE)


def factsheet_line(sheet: Factsheet) -> tuple[str, str, str]:
    """How a factsheet reads in a row: its year, its deadlines, when it was looked at last."""
    name = str(AcademicYear(sheet.year)) if sheet.year is not None else ""
    days = [_tr("{what} {day}").format(what=say(field_label(field)), day=day(getattr(sheet, field)))
            for field in ("nominate_first", "nominate_second") if getattr(sheet, field) is not None]
    checked = sheet.checked_on
    old = checked is not None and (clock.today() - checked).days > 365
    right = "" if checked is None else _tr("checked {day}").format(day=day(checked))
    return name, " · ".join(days), _tr("over a year old") if old else right
