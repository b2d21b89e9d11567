"""Qt's own words, answered from our catalogue: nobody ships Indonesian ones.

Boxes, menus of text fields, and the dialogs for files and for printing ask here. What is not
listed stays in English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from perpudesk.core.i18n import N_, language, tr

CONTEXTS = frozenset(
    {
        "QAbstractFileIconProvider",
        "QAbstractSpinBox",
        "QComboBox",
        "QDialogButtonBox",
        "QFileDialog",
        "QFileSystemModel",
        "QGnomeTheme",
        "QCupsJobWidget",
        "QLineEdit",
        "QPageSize",
        "QMessageBox",
        "QPageSetupWidget",
        "QPlatformTheme",
        "QPrintDialog",
        "QPrintPropertiesDialog",
        "QPrintPropertiesWidget",
        "QPrintSettingsOutput",
        "QPrintWidget",
        "QProgressDialog",
        "QScrollBar",
        "QWidgetTextControl",
        "QWizard",
    }
)

_BUTTONS = (
    *(N_("OK"), N_("&OK"), N_("Cancel"), N_("&Cancel"), N_("Close"), N_("&Close"), N_("Save")),
    *(N_("&Save"), N_("Save All"), N_("Open"), N_("&Open"), N_("&Yes"), N_("&No"), N_("Abort")),
    *(N_("Yes to &All"), N_("N&o to All"), N_("Apply"), N_("Discard"), N_("Help"), N_("Ignore")),
    *(N_("Reset"), N_("Restore Defaults"), N_("Retry"), N_("Close without Saving")),
    *(N_("Show Details..."), N_("Hide Details..."), N_("&Finish"), N_("&Help"), N_("&Next")),
    *(N_("&Next >"), N_("< &Back"), N_("Commit"), N_("Continue"), N_("Done"), N_("Go Back")),
)
_EDITING = (
    *(N_("&Undo"), N_("&Redo"), N_("Cu&t"), N_("&Copy"), N_("&Paste"), N_("Delete")),
    *(N_("Select All"), N_("&Select All"), N_("&Step up"), N_("Step &down")),
    *(N_("Scroll here"), N_("Scroll up"), N_("Scroll down"), N_("Scroll left"), N_("Scroll right")),
    *(N_("Page up"), N_("Page down"), N_("Page left"), N_("Page right"), N_("Top"), N_("Bottom")),
    *(N_("Left edge"), N_("Right edge"), N_("Copy &Link Location")),
    N_("Open the combo box selection popup"),
)
_FILES = (
    *(N_("&Choose"), N_("&Delete"), N_("&Look in:"), N_("&New Folder"), N_("&Rename")),
    *(N_("All Files (*)"), N_("All files (*)"), N_("Back"), N_("Forward"), N_("Go back")),
    *(N_("Go forward"), N_("Create New Folder"), N_("Create a New Folder"), N_("New Folder")),
    *(N_("Detail View"), N_("List View"), N_("Change to detail view mode"), N_("Directories")),
    *(N_("Change to list view mode"), N_("Directory:"), N_("File &name:"), N_("Files")),
    *(N_("Files of &type:"), N_("Find Directory"), N_("Go to the parent directory")),
    *(N_("Parent Directory"), N_("List of places and bookmarks"), N_("Recent Places")),
    *(N_("Remove"), N_("Save As"), N_("Show "), N_("Show &hidden files"), N_("Sidebar")),
    *(N_("Computer"), N_("My Computer"), N_("Date Modified"), N_("Kind"), N_("Name")),
    *(N_("Size"), N_("Type"), N_("Drive"), N_("File"), N_("File Folder"), N_("Folder")),
    *(N_("Shortcut"), N_("Unknown"), N_("Could not delete directory.")),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("%1\nFile not found.\nPlease verify the correct file name was given."),
    N_("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
    N_("Are you sure you want to delete '%1'?"),
    N_("'%1' is write protected.\nDo you want to delete it anyway?"),
)
_PRINTING = (
    *(N_("&Print"), N_("Print"), N_("&Options <<"), N_("&Options >>"), N_("All Pages")),
    *(N_("Odd Pages"), N_("Even Pages"), N_("Local file"), N_("Print To File ...")),
    *(N_("Print to File (PDF)"), N_("Write PDF file"), N_("Collate"), N_("Color")),
    *(N_("Color Mode"), N_("Copies"), N_("Copies:"), N_("Current Page"), N_("Grayscale")),
    *(N_("Double Sided Printing"), N_("Long side binding"), N_("Short side binding"), N_("Off")),
    *(N_("Options"), N_("Output Settings"), N_("Page &Set:"), N_("Pages"), N_("Pages from")),
    *(N_("to"), N_("Print all"), N_("Print range"), N_("Reverse"), N_("Selection")),
    *(N_("&Name:"), N_("Location:"), N_("Output &file:"), N_("P&roperties"), N_("Preview")),
    *(N_("Printer"), N_("Type:"), N_("Printer Properties"), N_("Job Options"), N_("Advanced")),
    *(N_("Page"), N_("Custom"), N_("Height:"), N_("Width:"), N_("Landscape"), N_("Portrait")),
    *(N_("Reverse landscape"), N_("Reverse portrait"), N_("Margins"), N_("Orientation")),
    *(N_("Page &order:"), N_("Page Layout"), N_("Page size:"), N_("Pages &per sheet:")),
    *(N_("Paper"), N_("Paper source:"), N_("Inches (in)"), N_("Millimeters (mm)")),
    *(N_("Points (pt)"), N_("top margin"), N_("bottom margin"), N_("left margin")),
    *(N_("right margin"), N_("Invalid Pages Definition")),
    N_("%1 already exists.\nDo you want to overwrite it?"),
    N_("%1 is a directory.\nPlease choose a different file name."),
    N_("File %1 is not writable.\nPlease choose a different file name."),
    N_("The 'From' value cannot be greater than the 'To' value."),
)
_LAYING_OUT = (
    *(N_("Left to Right, Top to Bottom"), N_("Left to Right, Bottom to Top")),
    *(N_("Right to Left, Top to Bottom"), N_("Right to Left, Bottom to Top")),
    *(N_("Top to Bottom, Left to Right"), N_("Top to Bottom, Right to Left")),
    *(N_("Bottom to Top, Left to Right"), N_("Bottom to Top, Right to Left")),
    N_("Letter / ANSI A"),
    N_("There are conflicts in some options. Please fix them."),
    N_(
        "Specify pages or ranges separated by commas. Ranges are specified by two numbers "
        "separated by a hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9."
    ),
)
_WAITING = (
    *(N_("Job"), N_("Job Control"), N_("Job &priority:"), N_("Scheduled &printing:")),
    *(N_("Print Immediately"), N_("Hold Indefinitely"), N_("Day (06:00 to 17:59)")),
    *(N_("Night (18:00 to 05:59)"), N_("Second Shift (16:00 to 23:59)")),
    *(N_("Third Shift (00:00 to 07:59)"), N_("Weekend (Saturday to Sunday)")),
    *(N_("Specific Time"), N_("&Billing information:"), N_("Banner Pages"), N_("&Start:")),
    *(N_("&End:"), N_("None"), N_("Standard"), N_("Unclassified"), N_("Confidential")),
    *(N_("Classified"), N_("Secret"), N_("Top Secret")),
)
TEXTS = frozenset((*_BUTTONS, *_EDITING, *_FILES, *_PRINTING, *_LAYING_OUT, *_WAITING))


class QtTexts(QTranslator):
    """Answers what Qt asks in `CONTEXTS`, in the language in force at that moment."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if context in CONTEXTS and sourceText in TEXTS:
            return tr(sourceText)
        return None

    def isEmpty(self) -> bool:
        return False


def write_numbers() -> None:
    """Let Qt write numbers, sizes and days as the language in force does: `210,00mm`."""
    places = {"id": QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)}
    QLocale.setDefault(places.get(language(), QLocale(QLocale.Language.English)))


def install(app: QCoreApplication) -> None:
    """Let Qt speak the language of the program from now on."""
    texts = QtTexts(app)
    app.installTranslator(texts)
