"""What goes onto the clipboard: a container that may stay there longer than Python lives."""

from PySide6.QtCore import QMimeData, QStringListModel


def clip(text: str, html: str) -> QMimeData:
    """Both forms of a clipping, in a container that Qt made.

    The clipboard outlives Python when the program ends, and asks what it holds once more; one that Python made would
    answer by methods that are gone, and crash the program.
    """
    model = QStringListModel([""])
    made = model.mimeData([model.index(0)])
    made.clear()
    made.setText(text)
    made.setHtml(html)
    return made
