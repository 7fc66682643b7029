"""The program's one style sheet, made from the tokens: grounds and hairlines of panes, scroll bars.

Rules go by object name, property or a class's own sub-control, and never set a font.
"""

from PySide6.QtGui import QColor

from partnerdesk.look import tokens
from partnerdesk.look.tokens import Tokens

_SHEET = """
#topStrip {{ background: {sidebar}; border-bottom: 1px solid {line}; }}
#sidebar {{ background: {sidebar}; border-right: 1px solid {line}; }}
[pane="window"] {{ background: {window}; }}
[pane="surface"] {{ background: {surface}; }}
[pane="sunken"] {{ background: {sunken}; }}
[pane="header"] {{ background: {surface}; border-bottom: 1px solid {line}; }}
[pane="footer"] {{ background: {sunken}; border-top: 1px solid {line}; }}
[pane="left"] {{ background: {surface}; border-left: 1px solid {line}; }}
[pane="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: {card}px; }}
[pane="popup"] {{ background: {raised}; border: 1px solid {line2}; border-radius: {card}px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {line2}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def sheet(t: Tokens) -> str:
    """The style sheet of theme `t`."""
    roles = ("sidebar", "line", "line2", "control", "window", "surface", "sunken", "raised")
    colours = {role: _name(getattr(t, role)) for role in roles}
    return _SHEET.format(**colours, card=tokens.RADIUS_CARD)


def _name(color: QColor) -> str:
    return color.name()
