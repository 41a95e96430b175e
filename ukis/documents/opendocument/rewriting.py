"""From an OpenDocument text to a Word document of the same words."""

from ukis.documents.opendocument.file import OpenFile
from ukis.documents.opendocument.parts import Parts
from ukis.documents.opendocument.seen import SeenInOpenDocument
from ukis.documents.opendocument.styles import OpenStyles
from ukis.documents.opendocument.writing import OWN_STYLES, Writing


def as_word(source: bytes) -> tuple[bytes, str, str]:
    """(the Word document, the words that a reader of the text sees, those around it). Raises RefusedDocument."""
    file = OpenFile(source)
    styles, parts = OpenStyles(file), Parts()
    writing = Writing(file, styles, parts)
    body = writing.blocks(file.text)
    around = [writing.blocks(one) for one in file.around()]
    word = parts.packed(
        body=body,
        around=around,
        styles=styles.written() + OWN_STYLES,
        forms=styles.lists,
        people=file.names_of_people(),
    )
    seen = SeenInOpenDocument(file, styles)
    return word, seen.text(), seen.around()
