"""Corners of Word documents that people have: notes on a title, drawn-in rows, large first letters, symbol fonts."""

import pytest

from tests.docx import item, p, part, r
from tests.ukis.test_documents import STYLES, WORDS, made, read_in_this_process  # noqa: F401  # a fixture


def noted(paragraph: str, *keys: int) -> str:
    marks = ''.join(f'<w:r><w:footnoteReference w:id="{key}"/></w:r>' for key in keys)
    return paragraph.replace('</w:p>', f'{marks}</w:p>')


def notes(*inner: str) -> dict[str, str]:
    several = ''.join(f'<w:footnote w:id="{key}">{one}</w:footnote>' for key, one in enumerate(inner, 1))
    return {'footnotes.xml': part('footnotes', several)}


def cell(words: str, properties: str = '') -> str:
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>'


def test_a_note_keeps_its_words_wherever_its_mark_stood():
    read = made(
        noted(p('The title', style='Titel'), 1) + noted(p('Ann Author', style='Author'), 2) + p('Words.') + noted(p(), 3),
        parts=notes(p('With thanks.'), p('At Aldercombe.'), p('Alone.')),
    )  # fmt: skip

    assert read.html == (
        '<p>Words.</p>\n<p><a href="#fn-3" id="fnref-3"><sup>[2]</sup></a></p>\n'
        '<ol><li id="fn-1">With thanks.</li><li id="fn-3">Alone. <a href="#fnref-3">↑</a></li></ol>'
    )
    assert read.told == (
        f'{WORDS}10; here: 6.',
        'Left out: 1 line with an author’s name or a date (4 words).',
        'Changed: 1 note on the title or the subtitle stands among the notes without its mark.',
    )


def test_a_second_mark_leads_to_the_note_that_is_there():
    read = made(noted(p('Once.'), 1, 2) + noted(p('Again.'), 1), parts=notes(p('The note.'), p('Another.')))

    assert read.html == (
        '<p>Once.<a href="#fn-1" id="fnref-1"><sup>[1]</sup></a><a href="#fn-2" id="fnref-2"><sup>[2]</sup></a></p>\n'
        '<p>Again.<a href="#fn-1"><sup>[1]</sup></a></p>\n'
        '<ol><li id="fn-1">The note. <a href="#fnref-1">↑</a></li><li id="fn-2">Another. <a href="#fnref-2">↑</a></li></ol>'
    )
    assert read.told == (f'{WORDS}5; here: 5.',)


def test_the_way_back_from_a_note_that_ends_with_code_is_a_link():
    read = made(noted(p('As run.'), 1), parts=notes(p('Run:') + p('make test', style='Code')))

    assert read.html.endswith('<pre><code>make test</code></pre><p><a href="#fnref-1">↑</a></p></li></ol>')
    assert read.told == (f'{WORDS}5; here: 5.',)


def test_cells_stand_under_their_own_and_what_a_merged_cell_covers_is_told():
    rows = [
        cell('one') + cell('two') + cell('three', '<w:vMerge w:val="restart"/>'),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        + cell('under two')
        + cell('covered words', '<w:vMerge/>'),
        cell('under one') + '<w:trPr><w:gridAfter w:val="2"/></w:trPr>',
    ]
    read = made('<w:tbl>' + ''.join(f'<w:tr>{row}</w:tr>' for row in rows) + '</w:tbl>')

    assert read.html == (
        '<table><tbody><tr><td>one</td><td>two</td><td rowspan="2">three</td></tr><tr><td></td><td>under two</td></tr>'
        '<tr><td>under one</td><td colspan="2"></td></tr></tbody></table>'
    )
    assert read.told == (f'{WORDS}9; here: 7.', 'Left out: 1 covered cell of a table (2 words).')


def test_a_large_first_letter_belongs_to_its_word_and_a_symbol_font_to_its_signs():
    large = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    greek = '<w:rFonts w:ascii="Symbol"/>'
    read = made(p('O', more=large) + p('nce upon a time') + f'<w:p>{r("The sign ")}{r("ab", greek)}</w:p>')

    assert read.html == '<p>Once upon a time</p>\n<p>The sign αβ</p>'
    assert read.told == (f'{WORDS}7; here: 7.',)


