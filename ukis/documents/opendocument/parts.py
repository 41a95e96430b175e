"""The parts of the Word document that is made of an OpenDocument text."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from ukis.documents.opendocument.styles import LEVELS, ListLevel

_OPEN = 'http://schemas.openxmlformats.org/'
_OFFICE = f'{_OPEN}officeDocument/2006/relationships'
_SPACES = ' '.join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        'w': f'{_OPEN}wordprocessingml/2006/main',
        'r': _OFFICE,
        'm': f'{_OPEN}officeDocument/2006/math',
        'a': f'{_OPEN}drawingml/2006/main',
        'c': f'{_OPEN}drawingml/2006/chart',
        'wp': f'{_OPEN}drawingml/2006/wordprocessingDrawing',
        'pic': f'{_OPEN}drawingml/2006/picture',
        'v': 'urn:schemas-microsoft-com:vml',
        'adec': 'http://schemas.microsoft.com/office/drawing/2017/decorative',
        'dc': 'http://purl.org/dc/elements/1.1/',
        'cp': f'{_OPEN}package/2006/metadata/core-properties',
    }.items()
)
_WITH_WORDS = ('footnotes', 'endnotes', 'header')
# Of what goes on with the item above it; and of a list that says nothing of itself.
BLANK, BULLETS = 'blank', 'bullets'


class Parts:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.relations: list[tuple[str, str, bool]] = []  # kind, target, whether it lies outside
        self.notes: dict[str, list[str]] = {'footnote': [], 'endnote': []}
        self.comments: list[tuple[str, str]] = []  # by whom, what
        self.lists: list[
            tuple[str, dict[int, int]]
        ] = []  # of which style, with what number each level begins

    def relate(self, kind: str, target: str, *, outside: bool = False) -> str:
        """The key under which the text leads there."""
        found = (kind, target, outside)
        if found not in self.relations:
            self.relations.append(found)
        return f'r{self.relations.index(found)}'

    def add(self, kind: str, name: str, content: bytes) -> str:
        self.files[f'word/{name}'] = content
        return self.relate(kind, name)

    def list_begun(self, style: str, starts: dict[int, int]) -> int:
        self.lists.append((style, starts))
        return len(self.lists)

    def packed(
        self, *, body: str, around: Iterable[str], styles: str, forms: dict, people: list[str]
    ) -> bytes:
        for kind, several in self.notes.items():
            inner = ''.join(f'<w:{kind} w:id="{n}">{one}</w:{kind}>' for n, one in enumerate(several, 1))
            self.add(f'{kind}s', f'{kind}s.xml', _part(f'{kind}s', inner))
        self.add('styles', 'styles.xml', _part('styles', styles))
        self.add('numbering', 'numbering.xml', _part('numbering', self._numbering(forms)))
        comments = ''.join(
            f'<w:comment w:id="{n}" w:author={quoteattr(by)}>'
            f'<w:p><w:r><w:t>{escape(said)}</w:t></w:r></w:p></w:comment>'
            for n, (by, said) in enumerate(self.comments, 1)
        )
        self.add('comments', 'comments.xml', _part('comments', comments))
        for number, one in enumerate(around, 1):
            self.add('header', f'header{number}.xml', _part('hdr', one))
        relations = ''.join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}'
            + (' TargetMode="External"/>' if outside else '/>')
            for n, (kind, target, outside) in enumerate(self.relations)
        )
        core = ''.join(f'<dc:creator>{escape(name)}</dc:creator>' for name in people)
        self.files |= {
            '[Content_Types].xml': b'<Types/>',
            '_rels/.rels': _relations(
                f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
                f'<Relationship Id="c" Type="{_OFFICE}/core-properties" Target="core.xml"/>'
            ),
            'core.xml': f'<cp:coreProperties {_SPACES}>{core}</cp:coreProperties>'.encode(),
            'word/document.xml': _part('document', f'<w:body>{body}</w:body>'),
        }
        # Whichever part a link or picture stands in, it is found under the same key.
        parts = ['document.xml', *(target for kind, target, _ in self.relations if kind in _WITH_WORDS)]
        self.files |= {f'word/_rels/{name}.rels': _relations(relations) for name in parts}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, 'w') as archive:
            for name, content in self.files.items():
                archive.writestr(name, content)
        return packed.getvalue()

    def _numbering(self, forms: dict[str, dict[int, ListLevel]]) -> str:
        """A kind of list for each style, and each list by itself: none goes on with another but where it says so."""
        forms = {BULLETS: dict.fromkeys(range(LEVELS), ListLevel('bullet')), **forms}
        kinds = [*forms, BLANK]
        abstract = ''.join(
            f'<w:abstractNum w:abstractNumId="{n}">{_levels(forms.get(key, {}), key == BLANK)}</w:abstractNum>'
            for n, key in enumerate(kinds)
        )
        lists = ''.join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{kinds.index(key if key in kinds else BULLETS)}"/>'
            + ''.join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                for level, start in starts.items()
            )
            + '</w:num>'
            for n, (key, starts) in enumerate(self.lists, 1)
        )
        return abstract + lists


def _levels(forms: dict[int, ListLevel], is_blank: bool) -> str:
    return ''.join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{form.start}"/><w:numFmt w:val="{form.form}"/>'
        f'<w:lvlText w:val="{"" if is_blank or form.form == "none" else "%1"}"/></w:lvl>'
        for level in range(LEVELS)
        for form in [forms.get(level, ListLevel())]
    )


def drawing(inner: str, *, name: str, said: str, decorative: bool) -> str:
    mark = '<adec:decorative val="1"/>' if decorative else ''
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr name={quoteattr(name)} descr={quoteattr(said)}>{mark}</wp:docPr>'
        f'<a:graphic>{inner}</a:graphic></wp:inline></w:drawing></w:r>'
    )


def picture(key: str) -> str:
    return (
        '<a:graphicData uri="picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData>'
    )


def chart(key: str) -> str:
    return f'<a:graphicData uri="chart"><c:chart r:id="{key}"/></a:graphicData>'


def chart_part(lines: Iterable[str]) -> bytes:
    said = ''.join(f'<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines)
    return f'<c:chartSpace {_SPACES}>{said}</c:chartSpace>'.encode()


def box(inner: str) -> str:
    return (
        '<w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
        f'{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    )


def _part(name: str, inner: str) -> bytes:
    return f'<w:{name} {_SPACES}>{inner}</w:{name}>'.encode()


def _relations(inner: str) -> bytes:
    return f'<Relationships xmlns="{_OPEN}package/2006/relationships">{inner}</Relationships>'.encode()
