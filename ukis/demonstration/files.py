"""A text as a word processor saves it, with something deleted in it that its file remembers."""

import io
import zipfile
from xml.sax.saxutils import escape

from ukis import markup

_OASIS = 'urn:oasis:names:tc:opendocument:xmlns'
_SPACES = ' '.join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ('office', 'text'))
_DELETED = (
    '<text:tracked-changes><text:changed-region text:id="one"><text:deletion><office:change-info>'
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Somebody at work</dc:creator></office:change-info>'
    '<text:p>to be checked with the office </text:p></text:deletion></text:changed-region></text:tracked-changes>'
)
_NOTE = (
    '<text:note text:note-class="footnote"><text:note-body><text:p>As it was told to the course.</text:p>'
    '</text:note-body></text:note>'
)


def open_document(title: str, body: str) -> bytes:
    lines = [line for line in markup.to_text(body).splitlines() if line.strip()]
    text = ''.join(f'<text:p>{escape(line)}</text:p>' for line in lines[1:])
    first = f'<text:p>{escape(lines[0])}<text:change text:change-id="one"/>{_NOTE}</text:p>'
    content = (
        f'<office:document-content {_SPACES}><office:body><office:text>{_DELETED}'
        f'<text:p text:style-name="Title">{escape(title)}</text:p>{first}{text}'
        '</office:text></office:body></office:document-content>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        archive.writestr('mimetype', 'application/vnd.oasis.opendocument.text')
        archive.writestr('content.xml', content)
    return packed.getvalue()
