"""The file of a document: its parts, each read no further than is meant, and how they lead to one another."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ukis.documents.refused import (
    DAMAGED,
    HAS_DOCTYPE,
    LOCKED,
    MACROS,
    NO_DOCUMENT,
    OPEN_DOCUMENT,
    PAGES,
    TOO_MUCH,
    RefusedDocument,
)
from ukis.documents.trees import parse

MAX_PARTS = 4_000
MAX_INFLATED = 150_000_000  # bytes, all parts that are read together
MAX_XML = 25_000_000  # of one part
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_DOCTYPES = tuple('<!DOCTYPE'.encode(coding) for coding in ('ascii', 'utf-16-le', 'utf-16-be'))


@dataclass(frozen=True)
class Relation:
    kind: str  # the last part of its type: 'image', 'hyperlink', …
    target: str  # the part's name, or an address elsewhere
    is_outside: bool


class Package:
    """Raises RefusedDocument where it is none that is read here."""

    def __init__(self, source: bytes) -> None:
        self.inflated = 0
        self.trees: dict[str, Element | None] = {}
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(source))
        except BROKEN:
            raise RefusedDocument(DAMAGED) from None
        self.names = {info.filename.lstrip('/'): info for info in self.archive.infolist()}
        self._check_kind()
        self.main = self._main()
        for name in self.names:
            if name.endswith(('.xml', '.rels')):
                self._check_doctype(self.bytes_of(name) or b'')

    def _check_kind(self) -> None:
        if len(self.names) > MAX_PARTS:
            raise RefusedDocument(TOO_MUCH)
        if 'Index/Document.iwa' in self.names or 'Index.zip' in self.names:
            raise RefusedDocument(PAGES)
        if any(info.flag_bits & 1 for info in self.names.values()):
            raise RefusedDocument(LOCKED)
        if (self.bytes_of('mimetype') or b'').startswith(b'application/vnd.oasis.opendocument'):
            raise RefusedDocument(OPEN_DOCUMENT)
        types = self.bytes_of('[Content_Types].xml')
        if types is None:
            raise RefusedDocument(NO_DOCUMENT)
        if b'macroEnabled' in types or any(name.endswith('vbaProject.bin') for name in self.names):
            raise RefusedDocument(MACROS)

    def _main(self) -> str:
        relations = self.relations('').values()
        main = next((one.target for one in relations if one.kind == 'officeDocument'), 'word/document.xml')
        if main not in self.names:
            raise RefusedDocument(NO_DOCUMENT)
        return main

    def _check_doctype(self, content: bytes) -> None:
        if any(mark in content for mark in _DOCTYPES):
            raise RefusedDocument(HAS_DOCTYPE)

    def bytes_of(self, name: str) -> bytes | None:
        """None where there is no such part."""
        info = self.names.get(name)
        if info is None:
            return None
        most = MAX_INFLATED - self.inflated
        if name.endswith(('.xml', '.rels')):
            most = min(most, MAX_XML)
        try:
            with self.archive.open(info) as part:
                content = part.read(most + 1)
        except BROKEN:
            raise RefusedDocument(DAMAGED) from None
        self.inflated += len(content)
        if len(content) > most:
            raise RefusedDocument(TOO_MUCH)
        return content

    def tree(self, name: str) -> Element | None:
        if name not in self.trees:
            content = self.bytes_of(name)
            self.trees[name] = parse(content) if content is not None else None
        return self.trees[name]

    def children(self, name: str) -> list[Element]:
        tree = self.tree(name)
        return [] if tree is None else list(tree)

    def relations(self, name: str) -> dict[str, Relation]:
        """How a part leads to others; '' is the file itself."""
        folder, base = posixpath.split(name)
        found = {}
        for one in self.children(posixpath.join(folder, '_rels', f'{base}.rels')):
            target, outside = one.get('Target', ''), one.get('TargetMode') == 'External'
            if not outside:
                target = posixpath.normpath(posixpath.join('/', folder, target)).lstrip('/')
            found[one.get('Id', '')] = Relation(one.get('Type', '').rpartition('/')[2], target, outside)
        return found

    def beside(self, kind: str) -> list[str]:
        """The parts to which the text leads, of one kind."""
        relations = self.relations(self.main).values()
        return [
            one.target
            for one in relations
            if one.kind == kind and not one.is_outside and one.target in self.names
        ]
