"""The program's style on Fusion, and the switch of theme and text size.

Shapes are drawn by `controls` and `menus`; here is which of them answers what Qt asks, and the measures.
"""

from typing import Final, Literal, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QFrame,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionToolButton,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.tokens import STROKE_INLINE, Tokens, px
from partnerdesk.views.kit import controls, corners, grounds, menus
from partnerdesk.views.kit.controls import CHECK, RING
from partnerdesk.views.kit.rings import RingBearer

Mode = Literal["system", "light", "dark"]

_Control = QStyle.ControlElement
_Primitive = QStyle.PrimitiveElement
_Complex = QStyle.ComplexControl
_Part = QStyle.SubElement
_Sub = QStyle.SubControl
_Metric = QStyle.PixelMetric
_Hint = QStyle.StyleHint
_Content = QStyle.ContentsType

_METRICS: Final[dict[QStyle.PixelMetric, int]] = {
    _Metric.PM_DefaultFrameWidth: 1,
    _Metric.PM_MenuPanelWidth: 0,
    _Metric.PM_MenuHMargin: menus.MENU_EDGE,
    _Metric.PM_MenuVMargin: menus.MENU_EDGE,
    _Metric.PM_MenuBarPanelWidth: 0,
    _Metric.PM_MenuBarItemSpacing: 2,
    _Metric.PM_MenuBarHMargin: 0,
    _Metric.PM_MenuBarVMargin: 0,
    _Metric.PM_SplitterWidth: 1,
    _Metric.PM_ButtonShiftHorizontal: 0,
    _Metric.PM_ButtonShiftVertical: 0,
    _Metric.PM_FocusFrameHMargin: RING,
    _Metric.PM_FocusFrameVMargin: RING,
    _Metric.PM_ToolTipLabelFrameWidth: 5,
    _Metric.PM_ScrollBarExtent: grounds.BAR,
    _Metric.PM_ScrollBarSliderMin: grounds.HANDLE_MIN,
    _Metric.PM_ScrollView_ScrollBarSpacing: 0,
    _Metric.PM_ScrollView_ScrollBarOverlap: 0,
    _Metric.PM_ComboBoxFrameWidth: 1,
    _Metric.PM_HeaderMargin: 6,
}

_SCALED: Final[dict[QStyle.PixelMetric, int]] = {
    _Metric.PM_IndicatorWidth: CHECK,
    _Metric.PM_IndicatorHeight: CHECK,
    _Metric.PM_ExclusiveIndicatorWidth: CHECK,
    _Metric.PM_ExclusiveIndicatorHeight: CHECK,
    _Metric.PM_CheckBoxLabelSpacing: 8,
    _Metric.PM_RadioButtonLabelSpacing: 8,
    _Metric.PM_ButtonIconSize: 15,
    _Metric.PM_SmallIconSize: 16,
    _Metric.PM_ToolBarIconSize: 16,
    _Metric.PM_LineEditIconSize: 16,
    _Metric.PM_LineEditIconMargin: 4,
    _Metric.PM_LayoutHorizontalSpacing: 8,
    _Metric.PM_LayoutVerticalSpacing: 8,
}

_HINTS: Final[dict[QStyle.StyleHint, int]] = {
    _Hint.SH_ComboBox_Popup: 0,
    _Hint.SH_FocusFrame_AboveWidget: 1,
    _Hint.SH_FocusFrame_Mask: 0,
    _Hint.SH_EtchDisabledText: 0,
    _Hint.SH_DitherDisabledText: 0,
    _Hint.SH_UnderlineShortcut: 0,
    _Hint.SH_Widget_Animation_Duration: 0,
    _Hint.SH_ToolTip_WakeUpDelay: 500,
    _Hint.SH_ItemView_ShowDecorationSelected: 1,
    _Hint.SH_MenuBar_AltKeyNavigation: 1,
    _Hint.SH_ItemView_DrawDelegateFrame: 1,
    _Hint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
}

