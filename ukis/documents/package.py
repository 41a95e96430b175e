"""A Word document: its parts, and how they lead to one another."""

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ukis.documents.archive import Archive
from ukis.documents.refused import MACROS, NO_DOCUMENT, RefusedDocument


@dataclass(frozen=True)
class Relation:
    kind: str  # the last part of its type: 'image', 'hyperlink', …
    target: str  # the part's name, or an address elsewhere
    is_outside: bool


class Package(Archive):
    """Raises RefusedDocument where it is none that is read here."""

    def __init__(self, source: bytes) -> None:
        super().__init__(source)
        types = self.bytes_of('[Content_Types].xml')
        if types is None:
            raise RefusedDocument(NO_DOCUMENT)
        if b'macroEnabled' in types or any(name.endswith('vbaProject.bin') for name in self.names):
            raise RefusedDocument(MACROS)
        self.main = self._main()
        self.check_definitions()

    def _main(self) -> str:
        relations = self.relations('').values()
        main = next((one.target for one in relations if one.kind == 'officeDocument'), 'word/document.xml')
        if main not in self.names:
            raise RefusedDocument(NO_DOCUMENT)
        return main

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
