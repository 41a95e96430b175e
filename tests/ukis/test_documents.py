"""Words in from a Word document: what becomes of each structure, what is told of it, and that no word goes untold."""

import json
import os
from pathlib import Path

import pytest

from tests.docx import docx, item, p, part, picture, r
from ukis.documents import child, reading
from ukis.documents.reading import DocumentRead, with_pictures

CASES = Path(os.environ.get('CASES') or Path(__file__).parents[3] / 'shared' / 'cases') / 'docx'
REL = 'rel="noopener nofollow ugc"'
PNG = b'\x89PNG\r\n\x1a\n' + bytes(40)
STYLES = part(
    'styles',
    ''.join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in [
            ('Titel', 'Title', ''),
            ('Untertitel', 'Subtitle', ''),
            ('Rubrik1', 'heading 1', ''),
            ('Rubrik2', 'heading 2', ''),
            ('Mine', 'My heading', '<w:basedOn w:val="Rubrik2"/>'),
            ('Round', 'Round', '<w:basedOn w:val="Round"/>'),
            ('Outlined', 'Outlined', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ('Quotations', 'Quotations', ''),
            ('BlockText', 'Block Text', ''),
            ('Caption', 'caption', ''),
            ('TOC1', 'toc 1', ''),
            ('Bibliography', 'Bibliography', ''),
            ('Author', 'Author', ''),
            ('Code', 'Source Code', ''),
        ]
    ),
)


def levels(*forms: str) -> str:
    return ''.join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{"" if form == "blank" else "%1."}"/></w:lvl>'
        for level, form in enumerate(forms)
    )


NUMBERING = part(
    'numbering',
    f'<w:abstractNum w:abstractNumId="0">{levels("decimal", "lowerLetter")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{levels("bullet", "bullet")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{levels("blank")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>',
)


@pytest.fixture(autouse=True)
def read_in_this_process(request, monkeypatch):
    """The child's work without the child, which has tests of its own."""
    monkeypatch.setattr(
        reading,
        '_asked',
        lambda source: json.loads(json.dumps(child._answer(source), default=child._encoded)),
    )


def made(body: str, **given) -> DocumentRead:
    given['parts'] = {'styles.xml': STYLES, 'numbering.xml': NUMBERING} | given.get('parts', {})
    return reading.read(docx(body, **given), 'text.docx')


WORDS = 'Words of the document as its reader sees it: '


