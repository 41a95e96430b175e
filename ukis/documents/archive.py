"""The file of a document: parts packed together, each read no further than is meant."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element

from ukis.documents.refused import DAMAGED, HAS_DOCTYPE, LOCKED, PAGES, TOO_MUCH, RefusedDocument
from ukis.documents.trees import parse

MAX_PARTS = 4_000
MAX_INFLATED = 150_000_000  # bytes, all parts that are read together
MAX_XML = 25_000_000  # of one part
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_DOCTYPES = tuple('<!DOCTYPE'.encode(coding) for coding in ('ascii', 'utf-16-le', 'utf-16-be'))


class Archive:
    """Raises RefusedDocument where it cannot be read."""

    def __init__(self, source: bytes) -> None:
        self.inflated = 0
        self.trees: dict[str, Element | None] = {}
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(source))
        except BROKEN:
            raise RefusedDocument(DAMAGED) from None
        self.names = {info.filename.lstrip('/'): info for info in self.archive.infolist()}
        if len(self.names) > MAX_PARTS:
            raise RefusedDocument(TOO_MUCH)
        if 'Index/Document.iwa' in self.names or 'Index.zip' in self.names:
            raise RefusedDocument(PAGES)
        if any(info.flag_bits & 1 for info in self.names.values()):
            raise RefusedDocument(LOCKED)

    @property
    def kind(self) -> bytes:
        """What an OpenDocument says that it is; nothing for others."""
        return self.bytes_of('mimetype') or b''

    def check_definitions(self) -> None:
        """No part may hold a DOCTYPE, read or not."""
        for name in self.names:
            if name.endswith(('.xml', '.rels')):
                content = self.bytes_of(name) or b''
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
