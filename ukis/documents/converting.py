"""A document, by way of text in few elements, to the HTML that mammoth makes of it."""

import io
import zipfile
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

import mammoth

from ukis.documents.archive import Archive
from ukis.documents.body import Body
from ukis.documents.found import Found
from ukis.documents.held import held
from ukis.documents.numbers import ListNumbers
from ukis.documents.opendocument.file import KIND as OPEN_KIND
from ukis.documents.opendocument.rewriting import as_word
from ukis.documents.package import Package
from ukis.documents.refused import NO_DOCUMENT, TOO_MUCH, RefusedDocument
from ukis.documents.seen import SeenWords
from ukis.documents.styles import Styles
from ukis.documents.trees import child

MAX_WORDS = 60_000
_W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
_R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
_KINDS = ('footnote', 'endnote')


def converted(source: bytes) -> dict[str, Any]:
    """All that is known of the document, in plain values. Raises RefusedDocument, and whatever broken files raise."""
    if Archive(source).kind.startswith(OPEN_KIND):
        word, text, around = as_word(source)
        package = Package(word)
        return _converted(package, Styles(_first(package, 'styles')), text, around)
    package = Package(source)
    styles = Styles(_first(package, 'styles'))
    seen = SeenWords(package, styles)
    return _converted(package, styles, seen.text(), seen.around())


def _converted(package: Package, styles: Styles, text: str, around: str) -> dict[str, Any]:
    """`text`, `around`: the words that a reader sees."""
    found = Found()
    if len(text.split()) > MAX_WORDS:
        raise RefusedDocument(TOO_MUCH)
    parts = _written(package, styles, ListNumbers(_first(package, 'numbering'), styles), found)
    _tell_of_what_stands_around(package, around, found)
    remembered = held(package, found)
    html = mammoth.convert_to_html(
        io.BytesIO(_packed(parts, found)), include_default_style_map=False, include_embedded_style_map=False
    ).value
    return {
        'html': html,
        'seen': f'{text}\n{around}',
        'held': remembered,
        'language': styles.language,
        **{name: getattr(found, name) for name in _GIVEN},
    }


_GIVEN = ('counts', 'words', 'examples', 'added', 'paragraphs', 'pictures', 'languages')


def _first(package: Package, kind: str) -> Element | None:
    return next((package.tree(part) for part in package.beside(kind)), None)


def _written(package: Package, styles: Styles, numbers: ListNumbers, found: Found) -> dict[str, str]:
    """The text and its notes, each as XML."""
    notes = {}
    for kind in _KINDS:
        for part in package.beside(f'{kind}s')[:1]:
            for one in package.children(part):
                if one.get('w:type') in (None, 'normal') and one.get('w:id'):
                    notes[kind, one.get('w:id', '')] = (part, one)
    main = package.tree(package.main)
    found.tell('comment', sum(1 for _ in main.iter('w:commentReference')) if main is not None else 0)
    text = child(main, 'w:body')
    if main is None or text is None:
        raise RefusedDocument(NO_DOCUMENT)
    body = Body(package, package.main, main, styles, numbers, found, notes)
    written = {'document': f'<w:body>{body.written(text)}</w:body>', 'footnotes': '', 'endnotes': ''}
    for kind, key in body.notes:
        part, one = notes[kind, key]
        inner = Body(package, part, one, styles, numbers, found, {}).written(one)
        written[f'{kind}s'] += f'<w:{kind} w:id={quoteattr(key)}>{inner}</w:{kind}>'
    return written


def _tell_of_what_stands_around(package: Package, around: str, found: Found) -> None:
    parts = [*package.beside('header'), *package.beside('footer')]
    trees = [tree for part in parts if (tree := package.tree(part)) is not None]
    said = [tree for tree in trees if any((word.text or '').strip() for word in tree.iter('w:t'))]
    found.tell('around', len(said))
    found.tell('watermark', any(True for tree in trees for _ in tree.iter('v:textpath')))
    found.leave_out('around', around)


def _packed(parts: dict[str, str], found: Found) -> bytes:
    """What mammoth reads: nothing of the file itself, and so nothing that nobody looked at."""
    links = ''.join(
        f'<Relationship Id="l{number}" Type="{_R}/hyperlink" TargetMode="External" Target={quoteattr(link)}/>'
        for number, link in enumerate(found.links)
    )
    leading = ''.join(f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{name}.xml"/>' for name in parts)
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{leading}{links}'
        '</Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for name, inner in parts.items():
            xml = f'<w:{name} xmlns:w="{_W}" xmlns:r="{_R}">{inner}</w:{name}>'
            archive.writestr(f'word/{name}.xml', xml)
            archive.writestr(f'word/_rels/{name}.xml.rels', relations)
    return packed.getvalue()
