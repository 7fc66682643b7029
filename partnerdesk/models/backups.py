"""The backups of an office as a table, and in the words of an office."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from partnerdesk.domain.backups import Since
from partnerdesk.look.cells import Cell, Chip, Number, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.steps import moment_words, step_title
from partnerdesk.services.backups import Line

SHOWN_STEPS = 6


def _tr(source: str) -> str:
    return QCoreApplication.translate("Backups", source)


def backups_model(parent: QObject) -> LinesModel[Line]:
    """An empty table of backups."""
    columns = (
        LineColumn(_tr("Made"), _made, 170), LineColumn(_tr("Why"), _why), LineColumn(_tr("By"), _who, 130),
        LineColumn(_tr("Changes since"), _since, 116, right=True), LineColumn(_tr("Size"), _size, 90, right=True),
        LineColumn(_tr("State"), _state, 120),
    )  # fmt: skip
    return LinesModel(columns, lambda line: str(line.backup.path), backup_sentence, parent)


def backup_sentence(line: Line) -> str:
    """A backup as a screen reader says it."""
    state = _state(line)
    since = _tr("went another way") if line.since is None else _tr("changes since: {n}").format(n=number(line.since))
    parts = (moment_words(line.backup.at), reason_words(line), since, size_words(line.backup.size), state.word)
    return ", ".join(parts)


def reason_words(line: Line) -> str:
    """Why a backup was made."""
    if not line.backup.noted:
        return _tr("Found in the folder, without its notes")
    return {
        "daily": _tr("Once a day"), "asked": _tr("Made by hand"), "migration": _tr("Before a new version"),
        "import": _tr("Before an import"), "merge": _tr("Before merging partners"),
        "restore": _tr("Before restoring a backup"),
    }[line.backup.reason]  # fmt: skip


def size_words(size: int) -> str:
    """ "1.6 MB", in the user's way of writing numbers."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def lost_words(since: Since) -> list[str]:
    """What restoring would take away, in lines: how much, the newest changes by name, what comes back instead."""
    if since.nothing:
        return [_tr("Nothing has changed since this backup.")]
    lines = []
    if since.lost_steps:
        lines.append(_tr("Changes made since that would be lost: {n}").format(n=number(since.lost_steps)))
        lines += [f"· {step_title(step)} ({', '.join(p for p in (step.who, moment_words(step.at)) if p)})"
                  for step in since.steps[:SHOWN_STEPS]]
        more = since.lost_steps - min(SHOWN_STEPS, len(since.steps))
        if more:
            lines.append(_tr("· and {n} more").format(n=number(more)))
    if since.gained_steps:
        lines.append(_tr("Changes that would come back instead: {n}").format(
            n=number(since.gained_steps)))
    return lines


def _made(line: Line) -> Cell:
    return moment_words(line.backup.at)


def _why(line: Line) -> Cell:
    return reason_words(line)


def _who(line: Line) -> Cell:
    return Soft(line.backup.who)


def _since(line: Line) -> Cell:
    return Number("—" if line.since is None else number(line.since))


def _size(line: Line) -> Cell:
    return Number(size_words(line.backup.size))


def _state(line: Line) -> Chip:
    if not line.whole:
        return Chip("danger", _tr("Damaged"), Icon.PROBLEM)
    if not line.backup.noted:
        return Chip("neutral", _tr("Not verified"), Icon.DRAFT)
    return Chip("success", _tr("Verified"), Icon.HOLDS)
