"""What a clipboard holds, as the editor asks for it and as it is sent as the form's text: the same words, told the same."""

import os
from pathlib import Path

import pytest

from ukis import markup
from ukis.markup import views

CASES = Path(os.environ.get('CASES') or Path(__file__).parents[3] / 'shared' / 'cases')
REL = 'rel="noopener nofollow ugc"'

# Each of a kind that a word processor, a browser or a letter puts on the clipboard.
TRACKED = """<p class=MsoNormal>It opens <span class=msoDel><del cite="mailto:A" datetime="2031-01-01T10:00">in </del></span>
<span class=msoDel><del>March</del></span><span class=msoIns><ins cite="mailto:A">in May</ins></span>.</p>
<p><del>A whole paragraph goes.</del></p><table><tr><td>a<td><del>b</del><tr><td hidden>secret<td>d</table>"""
COMMENT = """<p class=MsoNormal>We <a style='mso-comment-reference:AB_1'>asked</a><span class=MsoCommentReference><a
class=msocomanchor href="#_msocom_1">[AB1]</a></span> and <span class=MsoCommentReference><a class=msocomanchor
href="#_msocom_2">[AB2]</a></span>heard.</p><div style='mso-element:comment-list'><hr class=msocomoff>
<div style='mso-element:comment'><p class=MsoCommentText><a href="#_msoanchor_1">[AB1]</a>Who did?</p></div>
<div style='mso-element:comment'><p class=MsoCommentText><a href="#_msoanchor_2">[AB2]</a>Never.</p></div></div>"""
COMMENT_OF_GOOGLE = """<p>We asked<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.</p>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Who did?</span></p><p>And when?</p></div>"""
STRUCK = """<p>Peace <span style="text-decoration:line-through;color:#000">in our time</span>, <s>perhaps</s>.</p>"""
HIDDEN = """<p>Seen<span style='display:none;mso-hide:all'> and not seen</span>.</p>"""
QUOTES = """<p>She said:</p><p class=MsoQuote>First.</p><p class=MsoQuoteCxSpLast>Second.</p><div style='border:none'><p
class=MsoIntenseQuote>Third.</p></div><p>After.</p><p class="Paragraph"><span class="TextRun"><span
data-ccp-parastyle="Quote">Online.</span></span></p>"""
NOTES = """<p>So.<a class="sdfootnoteanc" name="sdfootnote12anc" href="#sdfootnote12sym"><sup>12</sup></a></p><div id="sdfootnote12">
<p><a class="sdfootnotesym" name="sdfootnote12sym" href="#sdfootnote12anc">12</a> A source.</p></div>"""
VIDEOS = """<figure><iframe src="//www.youtube-nocookie.com/embed/ab-C?rel=0" title="YouTube video player"></iframe></figure>
<p>or <video title="A talk"><source src="https://work.example/talk.mp4">No video here.</video></p><object data="x.swf"></object>"""
EMOJI = """<p>Well done <img class="emoji" alt="👩🏽‍🔬" src="https://s.example/1.svg"><img alt=":-)" class="wp-smiley"
src="https://s.example/2.gif"><img data-emoji="❤️" src="cid:1"><img alt="1" src="https://s.example/3.png"></p>"""


