"""The tour: every page as a picture, every print as a PDF, for people and tests to look at."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QElapsedTimer, QEventLoop, QLocale
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from partnerdesk import app as desk_app
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.tour_prints import write_prints
from partnerdesk.views.desk_house import DeskHouse
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.local import Local
from partnerdesk.views.map_page import MapPage
from partnerdesk.views.projects import ProjectsPage
from partnerdesk.views.record_pane import RecordPane
from partnerdesk.views.stays import StaysPage
from partnerdesk.views.today import TodayPage

Stop = Callable[[], QWidget | None]
"""Goes to a place and gives what is to be photographed; None where the office has no record to show there."""

_ROWS = """Partner\tCountry\tCity\tContact\tE-mail\tFrom\tUntil\tPlaces out
Tsinghua University\tChina\tBeijing\tWenqing Li\twenqing.li@example.edu\t2024/25\t2027/28\t10
Nordlys Universitet\tDenmark\tAarhus\tAstrid Holm\tastrid.holm@example.edu\t2026/27\t2029/30\t3
Universität Lindental\tGermany\tLindental\tJonas Brandt\tjonas.brandt@example.edu\t2025/26\tsoon\t2
Taras Shevchenko Universität Kyiv\tUkraine\tKyiv\t\t\t2026/27\t2028/29\t1
"""
_RECORDS = {"people": ("person", "study", "contacts", "documents", "followups", "history"),
            "cohorts": ("members", "papers", "followups", "history"),
            "visits": ("visit", "places", "agenda", "outcomes", "documents", "followups", "history"),
            "projects": ("project", "plan", "people", "risks", "outputs", "documents", "followups", "history")}
_STAY_TABS = ("stay", "documents", "learning", "transcript", "grant", "log", "followups", "history")
_PLAIN = ("places", "balance", "cohorts", "calls", "nominations", "abroad", "map")
"""Pages that are photographed as they come up, where the house has them."""
"""List pages with the tabs of their form besides the first one."""
LONGEST_MS = 20_000
QUIET_MS = 250


def tour(
    folder: Path, office: Path | None, size: tuple[int, int] = (1280, 800), *, dark: bool = False,
    page: str | None = None, percent: int = 100, language: str = "",
) -> int:
    """Write the pictures (and the summary as PDF) into a folder; the exit code. Works without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        app = desk_app.make_application(["partnerdesk"])
        local = Local(Path(scratch) / "settings.ini")
        local.set_theme("dark" if dark else "light")
        local.set_text_percent(percent)
        local.set_who("Marta Ilves")
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        desk_app.dress(app, local, language or None)
        shown = office or _sample(Path(scratch))
        walk = Walk(app, desk_app.build(local), size)
        try:
            return walk.go(folder, shown, "_dark" if dark else "", page)
        finally:
            walk.end()


