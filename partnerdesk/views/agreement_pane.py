"""The pane beside the list of agreements: head, tabs and footer of one agreement, and its commands."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import State
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, near
from partnerdesk.models.followups import count_words
from partnerdesk.services import agreements
from partnerdesk.views.agreement_commands import MENU, agreement_commands
from partnerdesk.views.agreement_drawers import EndDrawer, RenewDrawer
from partnerdesk.views.agreement_head import AgreementHead
from partnerdesk.views.agreement_sections import TABS, AgreementSections
from partnerdesk.views.agreement_work import Edit, Work
from partnerdesk.views.detail import DetailPane, UndoFoot
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.messagebar import ChoiceBar, MessageBar
from partnerdesk.views.kit.tabs import Tab, Tabs


class AgreementPane(DetailPane):
    """One agreement, saved field by field. `open_partner`, `open_agreement` and `print_wanted` carry ids."""

    open_partner = Signal(int)
    open_agreement = Signal(int)
    print_wanted = Signal(int)

    def __init__(
        self, desk: Desk, registry: Registry | None = None, scope: str = "agreements.pane",
        parent: QWidget | None = None,
    ) -> None:
        """`registry` knows the pane's commands already; without one the pane keeps its own."""
        super().__init__(parent)
        self.foot = UndoFoot(desk)
        self.work = Work(desk, self.foot, self)
        self.follow = FollowUpWork(desk, "agreement", self)
        self._desk = desk
        self._conflict: Edit | None = None
        self._to_enter: int | None = None
        self._to_perform = ""
        self._acts = self._table_of_acts()
        self._build()
        if registry is None:
            registry = Registry(self.flush, self)
            registry.add_all(agreement_commands(scope, self.perform, self.can), self)
        self.registry = registry
        self._menu = QMenu(self.head.more)
        self.registry.fill_menu(self._menu, MENU)
        self.head.more.setMenu(self._menu)
        self.work.renewed.connect(self._renew)
        self.follow.renewed.connect(self._count_followups)
        self.work.conflicted.connect(self._ask_whose)
        self.work.failed.connect(self._say_failed)
        self._renew(True)

    @property
    def record_id(self) -> int | None:
        """The agreement shown."""
        return self.work.record_id

    @property
    def tab(self) -> str:
        """The tab shown: one of TABS."""
        return self.tabs.value

    def show_record(self, record_id: int | None) -> None:
        """Show an agreement, or that none is selected."""
        if record_id != self.record_id:
            self.flush()
        self.follow.show_about(record_id)
        self.work.show_agreement(record_id)

    def enter(self, record_id: int) -> None:
        """Show an agreement just made, and put the cursor into its first field once it is there."""
        self._to_enter = record_id
        self.show_record(record_id)

    def show_tab(self, key: str) -> None:
        """Show a tab: one of TABS."""
        self.tabs.set_value(key)
        self._choose_tab(key)

    def flush(self) -> bool:
        """Commit the field or cell being edited; False while something typed is refused."""
        return self.work.flush()

    def set_back(self, shown: bool) -> None:
        """Show or hide the way back to the list."""
        self.head.back.setVisible(shown)

    def set_awake(self, awake: bool) -> None:
        """A pane that nobody sees only marks itself stale."""
        self.work.set_awake(awake)
        self.follow.set_awake(awake)

    def focus_first(self) -> None:
        """Put the cursor into the first field of the tab shown."""
        if self.work.about is None:
            self._to_enter = self.record_id
        else:
            self.sections.section(self.tab).focus_first()

    def perform(self, key: str) -> None:
        """Run a command of the form; one that comes before its agreement waits for it."""
        if self.work.about is None:
            self._to_perform = key
        elif self.can(key):
            self._acts[key][0]()

    def can(self, key: str) -> bool:
        """Whether a command can work with the agreement shown."""
        return self._acts[key][1]()

    def make_more(self) -> bool:
        return self.sections.make_more()

    @Slot()
    def record_approval(self) -> None:
        """Go to the first approval that is missing."""
        self.show_tab("parties")
        self.sections.parties.record_next()

    @Slot()
    def add_condition(self) -> None:
        """Add a condition in the grid."""
        self.show_tab("conditions")
        self.sections.conditions.add_condition()

    @Slot()
    def new_version(self) -> None:
        """Ask why, then make the next version."""
        self.show_tab("versions")
        self.sections.versions.open_form()

    @Slot()
    def renew_agreement(self) -> None:
        """Ask for the years, then draft the successor."""
        if self.work.about is not None:
            self.end.close_drawer()
            self.renewal.begin(self.work.about)
            self._fit_bars()

    @Slot()
    def end_agreement(self) -> None:
        """Ask for the days, then give notice."""
        if self.work.about is not None:
            self.renewal.close_drawer()
            self.end.begin(self.work.about)
            self._fit_bars()

    @Slot()
    def take_back_end(self) -> None:
        """Let the agreement go on as if no notice had been given."""
        agreement = self.work.agreement
        if agreement is not None:
            self.work.do(agreements.terminate(agreement, None, None, ""))

    @Slot()
    def duplicate(self) -> None:
        """Draft a copy and open it."""
        if self.work.about is not None:
            self.work.do(agreements.duplicate(self.work.about.file), self.open_agreement.emit)

    @Slot()
    def archive(self) -> None:
        """Put the agreement out of the way."""
        agreement = self.work.agreement
        if agreement is not None:
            self.work.do(agreements.archive_agreements([agreement]))

    @Slot()
    def unarchive(self) -> None:
        """Bring the agreement back."""
        agreement = self.work.agreement
        if agreement is not None:
            self.work.do(agreements.archive_agreements([agreement], back=True))

    @Slot()
    def delete(self) -> None:
        """Put the agreement into the trash."""
        agreement = self.work.agreement
        if agreement is not None:
            self.work.do(agreements.delete_agreements([agreement]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step = pages.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = TABS.index(self.tab) + step
            if 0 <= at < len(TABS):
                self.show_tab(TABS[at])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = Column(self, 0, 0)
        self._stack = QStackedWidget(self)
        self._empty = EmptyView(Icon.AGREEMENTS, self.tr("Select an agreement to see it here."))
        self._page = Pane("surface")
        page = Column(self._page, 0, 0)
        self.head = AgreementHead(self.work)
        self.head.open_partner.connect(self.open_partner)
        self.head.back_wanted.connect(self.back_wanted)
        self.head.print.clicked.connect(self._print)
        page.addWidget(self.head)
        self.tabs = Tabs(self.tr("Parts of the agreement"), (), density="pane", inset=16)
        self.tabs.chosen.connect(self._choose_tab)
        page.addWidget(self.tabs)
        page.addWidget(self._make_bars())
        self.sections = AgreementSections(self.work, self.follow, self.foot)
        self.sections.open_agreement.connect(self.open_agreement)
        self.sections.version_made.connect(self._show_made_version)
        page.addWidget(self.sections, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._page)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def _make_bars(self) -> QWidget:
        self._bars = QWidget()
        self._bars.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self._bars, (16, 10, 16, 0), 8)
        self.notice = MessageBar()
        self.notice.acted.connect(self._act_on_notice)
        self.lock = MessageBar()
        self.lock.acted.connect(self._act_on_lock)
        self.trouble = ChoiceBar(self.tr("Dismiss"))
        self.trouble.second_acted.connect(self._dismiss)
        self.whose = ChoiceBar(self.tr("Take theirs"))
        self.whose.acted.connect(self._keep_mine)
        self.whose.second_acted.connect(self._take_theirs)
        self.renewal = RenewDrawer(self.work)
        self.renewal.made.connect(self.open_agreement)
        self.end = EndDrawer(self.work)
        for bar in (self.whose, self.trouble, self.notice, self.lock, self.renewal, self.end):
            column.addWidget(bar)
        for drawer in (self.renewal, self.end):
            drawer.closed.connect(self._fit_bars)
        return self._bars

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        about, version = self.work.about, self.work.version
        if about is None or version is None:
            self._stack.setCurrentWidget(self._empty)
            self.registry.refresh()
            return
        self._stack.setCurrentWidget(self._page)
        self.head.renew()
        if fresh:
            self._conflict = None
            for bar in (self.whose, self.trouble):
                bar.clear()
            for drawer in (self.renewal, self.end):
                drawer.close_drawer()
        self._show_tabs()
        self._show_notice()
        self._show_lock()
        self.sections.renew(fresh)
        self._fit_bars()
        self.registry.refresh()
        waiting, self._to_perform = self._to_perform, ""
        if waiting:
            self.perform(waiting)
        if self._to_enter == about.agreement.id:
            self._to_enter = None
            self.show_tab("overview")
            self.focus_first()

    def _show_tabs(self) -> None:
        about, version = self.work.about, self.work.version
        assert about is not None and version is not None
        several = len(about.file.versions) > 1
        counts = {"conditions": len(about.file.conditions_of(version.id)),
                  "versions": len(about.file.versions) if several else 0}
        words = {"overview": self.tr("Overview"), "conditions": self.tr("Conditions"),
                 "parties": self.tr("Approvals"), "versions": self.tr("Versions"), "log": self.tr("Log"),
                 "followups": self.tr("Follow-ups"), "history": self.tr("History")}
        said = {key: str(n) if n else "" for key, n in counts.items()}
        said["followups"] = count_words(self.follow.followups)
        self.tabs.set_tabs([Tab(key, words[key], said.get(key, "")) for key in TABS])

    @Slot()
    def _count_followups(self) -> None:
        if self.work.about is not None and self.work.version is not None:
            self._show_tabs()

    def _show_notice(self) -> None:
        about = self.work.about
        assert about is not None
        state, facts = about.state, about.file.facts
        current = about.file.current
        ends = about.span(current)[1] if current is not None else None
        heir = about.heirs[-1] if about.heirs else 0
        renew = "" if heir or self._desk.read_only else self.tr("Renew")
        if state == State.NOTICE_WINDOW and current is not None and about.notice_on(current) is not None:
            notice = about.notice_on(current)
            assert notice is not None
            self.notice.show_message("warn", self.tr("Notice by {day},").format(day=day(notice)), near(notice), renew)
        elif state == State.EXPIRING and ends is not None:
            self.notice.show_message("warn", self.tr("Ends {day},").format(day=day(ends)), near(ends), renew)
        elif state == State.TERMINATING and facts.termination_on is not None:
            self.notice.show_message("warn", self.tr("Notice given:"), self.tr("it ends on {day}").format(
                day=day(facts.termination_on)))
        elif about.agreement.archived_on is not None:
            self.notice.show_message("info", self.tr("In the archive"), self.tr("since {day}").format(
                day=day(about.agreement.archived_on)))
        else:
            self.notice.clear()

    def _show_lock(self) -> None:
        """Say where an approved version is looked at, or one that does not count yet."""
        about, version = self.work.about, self.work.version
        assert about is not None and version is not None
        current, last = about.file.current, about.file.versions[-1]
        terms = self.tab in ("overview", "conditions", "parties")
        write = not self._desk.read_only
        if not terms:
            self.lock.clear()
        elif self.work.sealed and last.id != version.id:
            self.lock.show_message("info", self.tr("Version {n} is locked.").format(n=version.n),
                                   self.tr("Version {n} is being worked on.").format(n=last.n),
                                   self.tr("Show it"), f"show {last.id}")
        elif self.work.sealed:
            self.lock.show_message("info", self.tr("Approved and locked"), "",
                                   self.tr("Make a new version") if write else "", "new")
        elif current is not None and current.id != version.id:
            self.lock.show_message("info", self.tr("Version {n} holds until this one is approved.").format(
                n=current.n), "", self.tr("Show it"), f"show {current.id}")
        else:
            self.lock.clear()

    def _table_of_acts(self) -> dict[str, tuple[Callable[[], object], Callable[[], bool]]]:
        """What each command runs, and whether it can work now."""
        return {
            "print": (self._print, self._some), "approve": (self.record_approval, self._can_approve),
            "add_condition": (self.add_condition, self._can_change_terms),
            "new_version": (self.new_version, self._can_write), "renew": (self.renew_agreement, self._can_write),
            "duplicate": (self.duplicate, self._can_write), "end": (self.end_agreement, self._can_end),
            "go_on": (self.take_back_end, self._can_take_back_end), "archive": (self.archive, self._can_archive),
            "unarchive": (self.unarchive, self._is_archived), "delete": (self.delete, self._can_delete),
        }

    def _some(self) -> bool:
        return self.work.about is not None

    def _can_write(self) -> bool:
        return self.work.about is not None and not self._desk.read_only

    def _can_change_terms(self) -> bool:
        return self._can_write() and not self.work.sealed

    def _can_approve(self) -> bool:
        about, version = self.work.about, self.work.version
        if about is None or version is None or self._desk.read_only or self.work.sealed:
            return False
        return any(about.sign_off(version.id, party.id) is None for party in about.file.parties)

    def _can_end(self) -> bool:
        about = self.work.about
        return self._can_write() and about is not None and about.file.facts.ours_on is not None and (
            about.agreement.termination_effective_on is None)

    def _can_take_back_end(self) -> bool:
        about = self.work.about
        return self._can_write() and about is not None and about.agreement.termination_effective_on is not None

    def _is_archived(self) -> bool:
        return self._can_write() and self.work.about is not None and (
            self.work.about.agreement.archived_on is not None)

    def _can_archive(self) -> bool:
        return self._can_write() and not self._is_archived()

    def _can_delete(self) -> bool:
        about = self.work.about
        return self._can_write() and about is not None and all(v.status != "approved" for v in about.file.versions)

    @Slot()
    def _print(self) -> None:
        about = self.work.about
        if about is not None and about.file.partner is not None:
            self.flush()
            self.print_wanted.emit(about.file.partner.id)

    @Slot(str)
    def _choose_tab(self, key: str) -> None:
        self.sections.show_section(key)
        if self.work.about is not None:
            self._show_lock()
            self._fit_bars()
        if key == "history":
            self.sections.history.ask()

    @Slot(object)
    def _show_made_version(self, version_id: int) -> None:
        self.work.show_version(version_id)
        self.show_tab("conditions")

    @Slot()
    def _act_on_notice(self) -> None:
        self.renew_agreement()

    @Slot(str)
    def _act_on_lock(self, wish: str) -> None:
        if wish == "new":
            self.new_version()
        else:
            self.work.show_version(int(wish.split()[1]))

    @Slot(object)
    def _ask_whose(self, edit: Edit) -> None:
        self._conflict = edit
        self.whose.show_message("warn", self.tr("Somebody else changed this field meanwhile."),
                                self.tr("What you typed is not saved."), self.tr("Keep mine"))
        self._fit_bars()

    @Slot()
    def _keep_mine(self) -> None:
        edit, self._conflict = self._conflict, None
        self.whose.clear()
        self._fit_bars()
        if edit is not None:
            self.work.keep_mine(edit)

    @Slot()
    def _take_theirs(self) -> None:
        edit, self._conflict = self._conflict, None
        self.whose.clear()
        self._fit_bars()
        if edit is not None:
            self.work.take_theirs(edit)

    @Slot(str, str)
    def _say_failed(self, sentence: str, fix: str) -> None:
        self.trouble.show_message("danger", self.tr("Not done:"), f"{sentence} {fix}".strip())
        self._fit_bars()

    @Slot()
    def _dismiss(self) -> None:
        self.trouble.clear()
        self._fit_bars()

    @Slot()
    def _fit_bars(self) -> None:
        """The room of the bars is there only while there is one."""
        bars = (self.whose, self.trouble, self.notice, self.lock, self.renewal, self.end)
        self._bars.setVisible(any(not bar.isHidden() for bar in bars))