@pytest.mark.parametrize(
    ('source', 'kept', 'told'),
    [
        pytest.param(
            TRACKED,
            '<p>It opens in May.</p>\n<table><tbody><tr><td>a</td><td></td></tr><tr><td></td><td>d</td></tr></tbody></table>',
            ['Left out: 3 tracked deletions (7 words), 1 hidden passage (1 word).', 'Changed: 1 tracked insertion is plain text now.'],
            id='tracked changes',
        ),
        pytest.param(COMMENT, '<p>We asked and heard.</p>', ['Left out: 2 comments.'], id='comments'),
        pytest.param(COMMENT_OF_GOOGLE, '<p>We asked.</p>', ['Left out: 1 comment.'], id='comments of Google'),
        pytest.param(STRUCK, '<p>Peace , .</p>', ['Left out: 2 struck-out passages (4 words).'], id='struck out'),
        pytest.param(HIDDEN, '<p>Seen.</p>', ['Left out: 1 hidden passage (3 words).'], id='hidden'),
        pytest.param(
            QUOTES,
            '<p>She said:</p>\n<blockquote><p>First.</p><p>Second.</p><p>Third.</p></blockquote>\n<p>After.</p>\n'
            '<blockquote><p>Online.</p></blockquote>',
            [],
            id='quotations',
        ),
        pytest.param(
            NOTES,
            '<p>So.<a href="#fn-12" id="fnref-12"><sup>12</sup></a></p>\n'
            '<p><a href="#fnref-12" id="fn-12">12</a> A source.</p>',
            [],
            id='notes',
        ),
        pytest.param(
            VIDEOS,
            f'<p><a href="https://www.youtube.com/watch?v=ab-C" {REL}>Video: youtube.com</a></p>\n<p>or</p>\n'
            f'<p><a href="https://work.example/talk.mp4" {REL}>Video: A talk</a></p>\n<p>No video here.</p>',
            ['Left out: 1 embedded video or page.', 'Changed: 2 embedded videos or pages are links now.'],
            id='videos',
        ),
        pytest.param(
            EMOJI, '<p>Well done 👩🏽‍🔬:-)❤️ [Picture left out: 1]</p>', ['Left out: 1 picture from another site.'], id='emoji'
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize('way', [markup.cleaned, markup.pasted])
def test_what_is_dropped_is_told_and_what_is_meant_is_kept(way, source, kept, told):
    made = way(source)

    assert made.html == kept
    assert made.told.sentences() == told


@pytest.mark.parametrize(
    ('name', 'kept', 'told'),
    [
        (
            'word_tracked_changes',
            '<p>The programme will start in May this year.</p>',
            ['Left out: 1 tracked deletion (7 words).', 'Changed: 1 tracked insertion is plain text now.'],
        ),
        ('word_comment', '<p>Schools were consulted twice.</p>', ['Left out: 1 comment.']),
        (
            'libreoffice_notes',
            '<p>Change takes time.<a href="#fn-1" id="fnref-1"><sup>1</sup></a> And money.'
            '<a href="#fn-e1" id="fnref-e1"><sup>i</sup></a></p>\n'
            '<p><a href="#fnref-1" id="fn-1">1</a> A report of 2019.</p>\n'
            '<p><a href="#fnref-e1" id="fn-e1">i</a> Another source.</p>',
            [],
        ),
        (
            'links',
            '<p><a href="tel:+441632960000">Call the helpline</a>, '
            '<a href="mailto:jane@xn--caf-dma.example">write to Jane</a>, '
            f'<a href="https://example.org/report" {REL}>read the report</a>, '
            '<a href="mailto:a@example.org,b@example.org">both of us</a></p>',
            [],
        ),
    ],
)
def test_what_failed_once_comes_in_as_meant(name, kept, told):
    path = CASES / f'{name}.html'
    if not path.is_file():
        pytest.skip(f'{path} is not there: this clipboard is not tried. CASES names the folder.')

    made = markup.pasted(path.read_text())

    assert made.html == kept
    assert made.told.sentences() == told


# --- A part that is put into a text -------------------------------------------------------------------


def test_a_part_keeps_the_level_of_its_first_heading_and_the_way_to_notes_elsewhere():
    source = '<h3>a</h3><h2>b</h2><h4>c</h4><p>d<a href="#_ftn1" name="_ftnref1">1</a></p>'

    assert markup.pasted(source).html == (
        '<h3>a</h3>\n<h2>b</h2>\n<h3>c</h3>\n<p>d<a href="#fn-1" id="fnref-1">1</a></p>'
    )


def test_notes_of_two_texts_are_kept_apart():
    source = '<p>a<a href="#_ftn1" name="_ftnref1">1</a></p><p><a href="#_ftnref1" name="_ftn1">1</a> b</p><p id="fn-2">c</p>'

    made = markup.pasted(source, taken=['fn-1', 'fnref-1', 'fn-1-2'])

    assert made.html == (
        '<p>a<a href="#fn-1-3" id="fnref-1-3">1</a></p>\n'
        '<p><a href="#fnref-1-3" id="fn-1-3">1</a> b</p>\n<p id="fn-2">c</p>'
    )


def test_a_browser_writes_the_way_to_a_note_as_a_whole_address():
    there, back = 'https://a.example/p#fn1', 'https://a.example/p#fnref1'
    source = f'<p>a<a href="{there}" id="fnref1">1</a></p><p id="fn1">b <a href="{back}">back</a> <a href="{there}7">c</a></p>'

    assert markup.pasted(source).html == (
        '<p>a<a href="#fn-1" id="fnref-1">1</a></p>\n'
        f'<p id="fn-1">b <a href="#fnref-1">back</a> <a href="{there}7" {REL}>c</a></p>'
    )


@pytest.mark.parametrize(
    ('beside', 'kept'),
    [
        ('   3. One two\n  4. Three\n', '<ol start="3"><li>One <strong>two</strong></li><li>Three</li></ol>'),
        ('One two\nThree', '<ul><li>One <strong>two</strong></li><li>Three</li></ul>'),
        ('1. One two\nThree', '<ul><li>One <strong>two</strong></li><li>Three</li></ul>'),
        ('1. Other\n2. Lines', '<ul><li>One <strong>two</strong></li><li>Three</li></ul>'),
    ],
)
def test_items_without_their_list_are_numbered_as_the_plain_text_shows(beside, kept):
    made = markup.pasted('<li>One <b>two</b></li>\n<li>Three</li>', beside=beside)

    assert made.html == kept
    assert bool(made.told) == ('<ul>' in kept)


def test_the_number_of_a_first_item_is_that_of_its_list():
    assert (
        markup.pasted('<ol><li value="7">a</li><li>b</li></ol>').html
        == '<ol start="7"><li>a</li><li>b</li></ol>'
    )


# --- The address that the editor asks -----------------------------------------------------------------


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client


def test_the_editor_is_answered_with_clean_html_and_what_was_dropped(writer):
    answer = writer.post(
        '/paste/', {'html': f'{COMMENT}<p id="fn-1">a</p>', 'text': '', 'taken': 'fn-1 fn-2'}
    )

    assert answer.json() == {
        'html': '<p>We asked and heard.</p>\n<p id="fn-1-2">a</p>',
        'told': ['Left out: 2 comments.'],
    }


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_is_answered(client):
    answer = client.post('/paste/', {'html': '<p>a</p>'})

    assert answer.status_code == 401
    assert answer.json() == {'error': 'You are no longer signed in.'}


def test_what_is_too_long_is_refused_with_a_sentence(writer):
    answer = writer.post('/paste/', {'html': 'x' * (markup.MAX_LENGTH + 1)})

    assert answer.status_code == 422
    assert 'too long' in answer.json()['error']


def test_nobody_keeps_the_machine_busy_with_pasting(writer, monkeypatch):
    monkeypatch.setattr(views, '_PASTES', views.Limit('paste', 1, views.HOUR))
    writer.post('/paste/', {'html': '<p>a</p>'})

    answer = writer.post('/paste/', {'html': '<p>a</p>'})

    assert answer.status_code == 429
    assert answer.json() == {'error': 'That was much pasting in one hour.'}