@pytest.mark.skipif(not CASES.is_dir(), reason='the samples are not here: CASES names no folder')
@pytest.mark.parametrize(
    ('name', 'html', 'told'),
    [
        ('altchunk', '<p>after</p>', ['Left out: 1 inserted file.']),
        ('bookmark_link', '<p>see section</p>', ['Changed: 1 link within the document is plain text now.']),
        (
            'caps_strike',
            '<p>capsunderhl<sup>2</sup></p>',
            [
                'Left out: 1 struck-out passage (1 word), 1 underlining, 1 use of capitals as a style.',
                'Please look at: 1 passage was highlighted (“hl”).',
                'Written together or apart otherwise than there: 1 word.',
            ],
        ),
        ('chart', '<p>[Picture left out: chart: Bar chart; please send a PNG]</p>', ['Left out: 1 chart.']),
        ('comment', '<p>Commented</p>', ['Left out: 1 comment.']),
        ('del_row', '<p>stays</p>', ['Left out: 1 tracked deletion (1 word).']),
        (
            'fake_heading',
            '<p><strong>All bold fake heading</strong></p>',
            ['Please look at: 1 paragraph is all bold: make it a heading if it is one (“All bold fake heading”).'],
        ),
        ('fld_endnote_data', '<p>(Jones 2019)</p>', ['Changed: 1 citation is plain text now.']),
        ('fld_link', f'<p>As said <a href="https://example.org/field" {REL}>the link</a>.</p>', []),
        ('fld_seq', '<p>As said 1.</p>\n<p>As said Table 2.</p>', []),
        ('fld_zotero', '<p>As said (Smith 2020).</p>', ['Changed: 1 citation is plain text now.']),
        (
            'footnote',
            '<p>Word<a href="#fn-1" id="fnref-1"><sup>[1]</sup></a><a href="#fn-e1" id="fnref-e1"><sup>[2]</sup></a></p>\n'
            f'<ol><li id="fn-1"><p>First note, see <a href="https://example.org/note" {REL}>link in note</a></p>'
            '<p>Second paragraph of note. <a href="#fnref-1">↑</a></p></li>'
            '<li id="fn-e1">An end note. <a href="#fnref-e1">↑</a></li></ol>',
            [],
        ),
        (
            'heading_local',
            '<h2>Local H2</h2>\n<h2>custom based on h1</h2>\n<h3>Outline level only</h3>\n'
            '<blockquote><p>A quote</p></blockquote>\n<p>Figure 1</p>',
            [],
        ),
        ('hyphens', '<p>Implemen\u2011tation x<br>y<br>z</p>', []),
        (
            'img_emf',
            '<p>[Picture left out: EMF drawing: A drawing; please send a PNG]</p>',
            ['Left out: 1 picture in a format that cannot be shown here.'],
        ),
        (
            'ins_del',
            '<p>A new</p>',
            ['Left out: 1 tracked deletion (1 word).', 'Changed: 1 tracked insertion is plain text now.'],
        ),
        ('lang', '<p>Croeso</p>', []),
        (
            'list_bulletskip',
            '<ol><li>top<ol type="a"><li>nested</li></ol></li><li>two</li></ol>',
            [],
        ),
        (
            'list_cont',
            '<ol><li>one<ol type="a"><li>nested a</li></ol></li></ol>\n<p>between</p>\n<ol start="3"><li>three</li></ol>',
            [],
        ),
        (
            'merged',
            '<table><thead><tr><th scope="col" colspan="2">wide</th></tr></thead><tbody><tr><td rowspan="2">tall</td>'
            '<td>b1</td></tr><tr><td>b2</td></tr></tbody></table>',
            [],
        ),
        ('move', '<p>mid</p>\n<p>Moved text</p>', ['Changed: 1 moved passage stands at its new place.']),
        (
            'object_ole',
            '<p>[Picture left out: EMF drawing; please send a PNG]</p>',
            ['Left out: 1 picture in a format that cannot be shown here.'],
        ),
        (
            'omml',
            '<p>Sum [Picture left out: equation: a/b; please send a PNG]</p>',
            ['Changed: 1 equation is a place to be filled (1 word).'],
        ),
        ('rtl', '<p>שלום</p>', ['Please look at: 1 paragraph runs from right to left.']),
        ('ruby', '<p>base</p>', ['Left out: 1 reading aid above words (1 word).']),
        ('sdt_block', '<p>In a content control</p>\n<p>inline sdt</p>', []),
        (
            'smartart',
            '<p>Before [Picture left out: SmartArt: The cycle; please send a PNG]</p>',
            ['Changed: 1 SmartArt is a place and its words now.'],
        ),
        ('smarttag', '<p>Glasgow custom</p>', []),
        ('strict', '<p>strict text</p>', []),
        ('sym', '<p>☺α☺✓</p>', []),
        ('textbox_mc', '<p>Before</p>\n<p>In the box</p>', ['Changed: 1 text box stands after its paragraph.']),
        ('textbox_nofallback', '<p>Before</p>\n<p>In the box</p>', ['Changed: 1 text box stands after its paragraph.']),
        ('toc', '', ['Left out: 1 table of contents (6 words).']),
        ('unclosed', '<p>lost?</p>\n<p>rest of text</p>', []),
    ],
)  # fmt: skip
def test_each_sample_comes_in_as_it_is_meant_to_and_what_does_not_is_told(name, html, told):
    read = reading.read((CASES / f'{name}.docx').read_bytes(), f'{name}.docx')

    assert read.html == html
    assert list(read.told[1:]) == told


def test_title_and_subtitle_stand_apart_and_headings_are_known_by_what_they_are_based_on():
    read = made(
        p('A title', style='Titel')
        + p('And what it is about', style='Untertitel')
        + p('Ann Author', style='Author')
        + p('First', style='Rubrik1')
        + p('Second', style='Mine')
        + p('Third', style='Outlined')
        + p('By itself', more='<w:outlineLvl w:val="0"/>')
        + p('In a circle', style='Round')
    )

    assert (read.title, read.standfirst) == ('A title', 'And what it is about')
    assert read.html == (
        '<h2>First</h2>\n<h3>Second</h3>\n<h3>Third</h3>\n<h2>By itself</h2>\n<p>In a circle</p>'
    )
    assert read.told == (
        f'{WORDS}17; here: 15.',
        'Left out: 1 line with an author’s name or a date (2 words).',
    )


