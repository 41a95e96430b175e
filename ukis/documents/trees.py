"""XML of a document as a tree with short names (`w:p`), of either standard. Nothing is ever expanded or fetched."""

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ukis.documents.refused import DAMAGED, HAS_DOCTYPE, TOO_DEEP, RefusedDocument

MAX_DEPTH = 180  # elements in one another; a table in a table in a text box has some forty
_ECMA, _ISO = 'http://schemas.openxmlformats.org/', 'http://purl.oclc.org/ooxml/'
_MICROSOFT = 'http://schemas.microsoft.com/office/'
_OASIS = 'urn:oasis:names:tc:opendocument:xmlns:'
_PREFIXES = {
    f'{_ECMA}wordprocessingml/2006/main': 'w',
    f'{_ISO}wordprocessingml/main': 'w',
    f'{_ECMA}officeDocument/2006/relationships': 'r',
    f'{_ISO}officeDocument/relationships': 'r',
    f'{_ECMA}officeDocument/2006/math': 'm',
    f'{_ISO}officeDocument/math': 'm',
    f'{_ECMA}drawingml/2006/main': 'a',
    f'{_ISO}drawingml/main': 'a',
    f'{_ECMA}drawingml/2006/wordprocessingDrawing': 'wp',
    f'{_ISO}drawingml/wordprocessingDrawing': 'wp',
    f'{_ECMA}drawingml/2006/picture': 'pic',
    f'{_ISO}drawingml/picture': 'pic',
    f'{_ECMA}drawingml/2006/chart': 'c',
    f'{_ISO}drawingml/chart': 'c',
    f'{_ECMA}drawingml/2006/diagram': 'dgm',
    f'{_ISO}drawingml/diagram': 'dgm',
    f'{_ECMA}markup-compatibility/2006': 'mc',
    f'{_ECMA}package/2006/relationships': 'rel',
    f'{_ECMA}package/2006/content-types': 'ct',
    f'{_ECMA}package/2006/metadata/core-properties': 'cp',
    f'{_ECMA}officeDocument/2006/extended-properties': 'ep',
    f'{_ISO}officeDocument/extendedProperties': 'ep',
    'http://purl.org/dc/elements/1.1/': 'dc',
    f'{_MICROSOFT}word/2010/wordprocessingShape': 'wps',
    f'{_MICROSOFT}drawing/2017/decorative': 'adec',
    'urn:schemas-microsoft-com:vml': 'v',
    'urn:schemas-microsoft-com:office:office': 'o',
    'http://www.w3.org/XML/1998/namespace': 'xml',
    'http://www.w3.org/1999/xlink': 'xlink',
    'http://www.w3.org/1998/Math/MathML': 'math',
    **{
        f'{_OASIS}{name}:1.0': prefix
        for name, prefix in {
            'office': 'office',
            'text': 'text',
            'table': 'table',
            'drawing': 'draw',
            'style': 'style',
            'meta': 'meta',
            'manifest': 'manifest',
            'chart': 'chart',
            'xsl-fo-compatible': 'fo',
            'svg-compatible': 'svg',
        }.items()
    },
    'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0': 'loext',
}

# Of the word processor's own elements those in which no words of a reader's stand.
NO_WORDS = frozenset(re.findall(
    r'\w+',
    'pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr proofErr bookmarkStart bookmarkEnd '
    'commentRangeStart commentRangeEnd commentReference annotationRef footnoteRef endnoteRef separator '
    'continuationSeparator lastRenderedPageBreak delText delInstrText permStart permEnd smartTagPr '
    'customXmlPr fldData moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd dirPr',
))  # fmt: skip
_KNOWN = ('w:t', 'w:drawing', 'w:pict', 'm:t', 'w:sym')


def parse(source: bytes) -> Element:
    """Raises RefusedDocument for a DOCTYPE, for what stands too deep, and for what is no XML."""
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RefusedDocument(TOO_DEEP)
        builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(name))

    def doctype(*_: object) -> NoReturn:
        raise RefusedDocument(HAS_DOCTYPE)

    parser = expat.ParserCreate(namespace_separator='}')
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(source, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError):
        raise RefusedDocument(DAMAGED) from None


def _short(name: str) -> str:
    namespace, parted, local = name.rpartition('}')
    return f'{_PREFIXES.get(namespace, "x")}:{local}' if parted else local


def value(parent: Element | None, path: str) -> str | None:
    """The `w:val` of what stands there; '' where it has none, None where nothing stands there."""
    found = parent
    for name in path.split('/'):
        found = child(found, name)
    return found.get('w:val', '') if found is not None else None


def is_on(parent: Element | None, name: str) -> bool | None:
    """Of a property that is on or off; None where nothing is said of it."""
    said = value(parent, name)
    return said not in ('0', 'false', 'off', 'none') if said is not None else None


def child(parent: Element | None, name: str) -> Element | None:
    return next((one for one in parent if one.tag == name), None) if parent is not None else None


def within(parent: Element, name: str, *, but: tuple[str, ...] = ()) -> Iterator[Element]:
    """All of that name below, the outermost only, looking into none of `but`."""
    for one in parent:
        if one.tag == name:
            yield one
        elif one.tag not in but:
            yield from within(one, name, but=but)


def chosen(alternatives: Element) -> Element:
    """What is read of several ways of saying the same: the newer where it holds anything that is known here."""
    for one in alternatives:
        if one.tag == 'mc:Choice' and any(inner.tag in _KNOWN for inner in one.iter()):
            return one
    fallback = child(alternatives, 'mc:Fallback')
    return fallback if fallback is not None else Element('none')
