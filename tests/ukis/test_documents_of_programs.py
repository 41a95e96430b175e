"""Files as LibreOffice and pandoc really write them, .docx and .odt: one text in all of them comes in the same."""

import json
from pathlib import Path

import pytest

from tests.docx import zipped
from ukis.documents import child, reading, refused
from ukis.documents.archive import MAX_XML
from ukis.documents.refused import RefusedDocument

FILES = Path(__file__).parent / 'files'
REL = 'rel="noopener nofollow ugc"'
OASIS = 'urn:oasis:names:tc:opendocument:xmlns'
SPACES = ' '.join(
    f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
    for prefix, name in {
        'office': 'office', 'text': 'text', 'table': 'table', 'draw': 'drawing', 'style': 'style', 'meta': 'meta',
        'fo': 'xsl-fo-compatible', 'svg': 'svg-compatible', 'chart': 'chart',
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
MATH = 'xmlns:math="http://www.w3.org/1998/Math/MathML"'


@pytest.fixture
def read_in_this_process(monkeypatch):
    """The child's work without the child, which has tests of its own."""
    monkeypatch.setattr(
        reading,
        '_asked',
        lambda source: json.loads(json.dumps(child._answer(source), default=child._encoded)),
    )


def read(name: str) -> reading.DocumentRead:
    return reading.read((FILES / name).read_bytes(), name)


def open_document(text: str, *, styles: str = '', parts: dict | None = None, kind: str = 'text') -> bytes:
    automatic = f'<office:automatic-styles>{styles}</office:automatic-styles>'
    body = f'<office:body><office:text>{text}</office:text></office:body>'
    content = f'<office:document-content {SPACES}>{automatic}{body}</office:document-content>'
    mimetype = f'application/vnd.oasis.opendocument.{kind}'
    return zipped({'mimetype': mimetype, 'content.xml': content} | (parts or {}))


def made(text: str, **given) -> reading.DocumentRead:
    return reading.read(open_document(text, **given), 'text.odt')


def ward_round(*, first: str, second: str, alt: str) -> str:
    """The text that pandoc made of Markdown, and LibreOffice of that; the names of notes are each program's own."""
    return f"""<h2>Where we began</h2>
<p>The first week was <em>untidy</em>, and <strong>nobody</strong> wrote anything down.<a href="#fn-{first}" id="fnref-{first}"><sup>[1]</sup></a> A colleague had read <a href="https://guides.example/start?a=1&amp;b=2" {REL}>a short guide</a> on the train.</p>
<p>Two things helped:</p>
<ul><li>a board by the door<ul><li>with one column for each bay</li></ul></li><li>ten minutes, <em>standing</em></li></ul>
<p>Then came the order in which we tried them:</p>
<ol start="4"><li>ask the night staff</li><li>ask the families<ol type="a"><li>by letter</li><li>at the bedside</li></ol></li></ol>
<h3>What changed</h3>
<blockquote><p>Nobody had asked us before.</p><p>It took a winter.</p></blockquote>
<figure><img src="/media/document/0" alt="{alt}"><figcaption>Two ladders against a wall</figcaption></figure>
<p>Questions asked on the ward</p>
<table><thead><tr><th scope="col">Week</th><th scope="col">Asked</th><th scope="col">Answered</th></tr></thead><tbody><tr><td>1</td><td>12</td><td>3</td></tr><tr><td>20</td><td>40</td><td>37</td></tr></tbody></table>
<p>H<sub>2</sub>O and 10<sup>6</sup>, a non-breaking space in 5 km, and ‘quotes’.<a href="#fn-{second}" id="fnref-{second}"><sup>[2]</sup></a></p>
<pre><code>a line of code</code></pre>
<p>Gwaith da – diolch yn fawr.</p>
<ol><li id="fn-{first}">The notes of that week were lost. See <a href="https://guides.example/notes" {REL}>the guide</a>. <a href="#fnref-{first}">↑</a></li><li id="fn-{second}"><p>With <em>emphasis</em>.</p><p>And a second paragraph. <a href="#fnref-{second}">↑</a></p></li></ol>"""


ALL, AND_A_HEADER = (
    ['Words of the document as its reader sees it: 139; here: 139.'],
    [
        'Words of the document as its reader sees it: 140; here: 139.',
        'Left out: 1 header or footer (1 word).',
    ],
)
SAID = 'Two ladders against a wall'


@pytest.mark.parametrize(
    ('name', 'first', 'second', 'alt', 'told'),
    [
        ('pandoc.docx', '20', '26', SAID, ALL),
        ('libreoffice-of-pandoc.docx', '2', '3', '', AND_A_HEADER),
        ('pandoc.odt', '1', '2', '', AND_A_HEADER),
        ('libreoffice-of-pandoc.odt', '1', '2', SAID, ALL),
    ],
)
def test_one_text_comes_in_the_same_from_two_programs_in_two_formats(
    read_in_this_process, name, first, second, alt, told
):
    here = read(name)

    assert here.html.replace('\u00a0', ' ') == ward_round(first=first, second=second, alt=alt)
    assert (here.title, here.standfirst) == ('What a ward round teaches', 'Ten minutes a day, for a year')
    assert list(here.told) == told
    assert here.held.sentences == []
    assert [(len(one.content), one.decorative) for one in here.pictures] == [(93, False)]


@pytest.mark.parametrize(('name', 'note'), [('libreoffice.docx', '2'), ('libreoffice.odt', '1')])
def test_changes_notes_comments_and_hidden_words_of_libreoffice_come_or_are_told(name, note):
    here = read(name)  # by the child, as on the site

    assert here.html == (
        '<h2>The first month</h2>\n'
        '<p>The old rota was kept in a drawer by the door, and <strong>bold</strong> with <em>italics</em>, '
        f'10<sup>3</sup>.<a href="#fn-{note}" id="fnref-{note}"><sup>[1]</sup></a> It ends'
        f'<a href="#fn-e{note}" id="fnref-e{note}"><sup>[2]</sup></a>.</p>\n'
        '<blockquote><p>We keep it since we wrote it.</p></blockquote>\n'
        '<ol start="3"><li>Ask.</li><li>Listen.<ol type="a"><li>By day.</li><li>By night.</li></ol></li></ol>\n'
        '<p>Something between.</p>\n<ol start="5"><li>Write.</li></ol>\n<ul><li>A bullet.</li></ul>\n'
        '<figure><img src="/media/document/0" alt="A drawer half open"></figure>\n<p>Seen.</p>\n'
        '<table><thead><tr><th scope="col">Week</th><th scope="col">Kept</th></tr></thead>'
        '<tbody><tr><td colspan="2">Both cells</td></tr></tbody></table>\n<p>A line<br>broken tab spaces.</p>\n'
        f'<ol><li id="fn-{note}">A drawer, see <a href="https://drawers.example/one" {REL}>this page</a>. '
        f'<a href="#fnref-{note}">↑</a></li>'
        f'<li id="fn-e{note}">An endnote. <a href="#fnref-e{note}">↑</a></li></ol>'
    )
    assert (here.title, here.standfirst) == ('A rota that people keep', 'Notes from a small hospice')
    assert list(here.told) == [
        'Words of the document as its reader sees it: 66; here: 66.',
        'Left out: 1 comment, 1 tracked deletion (5 words), 1 hidden passage (2 words).',
        'Changed: 1 tracked insertion is plain text now.',
    ]
    assert here.held.sentences == [
        '1 deleted passage (5 words) can still be read in it.',
        '1 hidden passage can still be read in it.',
        '1 comment, by Ivo Marsh.',
        'Names of people and organisations who made or changed it: Ivo Marsh, Ottoline Parr.',
    ]


def test_what_an_open_document_says_in_ways_of_its_own(read_in_this_process):
    chart = (
        f'<office:document-content {SPACES}><office:body><office:chart><chart:chart><chart:title>'
        '<text:p>Beds by month</text:p></chart:title></chart:chart></office:chart></office:body>'
        '</office:document-content>'
    )
    formula = f'<math:math {MATH}><math:semantics><math:mi>x</math:mi><math:annotation>x over y</math:annotation></math:semantics></math:math>'
    here = made(
        '<text:table-of-content><text:table-of-content-source><text:index-title-template>Never seen'
        '</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title><text:p>Contents'
        '</text:p></text:index-title><text:p>Begin 1</text:p></text:index-body></text:table-of-content>'
        '<text:h text:outline-level="2">Begin</text:h>'
        '<text:p>Fill in <text:placeholder>&lt;a name&gt;</text:placeholder>, see '
        '<text:bibliography-mark>(Wren 2019)</text:bibliography-mark> and <text:a xlink:href="#there">there</text:a>.</text:p>'
        '<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>Beside it</text:p>'
        '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
        '<text:p>So <draw:frame><draw:object xlink:href="./Object 2"/></draw:frame> it is</text:p>'
        '<text:section text:display="none"><text:p>Nobody reads this</text:p></text:section>'
        '<text:p><draw:frame><draw:image xlink:href="https://evil.example/a.png"/></draw:frame></text:p>'
        '<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>tall</text:p>'
        '</table:table-cell><table:table-cell><text:p>one</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>'
        '<table:table-cell><text:p>two</text:p></table:table-cell></table:table-row></table:table>'
        '<text:bibliography><text:index-body><text:p>Wren, A. (2019).</text:p></text:index-body></text:bibliography>',
        parts={'Object 1/content.xml': chart, 'Object 2/content.xml': formula},
    )

    assert here.html == (
        '<h2>Begin</h2>\n<p>Fill in , see (Wren 2019) and there.</p>\n<p>Beside it</p>\n<p>In a box</p>\n'
        '<p>[Picture left out: chart; please send a PNG]</p>\n'
        '<p>So [Picture left out: equation: x over y; please send a PNG] it is</p>\n'
        '<p>[Picture left out: a picture that is not in the file; please send a PNG]</p>\n'
        '<table><tbody><tr><td rowspan="2">tall</td><td>one</td></tr><tr><td>two</td></tr></tbody></table>'
    )
    assert here.references == '<p>Wren, A. (2019).</p>'
    assert [line for line in here.told if line.startswith('Not accounted')] == []
    assert here.told[1:] == (
        'Left out: 1 hidden passage (3 words), 1 picture from another site, 1 table of contents (3 words), '
        '1 prompt that nobody filled in (2 words), 1 chart (3 words).',
        'Changed: 1 equation is a place to be filled (3 words), 1 text box stands after its paragraph, '
        '1 citation is plain text now, 1 link within the document is plain text now.',
    )


DEEP = '<text:section>' * 400 + '</text:section>' * 400
ROUND = (
    '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/>'
    '<style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>'
)


@pytest.mark.parametrize(
    ('source', 'sentence'),
    [
        (zipped({'mimetype': 'application/vnd.oasis.opendocument.text'}), refused.NO_DOCUMENT),
        (open_document('<text:p>a</text:p>', kind='spreadsheet'), refused.OTHER_KIND),
        (open_document('<text:p>a</text:p>', parts={'Basic/Standard/Module1.xml': '<x/>'}), refused.MACROS),
        (
            open_document('<text:p>a</text:p>', parts={'META-INF/manifest.xml': '<a><encryption-data/></a>'}),
            refused.LOCKED,
        ),
        (open_document('<text:p>a</text:p>', parts={'styles.xml': '<!DOCTYPE x><x/>'}), refused.HAS_DOCTYPE),
        (open_document(DEEP), refused.TOO_DEEP),
        (open_document('<text:p>a'), refused.DAMAGED),
        (open_document(f'<text:p>{"word " * 60_001}</text:p>'), refused.TOO_MUCH),
        (open_document('<text:p>a</text:p>', parts={'styles.xml': bytes(MAX_XML + 1)}), refused.TOO_MUCH),
    ],
)
def test_an_open_document_that_is_none_or_meant_ill_has_its_own_sentence(
    read_in_this_process, source, sentence
):
    with pytest.raises(RefusedDocument) as refusal:
        reading.read(source, 'a.odt')

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ('text', 'html'),
    [
        ('<text:p text:style-name="A">round</text:p>', '<p>round</p>'),
        ('<text:p>a<text:s text:c="99999999999"/>b<text:s text:c="x"/>c</text:p>', '<p>a b c</p>'),
        ('<text:note/><text:p>a<text:note><text:note-citation>1</text:note-citation></text:note></text:p>', '<p>a</p>'),
        ('<text:h text:outline-level="99">deep</text:h>', '<p>deep</p>'),
        (
            '<text:p>a<draw:frame><draw:image xlink:href="../../etc/passwd"/></draw:frame></text:p>',
            '<p>a [Picture left out: a picture that is not in the file; please send a PNG]</p>',
        ),
        ('<text:p><text:a xlink:href="javascript:alert(1)">a</text:a>&lt;script&gt;</text:p>', '<p>a&lt;script&gt;</p>'),
        ('<text:list text:continue-list="nowhere"><text:list-item><text:p>a</text:p></text:list-item></text:list>', '<ul><li>a</li></ul>'),
        (
            '<text:p>a<text:change-start text:change-id="none"/>b<text:change text:change-id="none"/></text:p>',
            '<p>ab</p>',
        ),
        (
            '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row></table:table><text:p>a</text:p>',
            '<p>a</p>',
        ),
    ],
)  # fmt: skip
def test_what_an_open_document_should_not_say_is_read_over(read_in_this_process, text, html):
    assert made(text, styles=ROUND).html == html
