"""What a page adds to the words it shows: ways back from notes, links to parts, addresses, minutes."""

import pytest

from ukis import markup

pytestmark = pytest.mark.django_db


def shown(stored: str, language: str = 'en-GB', part: str = '') -> str:
    return markup.for_reading(stored, language=language, part=part)


def test_an_arrow_alone_becomes_words():
    stored = (
        '<p>So<a href="#fn-1" id="fnref-1"><sup>1</sup></a></p>\n'
        '<ol><li id="fn-1">Where. <a href="#fnref-1">↑</a></li></ol>'
    )

    assert shown(stored) == (
        '<p>So<a href="#fn-1" id="fnref-1" role="doc-noteref"><sup>1</sup></a></p>\n'
        '<ol><li id="fn-1">Where. <a href="#fnref-1" role="doc-backlink">↩ Back to the text</a></li></ol>'
    )


@pytest.mark.parametrize(
    ('note', 'with_way_back'),
    [
        ('<p id="fn-1">A.</p>', '<p id="fn-1">A. {}</p>'),
        ('<ol><li id="fn-1">A.</li></ol>', '<ol><li id="fn-1">A. {}</li></ol>'),
        (
            '<ol><li id="fn-1"><p>A.</p><p>B.</p></li><li id="fn-2">C.</li></ol>',
            '<ol><li id="fn-1"><p>A.</p><p>B. {}</p></li><li id="fn-2">C.</li></ol>',
        ),
        (
            '<ol><li id="fn-1">A<ul><li>b</li></ul></li></ol>',
            '<ol><li id="fn-1">A<ul><li>b</li></ul> {}</li></ol>',
        ),
        (
            '<p><a href="#fnref-1" id="fn-1">[1]</a> A.</p><p>B.</p>',
            '<p><a href="#fnref-1" id="fn-1">[1]</a> A. {}</p><p>B.</p>',
        ),
    ],
)
def test_a_note_without_a_named_way_back_is_given_one_at_its_end(note, with_way_back):
    there = '<p>So<a href="#fn-1" id="fnref-1">1</a></p>'
    way = '<a href="#fnref-1" role="doc-backlink">↩ Back to the text</a>'

    assert shown(there + note).partition('</p>')[2] == with_way_back.format(way)


def test_words_that_lead_back_are_left_as_they_are():
    stored = '<p>So<a href="#fn-1" id="fnref-1">1</a></p><p id="fn-1">A. <a href="#fnref-1">back up</a></p>'

    assert shown(stored).endswith('<p id="fn-1">A. <a href="#fnref-1">back up</a></p>')


def test_a_note_cited_twice_has_two_ways_back_with_names_of_their_own():
    stored = (
        '<p>So<a href="#fn-1" id="fnref-1">1</a> and so<a href="#fn-1">1</a></p>'
        '<p id="fn-1">A. <a href="#fnref-1">↑</a></p>'
    )

    assert shown(stored) == (
        '<p>So<a href="#fn-1" id="fnref-1" role="doc-noteref">1</a>'
        ' and so<a href="#fn-1" id="fnref-1_2" role="doc-noteref">1</a></p>'
        '<p id="fn-1">A. <a href="#fnref-1" role="doc-backlink">↩ Back to the text (1)</a>'
        ' <a href="#fnref-1_2" role="doc-backlink">↩ Back to the text (2)</a></p>'
    )


def test_ways_back_are_named_in_the_language_of_the_text():
    stored = '<p>Felly<a href="#fn-1" id="fnref-1">1</a></p><p id="fn-1">Yma.</p>'

    assert '↩ Yn ôl i’r testun' in shown(stored, 'cy')


def test_of_two_texts_on_a_page_the_notes_have_names_of_their_own():
    stored = '<p>So<a href="#fn-1" id="fnref-1">1</a></p><p id="fn-1">A.</p>'

    assert shown(stored, part='r') == (
        '<p>So<a href="#fn-r-1" id="fnref-r-1" role="doc-noteref">1</a></p>'
        '<p id="fn-r-1">A. <a href="#fnref-r-1" role="doc-backlink">↩ Back to the text</a></p>'
    )


def test_headings_have_names_made_of_their_words_each_once():
    stored = '<h2>Why &amp; how</h2><h3>Gŵyl</h3><h2>Why &amp; how</h2><h2>日本語</h2><h2>?</h2>'

    assert markup.parts(shown(stored)) == [
        (2, 'part-why-how', 'Why & how'),
        (3, 'part-gŵyl', 'Gŵyl'),
        (2, 'part-why-how_2', 'Why & how'),
        (2, 'part-日本語', '日本語'),
        (2, 'part-x', '?'),
    ]


def test_beside_each_heading_stands_a_link_to_it_named_in_its_language():
    linked = markup.with_links_to_parts(shown('<h2>Pam</h2>'), 'cy')

    assert linked == (
        '<h2 id="part-pam">Pam <a class="here" href="#part-pam" aria-label="Dolen i’r rhan hon">#</a></h2>'
    )


def test_addresses_of_links_are_those_that_lead_out_in_their_order():
    stored = (
        '<p><a href="https://b.example/?x=1&amp;y=2">b</a><a href="/blog/">c</a><a href="mailto:a@x.example">m</a>'
        '<a href="http://a.example/">a</a></p>'
    )

    assert markup.addresses(stored) == ['https://b.example/?x=1&y=2', 'http://a.example/']


@pytest.mark.parametrize(
    ('words', 'minutes'),
    [
        ('', 1),
        ('word ' * 660, 3),
        ('字' * 1200, 3),
        ('漢字 word ' * 220, 2),
        ('– ' * 2000, 1),
        ('ภาษา' * 400, 4),
    ],
)
def test_reading_takes_as_long_as_its_script_asks(words, minutes):
    assert markup.minutes(words) == minutes


def test_a_line_may_end_where_an_address_is_parted_and_nowhere_else():
    address = 'https://work.example/reports/2026/some_long_name.pdf?a=1&amp;b=2'
    stored = f'<p>See <a href="{address}">{address}</a>, well-known words &amp; signs a/b.</p>'

    assert shown(stored) == (
        f'<p>See <a href="{address}">https://<wbr>work<wbr>.example/<wbr>reports/<wbr>2026/<wbr>some_<wbr>long_<wbr>name'
        '<wbr>.pdf?<wbr>a=<wbr>1&amp;<wbr>b=<wbr>2</a>, well-known words &amp; signs a/b.</p>'
    )
