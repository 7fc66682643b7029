"""The reminder of missing documents: its text to be changed, copied, or saved as drafts for a mail program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPlainTextEdit, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.stay_board import Owing
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.stay_words import named
from partnerdesk.services import stay_board, stay_reminder
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Measured, Row


class ReminderDialog(DialogShell):
    """Asks who owes what and offers the message; nothing is sent from here."""

    def __init__(self, desk: Desk, query: ListQuery, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Remind of missing documents"), width=WIDE)
        self._desk = desk
        self._lines: list[Owing] = []
        self._office = ""
        self._whom = Words(self.tr("Looking who owes documents"), "body", "text2", wrap=True)
        self.body.addWidget(self._whom)
        self.letter = QPlainTextEdit(self)
        self.letter.setAccessibleName(self.tr("Message"))
        self.letter.setTabChangesFocus(True)
        Measured(self.letter, height=300)
        self.body.addWidget(self.letter)
        row = Row(None, 0, 8)
        self._copy_text = self._button(self.tr("Copy the text"), self._copy_letter)
        self._copy_people = self._button(self.tr("Copy the addresses"), self._copy_addresses)
        self._each = self._button(self.tr("Save one draft for each…"), self._ask_folder)
        for button in (self._copy_text, self._copy_people, self._each):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self._note = QCheckBox(self.tr("Note it in the log of each stay"), self)
        self._note.setChecked(not desk.read_only)
        self._note.setVisible(not desk.read_only)
        self.body.addWidget(self._note)
        self._told = Words("", "tiny", "muted", wrap=True)
        self._told.hide()
        self.body.addWidget(self._told)
        self.add_button(self.tr("Close"))
        self._save = self.add_button(self.tr("Save a draft to all…"), "primary", "save")
        self._enable(False)
        desk.ask(lambda reader: (stay_board.owing(reader, query), _office_name(reader)), self._take)

    def ready(self) -> bool:
        """It stays open, to say how the saving went."""
        self._ask_file()
        return False

    def save_to_all(self, path: Path) -> None:
        """Write one draft to everybody."""
        letter = stay_reminder.letter_to_all(self._lines, self._office)
        changed = stay_reminder.Letter(letter.subject, self.letter.toPlainText())
        self._write(lambda: stay_reminder.write_one_for_all(path, self._lines, changed))

    def save_for_each(self, folder: Path) -> None:
        """Write a draft for each stay."""
        self._write(lambda: stay_reminder.write_one_for_each(folder, self._lines, self._office))

    def _take(self, answer: tuple[list[Owing], str]) -> None:
        self._lines, self._office = answer
        reached, without = len(stay_reminder.addresses(self._lines)), [o.name for o in self._lines if not o.email]
        self._whom.setText(counted(reached, self.tr("It goes to 1 address."), self.tr("It goes to {n} addresses.")))
        if without:
            self._say(self.tr("Without an address: {names}").format(names=named(without)))
        self.letter.setPlainText(stay_reminder.letter_to_all(self._lines, self._office).body)
        self._enable(reached > 0)
        self.fit_height()

    def _say(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
        self.fit_height()

    def _enable(self, on: bool) -> None:
        for button in (self._copy_text, self._copy_people, self._each, self._save):
            button.setEnabled(on)

    def _button(self, words: str, run: Callable[[], None]) -> Button:
        button = Button(words, parent=self)
        button.clicked.connect(run)
        return button

    def _write(self, run: Callable[[], int]) -> None:
        """Write drafts beside the work, and note it in the logs where that is wanted."""
        self._desk.work(lambda _, __: run(), self._written, self._failed)

    def _written(self, n: int) -> None:
        words = self.tr("Wrote a message to 1 address."), self.tr("Wrote messages to {n} addresses.")
        self._say(counted(n, *words))
        self._note_it()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self._told.set_role("danger")
            self._say(say(error.message))

    def _note_it(self) -> None:
        if self._note.isChecked() and self._note.isEnabled():
            self._note.setEnabled(False)
            self._desk.do(stay_reminder.note_reminders([one.stay_id for one in self._lines if one.email]))

    @Slot()
    def _copy_letter(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self._say(self.tr("Copied the text."))
        self._note_it()

    @Slot()
    def _copy_addresses(self) -> None:
        found = stay_reminder.addresses(self._lines)
        QGuiApplication.clipboard().setText("; ".join(found))
        self._say(self.tr("Copied {n} addresses.").format(n=number(len(found))))

    def _ask_file(self) -> None:
        dialog = self._dialog(self.tr("Save a draft"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("eml")
        dialog.setNameFilter("*.eml")
        dialog.selectFile("reminder.eml")
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    @Slot()
    def _ask_folder(self) -> None:
        dialog = self._dialog(self.tr("Folder for the drafts"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._folder_chosen)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, name: str) -> None:
        self.save_to_all(Path(name))

    @Slot(str)
    def _folder_chosen(self, name: str) -> None:
        self.save_for_each(Path(name))

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDirectory(str(Path.home()))
        return dialog


def _office_name(reader: Any) -> str:
    from partnerdesk.domain.partners import Institution

    homes = reader.find(Institution, is_home=True)
    return homes[0].name if homes else ""