def test_what_the_style_of_a_paragraph_hides_stays_hidden_and_what_it_makes_bold_is_pointed_out():
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/><w:rPr>{1}</w:rPr></w:style>'
    styles = STYLES.replace(
        '</w:styles>', style.format('Hid', '<w:vanish/>') + style.format('Fat', '<w:b/>') + '</w:styles>'
    )
    read = made(
        p('For office use', style='Hid') + p('Why it works', style='Fat') + p('Seen.'),
        parts={'styles.xml': styles},
    )

    assert read.html == '<p>Why it works</p>\n<p>Seen.</p>'
    assert read.told == (
        f'{WORDS}4; here: 4.',
        'Left out: 1 hidden passage (3 words).',
        'Please look at: 1 paragraph is all bold: make it a heading if it is one (“Why it works”).',
    )


def test_lists_typed_by_hand_are_pointed_out_and_an_item_in_a_code_font_stays_one():
    lines = ['iv. fourth', '• a point', '– a dash', 'mix. no', '2019 was good']
    read = made(
        item('make', 1).replace('<w:pPr>', '<w:pPr><w:pStyle w:val="Code"/>')
        + ''.join(p(one) for one in lines)
    )

    assert read.html.startswith('<ol><li>make</li></ol>')
    assert read.told[1:] == (
        'Please look at: 3 lines have numbers or bullets typed by hand (“iv. fourth”, “• a point”, “– a dash”).',
    )


def test_numbers_that_a_list_here_cannot_show_are_told():
    forms = [('decimal', '%1.'), ('ordinal', '%2'), ('decimal', '%1.%3')]
    levels = ''.join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for level, (form, shown) in enumerate(forms)
    )
    numbering = part(
        'numbering',
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    read = made(item('one', 1) + item('first', 1, 1) + item('deep', 1, 2), parts={'numbering.xml': numbering})

    assert read.html == '<ol><li>one<ol><li>first<ol><li>deep</li></ol></li></ol></li></ol>'
    assert read.told[1:] == ('Changed: 2 items of lists have plain numbers now.',)


def test_the_heading_of_references_goes_where_they_have_one():
    read = made(
        p('Words.') + p('References', style='Rubrik1') + p('Smith 2020.', style='Bibliography') + p('More.')
    )

    assert (read.html, read.references) == ('<p>Words.</p>\n<p>More.</p>', '<p>Smith 2020.</p>')
    assert read.told == (
        f'{WORDS}5; here: 4.',
        'Left out: 1 heading of the references, for their place has one.',
    )


def _run(words: str) -> str:
    return f'<m:r><m:t>{words}</m:t></m:r>'


@pytest.mark.parametrize(
    ('equation', 'line'),
    [
        (f'<m:m><m:mr><m:e>{_run("aa")}</m:e><m:e>{_run("bb")}</m:e></m:mr><m:mr><m:e>{_run("cc")}</m:e></m:mr></m:m>', 'aa, bb; cc'),
        (f'<m:func><m:fName>{_run("sin")}</m:fName><m:e>{_run("x")}</m:e></m:func>', 'sin x'),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{_run("i=1")}</m:sub><m:sup>{_run("n")}</m:sup><m:e>{_run("i")}</m:e></m:nary>', '∑_(i=1)^n i'),
        (f'<m:sSubSup><m:e>{_run("x")}</m:e><m:sub>{_run("i")}</m:sub><m:sup>{_run("2")}</m:sup></m:sSubSup>', 'x_i^2'),
        (f'<m:rad><m:deg>{_run("3")}</m:deg><m:e>{_run("x")}</m:e></m:rad>', '3√x'),
        (f'<m:nary><m:e>{_run("f")}</m:e></m:nary><m:d><m:e>{_run("a")}</m:e><m:e>{_run("b")}</m:e></m:d>', '∫ f(a, b)'),
    ],
)  # fmt: skip
def test_the_letters_of_an_equation_stand_in_a_line_that_can_be_read(equation, line):
    read = made(f'<w:p><m:oMath>{equation}</m:oMath></w:p>')

    assert read.html == f'<p>[Picture left out: equation: {line}; please send a PNG]</p>'
    assert 'Not accounted for' not in ' '.join(read.told)
