"""The file of an OpenDocument text."""

from xml.etree.ElementTree import Element

from ukis.documents.archive import Archive
from ukis.documents.refused import LOCKED, MACROS, NO_DOCUMENT, OTHER_KIND, RefusedDocument
from ukis.documents.trees import child

KIND = b'application/vnd.oasis.opendocument'
_TEXTS = (b'.text', b'.text-template', b'.text-master')


class OpenFile(Archive):
    """Raises RefusedDocument where it is none that is read here."""

    def __init__(self, source: bytes) -> None:
        super().__init__(source)
        if self.kind.strip().removeprefix(KIND) not in _TEXTS:
            raise RefusedDocument(OTHER_KIND)
        if b'encryption-data' in (self.bytes_of('META-INF/manifest.xml') or b''):
            raise RefusedDocument(LOCKED)
        if any(name.startswith(('Basic/', 'Scripts/')) for name in self.names):
            raise RefusedDocument(MACROS)
        self.check_definitions()
        text = child(child(self.tree('content.xml'), 'office:body'), 'office:text')
        if text is None:
            raise RefusedDocument(NO_DOCUMENT)
        self.text = text

    def style_trees(self) -> list[Element]:
        """Where styles are said, the named ones first."""
        return [tree for name in ('styles.xml', 'content.xml') if (tree := self.tree(name)) is not None]

    def object(self, address: str) -> Element | None:
        """What is kept as a document of its own, such as a chart or a formula."""
        return self.tree(f'{address.removeprefix("./").rstrip("/")}/content.xml')

    def around(self) -> list[Element]:
        """Headers and footers, one for each that says something of its own."""
        found: dict[str, Element] = {}
        styles = self.tree('styles.xml')
        for one in styles.iter() if styles is not None else ():
            if one.tag.startswith(('style:header', 'style:footer')) and not one.tag.endswith('-style'):
                words = ' '.join(''.join(one.itertext()).split())
                if words:
                    found.setdefault(words, one)
        return list(found.values())

    def names_of_people(self) -> list[str]:
        """Who began it and who last changed it."""
        meta = self.tree('meta.xml')
        wanted = ('meta:initial-creator', 'dc:creator', 'meta:printed-by')
        return [one.text or '' for one in (meta.iter() if meta is not None else ()) if one.tag in wanted]