def test_lists_keep_their_numbers_over_what_stands_between_and_begin_again_where_they_do():
    read = made(
        item('one', 1) + item('deep', 1, 1) + item('two', 1) + item('goes on', 4) + p('between') + item('three', 1)
        + item('anew', 3) + item('dot', 2) + item('dot in dot', 2, 1)
    )  # fmt: skip

    assert read.html == (
        '<ol><li>one<ol type="a"><li>deep</li></ol></li><li><p>two</p><p>goes on</p></li></ol>\n<p>between</p>\n'
        '<ol start="3"><li>three</li></ol>\n<ol><li>anew</li></ol>\n'
        '<ul><li>dot<ul><li>dot in dot</li></ul></li></ul>'
    )


def test_quotations_captions_code_and_a_bibliography_come_to_their_places():
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN ZOTERO_BIBL {}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("Smith 2020.")}</w:p>'
        f'<w:p>{r("Tan 2021.")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    read = made(
        p('A', style='Quotations') + p('B', style='BlockText') + f'<w:p>{picture("i", "A boat")}</w:p>'
        + p('Figure 1', style='Caption') + p('x = 1', style='Code') + p('y = 2', style='Code') + field
        + p('Usha 2022.', style='Bibliography'),
        parts={'media.png/a.png': PNG}, links={'i': ('image', '/media.png/a.png')},
    )  # fmt: skip

    assert read.html == (
        '<blockquote><p>A</p><p>B</p></blockquote>\n<figure><img src="/media/document/0" alt="A boat">'
        '<figcaption>Figure 1</figcaption></figure>\n<pre><code>x = 1\ny = 2</code></pre>'
    )
    assert read.references == '<p>Smith 2020.</p>\n<p>Tan 2021.</p>\n<p>Usha 2022.</p>'
    assert read.told == (f'{WORDS}14; here: 14.',)


def test_a_description_counts_only_where_somebody_wrote_it():
    decorative = '<a:extLst><a:ext uri="x"><adec:decorative val="1"/></a:ext></a:extLst>'
    said = [
        'A boat in harbour', 'A boat. Description automatically generated', 'IMG_2031.jpg', 'Picture 12',
        'AI-generated content may be incorrect.',
    ]  # fmt: skip
    body = ''.join(f'<w:p>{picture("i", one)}</w:p>' for one in said)
    read = made(
        body + f'<w:p>{picture("i", "A line", inner=decorative)}</w:p><w:p>{picture("far", "Afar")}</w:p>',
        parts={'media/a.png': PNG},
        links={'i': ('image', '/media/a.png'), 'far': ('image', 'https://example.org/x.png')},
    )

    assert [(one.alt, one.decorative) for one in read.pictures] == [
        ('A boat in harbour', False), ('', False), ('', False), ('', False), ('', False), ('', True),
    ]  # fmt: skip
    assert '[Picture left out: a picture that is not in the file: Afar; please send a PNG]' in read.html
    assert read.told[1:] == ('Left out: 1 picture from another site.',)


def test_pictures_come_under_their_own_address_or_leave_a_place():
    html = '<figure><img src="/media/document/0" alt="A"></figure>\n<figure><img src="/media/document/11" alt=""></figure>'

    put = with_pictures(html, {'/media/document/0': '/media/pictures/ab/cd.png'})

    assert put == (
        '<figure><img src="/media/pictures/ab/cd.png" alt="A"></figure>\n<p>[Picture left out: it could not be read]</p>'
    )


def test_deleted_marks_join_paragraphs_and_what_was_deleted_or_hidden_is_seen_by_nobody_and_told():
    deleted = '<w:del w:author="A"><w:r><w:delText>gone for good</w:delText></w:r></w:del>'
    read = made(
        f'<w:p><w:pPr><w:rPr><w:del w:author="A"/></w:rPr></w:pPr>{r("One ")}{deleted}</w:p>' + p('line.')
        + f'<w:p>{r("Seen")}{r(" secret", "<w:vanish/>")}</w:p>'
    )  # fmt: skip

    assert read.html == '<p>One line.</p>\n<p>Seen</p>'
    assert read.told == (
        f'{WORDS}3; here: 3.',
        'Left out: 1 tracked deletion (3 words), 1 hidden passage (1 word).',
    )
    assert read.held.sentences == [
        '1 deleted passage (3 words) can still be read in it.',
        '1 hidden passage can still be read in it.',
        'Names of people and organisations who made or changed it: A.',
    ]


def test_what_prints_around_the_text_is_counted_once_and_told():
    header = part('hdr', p('Draft of March'))
    read = made(
        p('The text.'),
        parts={'header1.xml': header, 'header2.xml': header, 'footer1.xml': part('ftr', p('7'))},
    )

    assert read.html == '<p>The text.</p>'
    assert read.told == (f'{WORDS}6; here: 2.', 'Left out: 3 headers or footers (4 words).')


