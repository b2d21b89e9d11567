"""The one stylesheet, written from the tokens; no page adds to it."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from perpudesk.ui.icons import file_of
from perpudesk.ui.theme import Size, Theme

TEXT_ROLES = {
    "body": (Size.BODY, "normal", "ink"),
    "strong": (Size.BODY, "bold", "ink"),
    "quiet": (Size.BODY, "normal", "quiet"),
    "small": (Size.SMALL, "normal", "quiet"),
    "caption": (Size.SMALL, "bold", "quiet"),
    "lead": (Size.LABEL, "normal", "quiet"),
    "label": (Size.LABEL, "bold", "ink"),
    "heading": (Size.HEADING, "bold", "ink"),
    "title": (Size.TITLE, "bold", "ink"),
    "figure": (Size.FIGURE, "bold", "ink"),
    "display": (Size.DISPLAY, "bold", "ink"),
    "error": (Size.SMALL, "bold", "red_ink"),
    "mark": (Size.SMALL, "normal", "amber_ink"),
    "toast": (Size.BODY, "normal", "background"),
    "rail-title": (Size.HEADING, "bold", "on_rail"),
    "rail-quiet": (Size.SMALL, "normal", "rail_quiet"),
    "rail-line": (Size.SMALL, "normal", "on_rail"),
    "rail-alarm": (Size.SMALL, "bold", "on_rail"),
    "rail-warn": (Size.SMALL, "bold", "amber_ink"),
    "rail-error": (Size.SMALL, "bold", "red_ink"),
}
"""What a text is for → its size, weight and colour."""

TONES = {"ok": "green", "warn": "amber", "error": "red", "info": "blue"}
"""A state → its hue; `neutral` is grey. The word beside it says the same."""


def control_height(theme: Theme) -> int:
    """The height in px of a button and of a one-line field."""
    return max(36, theme.px(33))


def chip_height(theme: Theme) -> int:
    """The height in px of a chip; even, since its ends are half circles."""
    return max(34, theme.px(31)) // 2 * 2


def pill_height(theme: Theme) -> int:
    """The height in px of a pill; even, since its ends are half circles."""
    return theme.px(24) // 2 * 2


def rail_button_height(theme: Theme) -> int:
    """The least height in px of a page in the rail."""
    return theme.px(36)


def stylesheet(theme: Theme) -> str:
    """The application's stylesheet for `theme`."""
    values: dict[str, object] = asdict(theme.tokens)
    values |= {f"pt_{size.name.lower()}": f"{theme.points(size):.3f}pt" for size in Size}
    control, chip, pill = control_height(theme), chip_height(theme), pill_height(theme)
    values |= {"control": control - 2, "control_focus": control - 4}
    values |= {"chip": chip - 4, "chip_checked": chip - 2, "chip_round": chip // 2}
    values["rail_button"] = rail_button_height(theme)
    for hue in TONES.values():
        values[f"{hue}_edge"] = _between(str(values[hue]), str(values[f"{hue}_soft"]))
    values |= {"pill": pill, "pill_round": pill // 2}
    values |= {"mark": theme.px(16), "mark_round": theme.px(16) // 2 + 1}
    values |= {"dot": theme.px(16) - 8, "arrow": theme.px(14), "spin": theme.px(24)}
    values |= {f"file_{drawn}": file_of(*_drawing(theme, drawn)) for drawn in _DRAWN}
    rules = (_SHEET, *_text_rules(), *_tone_rules())
    return "\n".join(Template(rule).substitute(values) for rule in rules)


_DRAWN = {
    "down": ("chevron-down", "ink"),
    "down_off": ("chevron-down", "disabled"),
    "up": ("chevron-up", "ink"),
    "up_off": ("chevron-up", "disabled"),
    "tick": ("check", "on_primary"),
    "tick_off": ("check", "card"),
}
"""What Qt's own dialogs draw: Fusion alone gives it edges that a dark ground swallows."""


def _drawing(theme: Theme, drawn: str) -> tuple[str, str]:
    name, role = _DRAWN[drawn]
    return name, str(getattr(theme.tokens, role))


def _between(one: str, other: str) -> str:
    """The colour halfway between two: the edge of a soft ground, which only decorates."""
    parts = ((int(one[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _text_rules() -> list[str]:
    return [
        f'Text[role="{role}"] {{ font-size: $pt_{size.name.lower()}; '
        f"font-weight: {weight}; color: ${colour}; }}"
        for role, (size, weight, colour) in TEXT_ROLES.items()
    ]


def _tone_rules() -> list[str]:
    rules = ['Pill[tone="neutral"] { background: $neutral_soft; color: $quiet; }']
    for tone, hue in TONES.items():
        rules += [
            f'Pill[tone="{tone}"] {{ background: ${hue}_soft; color: ${hue}_ink; }}',
            f'FootLine[tone="{tone}"] {{ background: ${hue}_soft; }}',
            f'Banner[tone="{tone}"] {{ background: ${hue}_soft; border-color: ${hue}_edge; }}',
        ]
    return rules


_SHEET = """
QMainWindow, QDialog, Page { background: $background; }
QWidget { color: $ink; }
QLabel { background: transparent; }
QToolTip { background: $ink; color: $background; border: none; padding: 5px 8px; }

Card { background: $card; border: 1px solid $line; border-radius: 10px; }
Card[marked="true"] { border: 2px solid $primary; }
Card[ground="paper"] { background: $paper; }
Rail { background: $rail; border: none; border-right: 1px solid $rail_edge; }
PageHeader { background: $card; border: none; border-bottom: 1px solid $line; }
Divider { background: $line; border: none; max-height: 1px; min-height: 1px; }
Banner { border: 1px solid; border-radius: 10px; }
Toast { background: $ink; border-radius: 10px; }
FootLine { border-radius: 6px; }

Pill { font-size: $pt_small; font-weight: bold; padding: 0 10px;
    min-height: ${pill}px; max-height: ${pill}px; border-radius: ${pill_round}px; }
Text[role="mark"] { background: $amber_soft; border-radius: 6px; padding: 3px 0; }
KeyHint { font-size: $pt_small; color: $quiet; background: $card;
    border: 1px solid $line; border-radius: 4px; padding: 1px 5px; }

QPushButton { background: $card; color: $ink; border: 1px solid $line; border-radius: 8px;
    font-weight: bold; padding: 0 12px; min-height: ${control}px; }
QPushButton:hover { background: $hover; border-color: $control_line; }
QPushButton:pressed { background: $primary_soft; }
QPushButton:focus { border: 2px solid $focus; padding: 0 11px;
    min-height: ${control_focus}px; }
QPushButton:disabled { color: $disabled; background: $background; border-color: $line; }
QPushButton:default, Button[kind="primary"] { background: $primary; color: $on_primary;
    border-color: $primary; }
QPushButton:default:hover, Button[kind="primary"]:hover { background: $primary_hover; }
Button[kind="primary"]:disabled { background: $neutral_soft; border-color: $line; }
Button[kind="danger"] { border-color: $red; }
Button[kind="danger"]:hover { background: $red_soft; }
Button[kind="danger"]:focus { border-color: $focus; }
Button[kind="danger"]:disabled { border-color: $line; }
Button[kind="link"], Button[kind="ghost"] { background: transparent;
    border: 1px solid transparent; padding: 0 6px; }
Button[kind="link"]:hover, Button[kind="ghost"]:hover { background: $primary_soft; }
Button[kind="link"]:focus, Button[kind="ghost"]:focus { border: 2px solid $focus;
    padding: 0 5px; }
Button[kind="inverse"] { background: transparent; border: 1px solid transparent; padding: 0 8px; }
Button[kind="inverse"]:hover { background: $quiet; }
Button[kind="inverse"]:focus { border: 2px solid $background; padding: 0 7px; }

QPushButton, QToolButton { outline: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
Button, Button[kind], Button:disabled { color: transparent; }
RailButton, RailButton:focus { min-height: ${rail_button}px; border: none; padding: 0; }

Chip { background: $neutral_soft; color: $quiet; border: 2px solid transparent; padding: 0 12px;
    min-height: ${chip}px; max-height: ${chip}px; border-radius: ${chip_round}px; }
Chip:hover { background: $track; color: $ink; border: 2px solid transparent; }
Chip:checked { background: $blue_soft; color: $blue_ink; border: 1px solid $blue;
    padding: 0 13px; min-height: ${chip_checked}px; max-height: ${chip_checked}px; }
Chip:focus, Chip:checked:focus { border: 2px solid $focus; padding: 0 12px;
    min-height: ${chip}px; max-height: ${chip}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $card;
    color: $ink; border: 1px solid $control_line; border-radius: 8px; padding: 0 10px;
    selection-background-color: $primary; selection-color: $on_primary;
    placeholder-text-color: $quiet; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control}px; }
QPlainTextEdit, QTextEdit { padding: 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $focus; padding: 0 9px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: ${control_focus}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border-color: $red; background: $red_soft; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus,
QComboBox[wrong="true"]:focus { border-color: $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $disabled;
    background: $background; border-color: $line; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$file_down"); width: ${arrow}px; height: ${arrow}px; }
QComboBox::down-arrow:disabled { image: url("$file_down_off"); }
ChoiceField::down-arrow, ChoiceField::down-arrow:disabled { image: none; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: padding;
    background: transparent; border: none; width: ${spin}px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$file_up"); width: ${arrow}px; height: ${arrow}px; }
QAbstractSpinBox::down-arrow { image: url("$file_down"); width: ${arrow}px; height: ${arrow}px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off {
    image: url("$file_up_off"); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
    image: url("$file_down_off"); }
QAbstractSpinBox { padding: 0 ${spin}px 0 2px; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0 6px;
    min-height: 0; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${mark}px; height: ${mark}px;
    background: $card; border: 1px solid $control_line; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${mark_round}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary;
    image: url("$file_tick"); }
QRadioButton::indicator:checked { background: $on_primary; border: 5px solid $primary;
    width: ${dot}px; height: ${dot}px; }
QCheckBox::indicator:focus, QRadioButton::indicator:!checked:focus { border-color: $focus; }
QCheckBox::indicator:disabled, QRadioButton::indicator:!checked:disabled {
    border-color: $disabled; background: $background; }
QCheckBox::indicator:checked:disabled { background: $disabled; image: url("$file_tick_off"); }
QRadioButton::indicator:checked:disabled { border-color: $disabled; background: $background; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QToolButton:hover { background: $hover; border-color: $control_line; }
QToolButton:checked { background: $primary_soft; border-color: $primary; }
QToolButton:focus { border: 2px solid $focus; padding: 3px; }
QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: 1.3em; padding: 2px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; font-weight: bold; }
QComboBox QAbstractItemView { background: $card; color: $ink; border: 1px solid $control_line;
    selection-background-color: $primary_soft; selection-color: $ink; outline: none; }
Stepper QLineEdit { font-weight: bold; padding: 0 2px; border-radius: 0; }
Stepper QLineEdit, Stepper Button { border-color: $control_line; }

QTableView { background: $card; border: none; outline: none; gridline-color: $line;
    selection-background-color: $primary_soft; selection-color: $ink; }
QTableView::item { border: none; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $quiet; font-size: $pt_small; font-weight: bold;
    border: none; border-bottom: 1px solid $line; padding: 4px 7px; }
QTableCornerButton::section { background: $card; border: none; }
QListView { background: $card; border: 1px solid $control_line; border-radius: 8px;
    outline: none; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 16px; margin: 0; }
QScrollBar:horizontal { height: 12px; margin: 0; }
QScrollBar::handle { background: $control_line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { margin-left: 6px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QProgressBar { background: $track; border: none; border-radius: 4px; min-height: 8px;
    max-height: 8px; text-align: center; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
QMenu { background: $card; color: $ink; border: 1px solid $control_line; padding: 4px; }
QMenu::item { padding: 7px 20px; border-radius: 6px; }
QMenu::item:selected { background: $primary_soft; color: $ink; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QTextBrowser { border: 1px solid $line; padding: 12px; }
"""