_BOXES: Final = (_Part.SE_CheckBoxIndicator, _Part.SE_RadioButtonIndicator)
_BOX_WORDS: Final = (_Part.SE_CheckBoxContents, _Part.SE_RadioButtonContents)
_NOT_DRAWN: Final = (
    _Primitive.PE_FrameFocusRect,
    _Primitive.PE_PanelScrollAreaCorner,
    _Primitive.PE_FrameMenu,
    _Primitive.PE_PanelMenuBar,
    _Primitive.PE_FrameStatusBarItem,
    _Primitive.PE_FrameDefaultButton,
    _Primitive.PE_PanelStatusBar,
    _Primitive.PE_FrameButtonBevel,
    _Primitive.PE_IndicatorHeaderArrow,
)
_PAINTED_WITH_THE_REST: Final = (
    _Control.CE_HeaderLabel,
    _Control.CE_ProgressBarContents,
    _Control.CE_ProgressBarLabel,
)
_CHEVRONS: Final = {
    _Primitive.PE_IndicatorArrowDown: Icon.DOWN,
    _Primitive.PE_IndicatorArrowUp: Icon.UP,
    _Primitive.PE_IndicatorArrowLeft: Icon.LEFT,
    _Primitive.PE_IndicatorArrowRight: Icon.RIGHT,
}


