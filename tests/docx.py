"""Documents made by hand: a few parts of XML, as word processors write them."""

import io
import zipfile

SPACES = ' '.join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        'w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
        'r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
        'wp': 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
        'a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
        'pic': 'http://schemas.openxmlformats.org/drawingml/2006/picture',
        'c': 'http://schemas.openxmlformats.org/drawingml/2006/chart',
        'dgm': 'http://schemas.openxmlformats.org/drawingml/2006/diagram',
        'm': 'http://schemas.openxmlformats.org/officeDocument/2006/math',
        'v': 'urn:schemas-microsoft-com:vml',
        'adec': 'http://schemas.microsoft.com/office/drawing/2017/decorative',
    }.items()
)
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def p(words: str = '', *, style: str = '', more: str = '', marks: str = '') -> str:
    """A paragraph: its words, its style, what else its properties hold, what its run wears."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ''
    return f'<w:p><w:pPr>{style}{more}</w:pPr>{r(words, marks)}</w:p>'


def r(words: str, marks: str = '') -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def item(words: str, number: int, level: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(words, more=numbering)


def picture(key: str, said: str = '', *, name: str = 'Picture 1', inner: str = '') -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}" descr="{said}">{inner}</wp:docPr><a:graphic>'
        f'<a:graphicData uri="pic"><pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def part(name: str, inner: str) -> str:
    return f'<w:{name} {SPACES}>{inner}</w:{name}>'


def docx(
    body: str, *, parts: dict[str, str | bytes] | None = None, links: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """`parts`: others, by name; those in `word/` are led to by their name. `links`: (kind, target) by key; a target
    with a colon lies elsewhere."""
    parts = dict(parts or {})
    relations = [
        (name.removesuffix('.xml').rstrip('0123456789'), name, f'{kind}{number}')
        for number, (name, kind) in enumerate((name, 'part') for name in parts if '/' not in name)
    ]
    led = ''.join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{name}"/>' for kind, name, key in relations
    )
    for key, (kind, target) in (links or {}).items():
        outside = ' TargetMode="External"' if ':' in target else ''
        led += f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'
    main = f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    core = f'<Relationship Id="c" Type="{OFFICE}/core-properties" Target="docProps/core.xml"/>'
    everything: dict[str, str | bytes] = {
        '[Content_Types].xml': TYPES,
        '_rels/.rels': f'<Relationships xmlns="{_RELATIONS}">{main}{core}</Relationships>',
        'word/document.xml': part('document', f'<w:body>{body}</w:body>'),
        'word/_rels/document.xml.rels': f'<Relationships xmlns="{_RELATIONS}">{led}</Relationships>',
    }
    everything |= {name if '/' in name else f'word/{name}': content for name, content in parts.items()}
    return zipped(everything)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