class Walk:
    """Goes from page to page of one window and takes a picture of each."""

    def __init__(self, app: QApplication, house: DeskHouse, size: tuple[int, int]) -> None:
        self._app, self._house = app, house
        house.window.resize(*size)
        house.window.show()

    def go(self, folder: Path, office: Path, ending: str, page: str | None) -> int:
        """Take every picture, or those of one page; 1 when there is no such page."""
        taken: list[Path] = []
        stops = dict(self._stops(office))
        wanted = [name for name in stops if page is None or name.split("_")[0] == page or name == page]
        if not wanted:
            raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no page {page}. There are: {pages}."),
                               page=page, pages=", ".join(stops)))
        if page is not None and "welcome" not in wanted:
            self._open(office)
        for name in wanted:
            shown = stops[name]()
            if shown is None:
                continue
            picture = folder / f"{name}{ending}.png"
            shown.grab().save(str(picture))
            taken.append(picture)
        if page is None or page == "summary":
            taken += self._print(folder, office)
        if page is None:
            taken += write_prints(folder, office)
        for path in taken:
            print(path)  # noqa: T201
        return 0

    def end(self) -> None:
        """Close the window and its office."""
        self.settle()
        self._house.desk.shut_down()
        self._house.window.hide()
        self._house.window.deleteLater()

    def settle(self) -> None:
        """Wait until all answers are in and painted."""
        clock, quiet = QElapsedTimer(), QElapsedTimer()
        clock.start()
        quiet.start()
        while quiet.elapsed() < QUIET_MS and clock.elapsed() < LONGEST_MS:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if not self._house.desk.idle:
                quiet.restart()

    def _stops(self, office: Path) -> Iterator[tuple[str, Stop]]:
        yield "welcome", self._still
        yield "partners", lambda: self._partners(office)
        for view in ("list", "month", "week"):
            yield "today" if view == "list" else f"today_{view}", partial(self._today, view)
        for key in ("papers", "contacts", "details", "units", "visits", "followups", "history"):
            yield f"partners_{key}", _Bound(self._partner_tab, key)
        yield "partners_filtered", lambda: self._filtered("partners", "state:running tier:1,2")
        yield "partners_none", lambda: self._filtered("partners", "zurch")
        yield "partners_many", self._many
        yield "agreements", lambda: self._page("agreements")
        for key in ("conditions", "parties", "versions", "log", "followups", "history"):
            yield f"agreements_{key}", _Bound(self._agreement_tab, key)
        yield "agreements_file", self._file
        for page, tabs in _RECORDS.items():
            yield page, _Bound(self._page, page)
            for key in tabs:
                yield f"{page}_{key}", partial(self._record_tab, page, key)
        yield "stays", partial(self._stays, "board")
        for mode in ("list", "grid", "calendar"):
            yield f"stays_{mode}", partial(self._stays, mode)
        for key in _STAY_TABS:
            yield f"stays_{key}", partial(self._stay_tab, key)
        yield "projects_timeline", self._projects_timeline
        yield "map", partial(self._map, "map", ())
        yield "map_chosen", partial(self._map, "map", ("CN", "SG"))
        yield "map_table", partial(self._map, "table", ())
        for key in _PLAIN:
            yield key, partial(self._plain, key)
        for key in ("quality", "import", "changes", "trash", "check"):
            yield f"data_{key}", _Bound(self._data_tab, key)
        yield "data_import_columns", self._import_columns
        yield "data_import_rows", self._import_rows
        yield "backups", lambda: self._page("backups")
        yield "settings", lambda: self._page("settings")
        yield "menu", self._menu
        yield "palette", self._palette
        yield "components", self._components
        yield "components_open", self._components_open

    def _still(self) -> QWidget:
        self.settle()
        return self._house.window

    def _open(self, office: Path) -> None:
        if not self._house.desk.is_open:
            self._house.doorman.open(office)
            self.settle()
            self._house.make_all_pages()
            self.settle()

    def _page(self, key: str) -> QWidget:
        self._house.window.go(key)
        return self._still()

    def _partners(self, office: Path) -> QWidget:
        self._open(office)
        self._house.window.go("partners")
        self._house.partners.show_line("")
        self.settle()
        self._choose("Tsinghua")
        return self._still()

    def _choose(self, name: str) -> None:
        page = self._house.partners
        for row in range(page.model.rowCount()):
            line = page.model.line_at(row)
            if line is not None and name in line.name:
                page.table.select_row(row)
                break
        page.table.setFocus()

    def _partner_tab(self, key: str) -> QWidget | None:
        self._house.window.go("partners")
        self._choose("Tsinghua")
        self.settle()
        if self._house.partners.pane.record_id is None:
            return None
        self._house.partners.pane.show_tab(key)
        return self._still()

    def _filtered(self, page: str, line: str) -> QWidget:
        if self._house.partners.pane.record_id is not None:
            self._house.partners.pane.show_tab("overview")
        self._house.show_filtered(page, line)
        return self._still()

    def _many(self) -> QWidget:
        self._house.show_filtered("partners", "")
        self.settle()
        self._house.partners.select_all()
        return self._still()

    def _agreement_tab(self, key: str) -> QWidget | None:
        self._house.window.go("agreements")
        self.settle()
        if self._house.agreements.pane.record_id is None:
            return None
        self._house.agreements.pane.show_tab(key)
        return self._still()

    def _record_tab(self, page: str, key: str) -> QWidget | None:
        """A tab of the first record of a list."""
        self._house.window.go(page)
        self.settle()
        pane = cast(ListPage, self._house.window.page_named(page)).detail
        if not isinstance(pane, RecordPane) or pane.record_id is None:
            return None
        pane.show_tab(key)
        return self._still()

    def _stays(self, mode: str) -> QWidget:
        """The page of stays in one of its views."""
        self._house.window.go("stays")
        self.settle()
        cast(StaysPage, self._house.window.page_named("stays")).show_mode(mode)
        return self._still()

    def _projects_timeline(self) -> QWidget:
        """The projects along the years."""
        self._house.window.go("projects")
        self.settle()
        page = cast(ProjectsPage, self._house.window.page_named("projects"))
        page.show_mode("timeline")
        return self._still()

    def _today(self, view: str) -> QWidget:
        """The day's work, or the calendar."""
        self._page("today")
        page = cast(TodayPage, self._house.window.page_named("today"))
        page.show_view(view)
        return self._still()

    def _map(self, mode: str, chosen: Sequence[str]) -> QWidget:
        """The map or its table, with some countries chosen."""
        self._page("map")
        page = cast(MapPage, self._house.window.page_named("map"))
        page.show_mode(mode)
        page.choose(chosen)
        return self._still()

    def _stay_tab(self, key: str) -> QWidget | None:
        """A tab of the first stay that is abroad, which has most to show."""
        page = cast(StaysPage, self._house.window.page_named("stays"))
        self._stays("list")
        self._house.show_filtered("stays", "phase:abroad direction:out")
        self.settle()
        if not page.model.ids:
            return None
        page.show_record(page.model.ids[0])
        self.settle()
        if key not in {tab.key for tab in page.pane.titles()}:
            return None
        page.pane.show_tab(key)
        return self._still()

    def _plain(self, key: str) -> QWidget | None:
        if key not in {plan.key for plan in self._house.window.plans}:
            return None
        return self._page(key)

    def _file(self) -> QWidget | None:
        """A document that holds a file, in the log of its agreement."""
        held: list[Document] = []
        self._house.desk.ask(
            lambda reader: [d for d in reader.find(Document, "id") if d.sha256 and d.agreement_id], held.extend)
        self.settle()
        if not held:
            return None
        self._house.window.go("agreements", held[0].agreement_id)
        self.settle()
        pane = self._house.agreements.pane
        pane.show_tab("log")
        self.settle()
        pane.sections.log.documents.setCurrentIndex(pane.sections.log.documents.model().index(0, 0))
        return self._still()

    def _import_columns(self) -> QWidget:
        self._house.import_text(_ROWS)
        return self._still()

    def _import_rows(self) -> QWidget:
        self._house.data.imports.mapping.go_button.click()
        return self._still()

    def _menu(self) -> QWidget:
        """The first menu, opened."""
        self._page("partners")
        bar = self._house.window.findChild(QMenuBar)
        menu = bar.actions()[0].menu() if bar is not None else None
        if not isinstance(menu, QMenu):
            return self._house.window
        menu.popup(self._house.window.pos())
        self.settle()
        return menu

    def _data_tab(self, key: str) -> QWidget:
        self._house.window.go("data")
        self._house.data.show_tab(key)
        return self._still()

    def _close_popup(self) -> None:
        popup = self._app.activePopupWidget()
        if popup is not None:
            popup.close()

    def _palette(self) -> QWidget:
        self._close_popup()
        self._house.window.go("partners")
        self.settle()
        self._house.window.searched.emit()
        palette = self._app.activePopupWidget()
        self.settle()
        return palette if palette is not None else self._house.window

    def _components(self) -> QWidget:
        from partnerdesk.views.kit.gallery import Gallery

        self._close_popup()
        return self._sheet(Gallery())

    def _components_open(self) -> QWidget:
        from partnerdesk.views.kit.gallery_behaviour import behaviour_sheet

        return self._sheet(behaviour_sheet())

    def _sheet(self, sheet: QWidget) -> QWidget:
        self._gallery = sheet
        sheet.resize(1280, 1440)
        sheet.show()
        self.settle()
        return sheet

    def _print(self, folder: Path, office: Path) -> list[Path]:
        from partnerdesk.paper.jobs import print_summary

        self._open(office)
        ids: Sequence[int] = self._house.partners.model.ids
        line = self._house.partners.model.line_at(0) if ids else None
        names = [one for one in ("Tsinghua University", line.name if line is not None else "") if one]
        made: list[Path] = []
        for name in names[:1] if self._knows(names[0]) else names[1:]:
            for target in (folder / "summary.pdf", folder / "summary.png"):
                print_summary(office, name, target)
                made.append(target)
        return made

    def _knows(self, name: str) -> bool:
        model = self._house.partners.model
        lines = (model.line_at(row) for row in range(model.rowCount()))
        return any(line is not None and line.name == name for line in lines)


class _Bound:
    """One act with its key, to be called without either."""

    def __init__(self, act: Callable[[str], QWidget | None], key: str) -> None:
        self._act, self._key = act, key

    def __call__(self) -> QWidget | None:
        return self._act(self._key)


def _sample(folder: Path) -> Path:
    """The sample office, with a file attached to the first document of an agreement."""
    from partnerdesk.services import attachments, office
    from partnerdesk.services.samples import make_sample

    path = make_sample(folder / "Northbridge.partnerdesk", "northbridge")
    scan = folder / "Signed agreement, both copies.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    opened = office.open_file(path)
    try:
        with opened.read() as reader:
            document = next(one for one in reader.find(Document, "id") if one.agreement_id)
        office.do(opened, attachments.attach(document, scan), "Marta Ilves")
    finally:
        opened.close()
    return path
