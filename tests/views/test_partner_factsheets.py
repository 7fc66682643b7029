"""The factsheets in a partner's form: a year is added and its deadline written, in the window."""

from datetime import date

from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.partners import Institution
from tests.services.applying import Desk


def test_that_a_year_with_its_deadline_is_entered_in_the_form_of_the_partner(drive, tmp_path):
    desk = Desk(tmp_path / "factsheets.partnerdesk")
    desk.seat("Kyoto", 2)
    kyoto = next(one for one in desk.all(Institution) if one.name == "Kyoto")
    desk.office.close()
    program = drive(tmp_path / "factsheets.partnerdesk")
    program.house.go("partners", kyoto.id)
    program.settle()
    pane = program.window.page_named("partners").detail
    pane.show_tab("details")
    program.settle()
    sheets = pane.child_list("factsheets")
    sheets.begin()
    program.settle()
    program.fill("year", "2026/27", sheets)
    program.fill("nominate_first", "1 Apr 2026", sheets)
    program.settle()
    (sheet,) = program.ask(lambda reader: reader.find(Factsheet))
    assert (sheet.year, sheet.nominate_first) == (2026, date(2026, 4, 1))
    assert sheet.checked_on == date.today()