class DeskStyle(QProxyStyle):
    """Fusion without its bevels: every control drawn from the tokens."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, thing: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        super().polish(thing)
        hovering = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QHeaderView)
        if isinstance(thing, hovering):
            thing.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if isinstance(thing, QMenu) or (isinstance(thing, QWidget) and thing.inherits("QTipLabel")):
            thing.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, corners.see_through())

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in _METRICS:
            return _METRICS[metric]
        if metric in _SCALED:
            return px(_SCALED[metric])
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        if hint in _HINTS:
            return _HINTS[hint]
        return super().styleHint(hint, option, widget, returnData)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        if kind == _Content.CT_PushButton and isinstance(option, QStyleOptionButton):
            return controls.button_size(option, widget)
        if kind == _Content.CT_MenuItem and isinstance(option, QStyleOptionMenuItem):
            return menus.menu_size(option, size)
        if kind == _Content.CT_HeaderSection and isinstance(option, QStyleOptionHeader):
            return menus.header_size(option)
        if kind == _Content.CT_MenuBarItem:
            return QSize(size.width() + px(14), px(28))
        if kind in (_Content.CT_LineEdit, _Content.CT_SpinBox):
            return QSize(size.width() + px(12), px(28))
        if kind == _Content.CT_ComboBox:
            return QSize(size.width() + px(34), px(28))
        if kind == _Content.CT_ToolButton:
            wide = max(px(28), size.width() + px(14))
            square = isinstance(option, QStyleOptionToolButton) and (
                option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            return QSize(px(28) if square else wide, px(28))
        if kind in (_Content.CT_CheckBox, _Content.CT_RadioButton):
            return QSize(size.width() + px(CHECK + 8) + 2, max(size.height(), px(22)))
        return super().sizeFromContents(kind, option, size, cast(QWidget, widget))

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        rect = option.rect
        if element in _BOXES:
            return controls.check_place(option)
        if element in _BOX_WORDS:
            return controls.check_words_place(option)
        if element == _Part.SE_LineEditContents:
            side = px(6)
            return rect.adjusted(side, 1, -side, -1)
        return super().subElementRect(element, option, cast(QWidget, widget))

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        rect = option.rect
        if control == _Complex.CC_ComboBox:
            if part == _Sub.SC_ComboBoxEditField:
                return self.visualRect(option.direction, rect, rect.adjusted(px(2), 1, -px(26), -1))
            if part == _Sub.SC_ComboBoxListBoxPopup:
                return rect.translated(0, px(2))
        if control == _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return grounds.scroll_part(option, part)
        if control == _Complex.CC_SpinBox:
            up, down = controls.spin_rects(rect)
            parts = {
                _Sub.SC_SpinBoxUp: up,
                _Sub.SC_SpinBoxDown: down,
                _Sub.SC_SpinBoxEditField: rect.adjusted(px(2), 1, -px(22), -1),
            }
            if part in parts:
                return self.visualRect(option.direction, rect, parts[part])
        return super().subControlRect(control, option, part, cast(QWidget, widget))

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in _PAINTED_WITH_THE_REST:
            return
        if element == _Control.CE_PushButton and isinstance(option, QStyleOptionButton):
            controls.paint_button(option, painter, widget)
        elif element in (_Control.CE_CheckBox, _Control.CE_RadioButton) and isinstance(option, QStyleOptionButton):
            controls.paint_check_with_words(option, painter, widget, element == _Control.CE_RadioButton)
        elif element == _Control.CE_ComboBoxLabel and isinstance(option, QStyleOptionComboBox):
            controls.paint_combo_label(option, painter, widget)
        elif element == _Control.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            menus.paint_menu_row(option, painter, widget)
        elif element == _Control.CE_MenuBarItem and isinstance(option, QStyleOptionMenuItem):
            menus.paint_menu_bar_item(option, painter)
        elif element == _Control.CE_MenuBarEmptyArea:
            painter.fillRect(option.rect, tokens.current().sidebar)
        elif element in (_Control.CE_Header, _Control.CE_HeaderSection) and isinstance(option, QStyleOptionHeader):
            menus.paint_header(option, painter)
        elif element == _Control.CE_HeaderEmptyArea:
            empty = QStyleOptionHeader()
            empty.rect = option.rect
            menus.paint_header(empty, painter)
        elif element == _Control.CE_FocusFrame and isinstance(widget, QFocusFrame):
            controls.paint_focus_frame(option, painter, widget.widget())
        elif element == _Control.CE_ProgressBarGroove and isinstance(option, QStyleOptionProgressBar):
            menus.paint_progress(option, painter)
        elif element == _Control.CE_Splitter:
            painter.fillRect(option.rect, tokens.current().line)
        elif element == _Control.CE_ShapedFrame and isinstance(option, QStyleOptionFrame):
            self._paint_frame(option, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in _NOT_DRAWN:
            return
        if element == _Primitive.PE_Widget:
            grounds.paint_pane(option, painter, widget)
        elif element == _Primitive.PE_PanelLineEdit and isinstance(option, QStyleOptionFrame):
            if option.lineWidth > 0:
                controls.paint_widget_field(option, painter, widget)
        elif element in (_Primitive.PE_IndicatorCheckBox, _Primitive.PE_IndicatorItemViewItemCheck):
            controls.paint_check(option, painter, widget)
        elif element == _Primitive.PE_IndicatorRadioButton:
            controls.paint_radio(option, painter, widget)
        elif element == _Primitive.PE_PanelMenu:
            menus.paint_menu_panel(option, painter)
        elif element == _Primitive.PE_PanelTipLabel:
            menus.paint_tip(option, painter)
        elif element == _Primitive.PE_Frame and isinstance(option, QStyleOptionFrame):
            self._paint_frame(option, painter, widget)
        elif element == _Primitive.PE_IndicatorBranch:
            self._paint_branch(option, painter)
        elif element in _CHEVRONS:
            paint_icon(painter, QRectF(option.rect), _CHEVRONS[element], tokens.current().text2, STROKE_INLINE)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _Complex.CC_ToolButton and isinstance(option, QStyleOptionToolButton):
            controls.paint_tool_button(option, painter, widget)
        elif control == _Complex.CC_ComboBox:
            controls.paint_combo(option, painter, widget)
        elif control == _Complex.CC_SpinBox:
            controls.paint_spin_arrows(option, painter, widget)
        elif control == _Complex.CC_ScrollBar:
            grounds.paint_scroll_bar(option, painter)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _paint_frame(self, option: QStyleOptionFrame, painter: QPainter, widget: QWidget | None) -> None:
        """A text area's box, a combo's popup or a rule; other frames have no edge of their own."""
        if isinstance(widget, QPlainTextEdit):
            controls.paint_widget_field(option, painter, widget)
        elif widget is not None and widget.inherits("QComboBoxPrivateContainer"):
            painter.fillRect(option.rect, tokens.current().raised)
            painter.setPen(tokens.current().line2)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        elif isinstance(widget, QFrame) and widget.frameShape() in (QFrame.Shape.HLine, QFrame.Shape.VLine):
            painter.fillRect(option.rect, tokens.current().line)

    def _paint_branch(self, option: QStyleOption, painter: QPainter) -> None:
        if option.state & QStyle.StateFlag.State_Children:
            is_open = option.state & QStyle.StateFlag.State_Open
            box = QRect(QPoint(0, 0), QSize(px(14), px(14)))
            box.moveCenter(option.rect.center())
            meaning = Icon.DOWN if is_open else Icon.RIGHT
            paint_icon(painter, QRectF(box), meaning, tokens.current().text2, STROKE_INLINE)


def palette(t: Tokens) -> QPalette:
    """The Qt palette of theme `t`."""
    made = QPalette()
    role = QPalette.ColorRole
    roles: dict[QPalette.ColorRole, QColor] = {
        role.Window: t.window,
        role.Base: t.surface,
        role.Button: t.surface,
        role.AlternateBase: t.sunken,
        role.ToolTipBase: t.tip_bg,
        role.ToolTipText: t.tip_text,
        role.Text: t.text,
        role.WindowText: t.text,
        role.ButtonText: t.text,
        role.PlaceholderText: t.muted,
        role.Highlight: t.selection,
        role.HighlightedText: t.text,
        role.Accent: t.accent,
        role.Link: t.accent_text,
        role.LinkVisited: t.accent_text,
        role.Light: t.line,
        role.Midlight: t.line,
        role.Mid: t.line2,
        role.Dark: t.control,
        role.Shadow: t.line2,
        role.BrightText: t.danger.text,
    }
    for name, color in roles.items():
        made.setColor(name, color)
    for name in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, t.disabled)
    made.setColor(QPalette.ColorGroup.Inactive, role.Highlight, t.sel_inactive)
    return made


class ThemeKeeper(QObject):
    """Holds the chosen mode and follows the system where the user chose "system"."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = "system"
        self._percent = 100
        self._busy = False
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def mode(self) -> Mode:
        """The mode the user chose."""
        return self._mode

    def apply(self, mode: Mode, percent: int) -> None:
        """Show the theme of `mode` at text size `percent`, everywhere and at once."""
        self._mode, self._percent = mode, percent
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._busy = True
        try:
            QGuiApplication.styleHints().setColorScheme(schemes.get(mode, Qt.ColorScheme.Unknown))
            self._show()
        finally:
            self._busy = False

    def _show(self) -> None:
        dark = self._mode == "dark"
        if self._mode == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        t, before = tokens.dark() if dark else tokens.light(), tokens.scale()
        tokens.set_current(t, self._percent)
        self._app.setPalette(palette(t))
        # Qt has put it into the queue: what is grabbed or measured next is to have it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange.value)
        self._app.setFont(font("body"))
        tokens.watch().changed.emit()
        for widget in QApplication.allWidgets():
            if tokens.scale() != before:
                # widgets of Qt keep their sizes until they hear that the measures of the style are others
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
            widget.updateGeometry()
            widget.update()

    @Slot()
    def _follow(self) -> None:
        if self._mode == "system" and not self._busy:
            self._show()


def apply_theme(app: QApplication, mode: Mode = "system", percent: int = 100) -> ThemeKeeper:
    """Give the program its style, palette and font; call again to switch while it runs."""
    keeper = app.findChild(ThemeKeeper)
    if keeper is None:
        app.setStyle(DeskStyle())
        RingBearer(app)
        keeper = ThemeKeeper(app)
    keeper.apply(mode, percent)
    return keeper
