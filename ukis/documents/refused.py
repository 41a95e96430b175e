"""Why a document was not read, as sentences for the person who sent it."""

SAVE = 'Open it in Word or another word processor, save it as a Word document (.docx), and choose that.'

EMPTY = f'The file is empty. {SAVE}'
LOCK_FILE = (
    'This is the small file (its name begins with “~$”) that Word lays beside a document while it is open. '
    'Choose the document itself.'
)
SHORTCUT = (
    'This is only a shortcut to a document kept online. Open the document there, download it as a Word document '
    '(.docx), and choose that.'
)
PAGES = 'This is a Pages document. In Pages choose “Export to”, “Word”, and send the .docx that it makes.'
OLD_WORD = f'This is a document in the format of old versions of Word (.doc). {SAVE}'
LOCKED = (
    'The document is locked: it has a password or a sensitivity label that keeps others from opening it. Take that '
    'off, or save a copy without it, and choose that.'
)
MACROS = (
    'The document holds macros, which are programs. Save it as a plain Word document (.docx) and choose that.'
)
OTHER_KIND = f'This is neither a Word document (.docx) nor an OpenDocument text (.odt). {SAVE}'
NO_DOCUMENT = f'There is no Word text in this file. {SAVE}'
DAMAGED = f'The file is damaged and could not be read. {SAVE}'
HAS_DOCTYPE = (
    f'The file holds definitions (a DOCTYPE) that no word processor writes, so it was not read. {SAVE}'
)
TOO_DEEP = (
    'Tables or boxes stand too deep inside one another in this document. Take some apart and choose it again.'
)
TOO_MUCH = (
    'The document takes too much to be read. Take pictures and embedded files out of it, or copy the text into a '
    'new document, and choose that.'
)


class RefusedDocument(Exception):
    """Says to the person, in a sentence, what is wrong with the document and what to do."""


class NoTurn(RefusedDocument):
    """Nothing is wrong with the document: it had no turn."""

    def __init__(self) -> None:
        super().__init__(
            'Several documents are being read just now, and yours had no turn. Nothing is lost: wait a moment and '
            'choose it again.'
        )