def test_a_chart_and_smart_art_leave_a_place_and_no_word_of_theirs_goes_untold():
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="C" descr="{}"/><a:graphic><a:graphicData uri="{}">{}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    read = made(
        f'<w:p>{drawing.format("Members", "http://x/chart", "<c:chart r:id='c'/>")}</w:p>'
        f'<w:p>{drawing.format("The cycle", "http://x/diagram", "<dgm:relIds r:dm='d'/>")}</w:p>',
        parts={
            'word/charts/a.xml': part('chartSpace', '<c:cat><c:strCache><c:pt><c:v>Year one</c:v></c:pt></c:strCache></c:cat>'),
            'word/diagrams/a.xml': part('data', '<a:p><a:r><a:t>Plan it</a:t></a:r></a:p><a:p><a:r><a:t>Do it</a:t></a:r></a:p>'),
        },
        links={'c': ('chart', 'charts/a.xml'), 'd': ('diagramData', 'diagrams/a.xml')},
    )  # fmt: skip

    assert read.html == (
        '<p>[Picture left out: chart: Members; please send a PNG]</p>\n'
        '<p>[Picture left out: SmartArt: The cycle; please send a PNG]</p>\n<p>Plan it</p>\n<p>Do it</p>'
    )
    assert read.told == (
        f'{WORDS}6; here: 4.',
        'Left out: 1 chart (2 words).',
        'Changed: 1 SmartArt is a place and its words now.',
    )


def test_prompts_hidden_answers_and_a_script_in_a_link_stay_out():
    prompt = f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r("Click to enter a date ")}</w:sdtContent></w:sdt>'
    field = (
        '<w:fldSimple w:instr=" HYPERLINK &quot;javascript:alert(1)&quot; ">' + r('press') + '</w:fldSimple>'
    )
    read = made(f'<w:p>{r("On ")}{prompt}{field}</w:p>')

    assert read.html == '<p>On press</p>'
    assert read.told == (
        f'{WORDS}7; here: 2.',
        'Left out: 1 link that a reader could not follow, 1 prompt that nobody filled in (5 words).',
    )


def test_what_nobody_knows_is_looked_into():
    unknown = f'<w:new xmlns:n="urn:new"><n:wrapped>{r("known words")}<n:box>{p("in a box")}</n:box></n:wrapped></w:new>'
    read = made(f'<w:p>{r("Well ")}{unknown}<w:r>{unknown}</w:r></w:p>{unknown}')

    assert read.html == (
        '<p>Well known wordsknown words</p>\n<p>in a box</p>\n<p>in a box</p>\n<p>known words</p>\n<p>in a box</p>'
    )


def test_words_that_nothing_accounts_for_are_named(monkeypatch):
    monkeypatch.setattr('ukis.documents.runs.Runs._text_as_it_is', lambda self, words, line: None)

    read = made(p('These are lost.'))

    assert read.told == (
        f'{WORDS}3; here: 0.',
        'Not accounted for: 3 words (“These”, “are”, “lost.”). Please compare with your document.',
    )


def test_the_language_is_that_of_most_words_and_others_are_told():
    read = made(
        p('Croeso i bawb', marks='<w:lang w:val="cy-GB"/>') + p('Welcome', marks='<w:lang w:val="en-GB"/>')
    )

    assert read.language == 'cy-GB'
    assert read.told[1:] == ('Please look at: 1 other language is marked in the document (“en”).',)


def test_what_the_file_still_holds_is_said_by_count_and_by_name():
    comments = part(
        'comments',
        ''.join(f'<w:comment w:id="{n}" w:author="Bo Reader">{p("No!")}</w:comment>' for n in (1, 2)),
    )
    core = '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:d="http://purl.org/dc/elements/1.1/"><d:creator>Ann Author</d:creator></c:coreProperties>'
    read = made(
        f'<w:p>{r("Text")}<w:r><w:commentReference w:id="1"/></w:r></w:p>',
        parts={'comments.xml': comments, 'docProps/core.xml': core, 'word/embeddings/book.xlsx': b'x'},
    )

    assert read.told[1:] == ('Left out: 1 comment.',)
    assert read.held.sentences == [
        '2 comments, by Bo Reader.',
        'Names of people and organisations who made or changed it: Ann Author, Bo Reader.',
        '1 other file inside it, whole.',
    ]
