"""The editor in a real browser, under the real Content-Security-Policy: what is pasted, words and pictures."""

# ruff: noqa: E501, SIM905 - samples are clearer whole

import io
import os
import shutil
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.conftest import make_person
from ukis.pictures.models import Picture

CHROMIUM = os.environ.get('CHROMIUM') or shutil.which('chromium') or shutil.which('google-chrome') or ''
pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason='no Chromium: set CHROMIUM to its path'),
    pytest.mark.urls('tests.browser.editor_page'),
]
EDITOR = '.tiptap.ProseMirror'

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin-top:12pt'><b><span style='font-size:16pt;color:#2F5496'>A chapter<o:p></o:p></span></b></h1>
<p class=MsoNormal style='margin-bottom:8pt'>Plain, <b style='mso-bidi-font-weight:normal'>bold</b> and <i>slanted</i>,
with a note.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a><o:p></o:p></p>
<h2>A part</h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span
><![endif]>first<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>inner</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>second</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=200 style='width:150pt'><p
class=MsoNormal><b>Year</b></p></td><td><p class=MsoNormal><b>Count</b></p></td></tr><tr><td><p
class=MsoNormal>2031</p></td><td><p class=MsoNormal>7</p></td></tr></table>
<p class=MsoNormal><img width=10 height=10 src="file:///C:/Users/me/clip_image001.png"></p>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> A source.</p>
</div></div><!--EndFragment--></body></html>"""
WORD_KEPT = (
    '<h2>A chapter</h2>\n'
    '<p>Plain, <strong>bold</strong> and <em>slanted</em>, with a note.'
    '<a href="#fn-1" id="fnref-1"><sup>[1]</sup></a></p>\n'
    '<h3>A part</h3>\n'
    '<ul><li>first<ol><li>inner</li></ol></li><li>second</li></ul>\n'
    '<table><thead><tr><th scope="col">Year</th><th scope="col">Count</th></tr></thead>'
    '<tbody><tr><td>2031</td><td>7</td></tr></tbody></table>\n'
    '<p>[Picture left out]</p>\n'
    '<hr>\n'
    '<p><a href="#fnref-1" id="fn-1"><sup>[1]</sup></a> A source.</p>'
)

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1234"><h1 dir="ltr"
style="line-height:1.38"><span style="font-size:20pt;font-weight:400;white-space:pre-wrap;">A chapter</span></h1><br />
<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;">Plain, </span><span
style="font-weight:700;font-style:normal;">bold</span><span style="font-weight:400;"> and </span><span
style="font-weight:400;font-style:italic;">slanted</span><span>, CO</span><span
style="vertical-align:sub;font-size:0.6em">2</span><span>, see </span><a
href="https://www.google.com/url?q=https://work.example/report&amp;sa=D&amp;ust=1"><span
style="color:#1155cc;text-decoration:underline">the report</span></a><span>.</span></p>
<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr"
role="presentation"><span style="font-weight:400">first</span></p></li><ul><li aria-level="2"><p><span>inner</span></p></li>
</ul><li><p><span>second</span></p></li></ul><p><span><img src="https://lh7.googleusercontent.com/abc" width="10"
height="10" /></span></p></b><br class="Apple-interchange-newline">"""
GOOGLE_KEPT = (
    '<h2>A chapter</h2>\n'
    '<p>Plain, <strong>bold</strong> and <em>slanted</em>, CO<sub>2</sub>, see '
    '<a href="https://work.example/report" rel="noopener nofollow ugc">the report</a>.</p>\n'
    '<ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul>\n'
    '<p>[Picture left out]</p>'
)

REVIEWED = """<p class=MsoNormal>It opens in <span class=msoDel><del>March, if they pay </del></span><span class=msoIns><ins>May
</ins></span>this<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[AB1]</a></span> year, <s>perhaps</s>.</p>
<p class=MsoQuote>Nobody asked us.</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p
class=MsoCommentText><a href="#_msoanchor_1">[AB1]</a>Do not publish.</p></div></div>"""
REVIEWED_KEPT = '<p>It opens in May this year, .</p>\n<blockquote><p>Nobody asked us.</p></blockquote>'
REVIEWED_TOLD = (
    'Left out: 1 comment, 1 tracked deletion (4 words), 1 struck-out passage (1 word). '
    'Changed: 1 tracked insertion is plain text now.'
)

HOSTILE = """<p onclick="window.hit=1" style="background:url(//evil.example/a)">Words <a
href="javascript:window.hit=2">here</a> <img src="x" onerror="window.hit=3"> <img src="https://evil.example/pixel.gif">
<svg onload="window.hit=4"><script>window.hit=5</script></svg><style>*{display:none}</style>
<iframe src="javascript:window.hit=6"></iframe><object data="//evil.example"></object>
<a href="//evil.example">there</a></p><script>window.hit=7</script><form action="//evil.example"><input name=a></form>"""
HOSTILE_KEPT = (
    '<p>Words here [Picture left out] [Picture left out]</p>\n'
    '<p><a href="https://evil.example" rel="noopener nofollow ugc">Embedded page: evil.example</a></p>\n<p>there</p>'
)


@pytest.fixture(scope='session')
def browser_type_launch_args(browser_type_launch_args):
    quiet = (
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
    )
    args = [*quiet, '--disable-component-update', '--disable-sync']
    return {**browser_type_launch_args, 'executable_path': CHROMIUM, 'args': args}


@pytest.fixture(autouse=True)
def _async_unsafe(monkeypatch):
    monkeypatch.setenv('DJANGO_ALLOW_ASYNC_UNSAFE', 'true')


@pytest.fixture
def person():
    return make_person('Ann Writer')


@pytest.fixture
def page(page: Page, live_server, client, person):
    """The editor's page for somebody signed in. Violations of the policy and errors fail the test at its end."""
    wrong: list[str] = []
    page.on('console', lambda message: wrong.append(message.text) if is_wrong(message) else None)
    page.on('pageerror', lambda error: wrong.append(str(error)))
    client.force_login(person)
    cookie = {'name': 'sessionid', 'value': client.cookies['sessionid'].value, 'url': live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f'{live_server.url}/editor/')
    expect(page.locator(EDITOR)).to_be_visible()
    yield page
    leave(page)
    assert wrong == []


def leave(page: Page) -> None:
    """Closes the browser's connections and waits for their threads, which share the test's database."""
    page.context.close()
    for thread in threading.enumerate():
        if 'process_request_thread' in thread.name:
            thread.join(timeout=5)


def is_wrong(message: ConsoleMessage) -> bool:
    """A refused picture is an answer of 4xx, which browsers report; it is meant. So is a refused paste."""
    return message.type == 'error' and not message.location['url'].endswith(('/upload/picture/', '/paste/'))


def paste(page: Page, html: str, text: str = 'plain words') -> None:
    """By the real clipboard: the page hands out both at a copy, and the keys do the rest where the caret is."""
    page.evaluate(
        """([html, text]) => document.addEventListener('copy', event => {
            event.preventDefault()
            event.clipboardData.setData('text/html', html)
            event.clipboardData.setData('text/plain', text)
        }, {once: true})""",
        [html, text],
    )
    page.locator(EDITOR).focus()
    page.keyboard.press('Control+c')
    page.keyboard.press('Control+v')


def press(page: Page, keys: str) -> str:
    """What is selected after it; the engine, which is told a task later, has heard of it and of what was typed before."""
    settled = (
        'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))'
    )
    page.evaluate(settled)
    page.keyboard.press(keys)
    page.evaluate(settled)
    return page.evaluate('getSelection().toString()')


def kept(page: Page) -> str:
    with page.expect_navigation():  # a little later, where a paste is still on its way
        page.get_by_role('button', name='Send').click()
    return page.locator('#kept').text_content() or ''


@pytest.mark.parametrize(
    ('source', 'expected'),
    [(WORD, WORD_KEPT), (GOOGLE, GOOGLE_KEPT), (REVIEWED, REVIEWED_KEPT), (HOSTILE, HOSTILE_KEPT)],
    ids=['word', 'google', 'reviewed', 'hostile'],
)
def test_what_is_pasted_is_kept_as_meant(page, source, expected):
    paste(page, source)

    assert kept(page) == expected  # sent at once: the paste goes with it
    assert page.evaluate('window.hit') is None
    assert page.locator('#notices').inner_text() == ''  # all was told at the paste


def test_without_scripts_the_same_markup_is_kept_and_told_the_same(browser, live_server):
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f'{live_server.url}/editor/')
    plain.get_by_label('The text').fill(REVIEWED)

    assert kept(plain) == REVIEWED_KEPT
    assert plain.locator('#notices').inner_text().replace('\n', ' ') == REVIEWED_TOLD
    leave(plain)


def test_what_is_left_out_is_told_at_the_paste(page):
    paste(page, REVIEWED)

    expect(page.get_by_role('status')).to_have_text(f'Pasted. {REVIEWED_TOLD}')
    page.get_by_role('button', name='Hide this').click()
    expect(page.get_by_role('status')).to_have_text('')
    expect(page.locator(EDITOR)).to_be_focused()


def test_without_the_society_the_words_come_in_plain_and_it_is_told(page):
    page.route('**/paste/', lambda route: route.fulfill(status=503, body='away'))
    paste(
        page,
        f'{REVIEWED}<p><b>Bold</b> <img src="https://other.example/a.png" alt="A bridge"><img src="https://e.example" alt="🎉"></p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Who did?</span></p><p>And when?</p></div>',
    )

    expect(page.get_by_role('status')).to_contain_text(
        'The Society’s computer did not answer as it should. Notes, quotations and lists from Word may need a look; or undo '
        'it, and paste again later. Left out: 2 comments, 1 tracked deletion (4 words), 1 struck-out passage (1 word), '
        '1 picture from another site.'
    )
    assert kept(page) == (
        '<p>It opens in May this year, .</p>\n<p>Nobody asked us.</p>\n'
        '<p><strong>Bold</strong> [Picture left out: A bridge] 🎉</p>'
    )


def test_what_is_typed_meanwhile_stands_after_what_was_pasted(page):
    waiting = []
    page.route('**/paste/', lambda route: waiting.append(route))
    page.locator(EDITOR).click()
    page.keyboard.type('Zero. ')
    paste(page, '<span>First</span>', 'First ')
    page.keyboard.type('and second')
    paste(page, '<span>&nbsp;and third.</span>', ' and third.')
    expect(page.get_by_role('status')).to_have_text('Pasting …')
    page.keyboard.press('Control+Home')
    while len(waiting) < 2:
        page.wait_for_timeout(50)
    for route in reversed(waiting):
        route.continue_()
    expect(page.locator(EDITOR)).to_have_text('Zero. First and second and third.')

    page.keyboard.type('Half. ')  # the caret has stayed where it was

    assert kept(page) == '<p>Half. Zero. First and second and third.</p>'


def test_words_within_a_line_keep_their_spaces_where_the_society_does_not_answer(page):
    page.route('**/paste/', lambda route: route.fulfill(status=503, body='away'))
    page.locator(EDITOR).click()
    page.keyboard.type('Zero. ')
    paste(page, '<span>First</span>', 'First ')
    page.keyboard.type('and second')
    paste(page, '<p class="MsoNormal"><b>&nbsp;and third</b></p>\n', ' and third')
    expect(page.locator(EDITOR)).to_have_text('Zero. First and second and third')

    assert kept(page) == '<p>Zero. First and second <strong>and third</strong></p>'


def test_what_is_too_long_is_not_pasted_and_told(page):
    page.evaluate('window.long = "<p>" + "words ".repeat(200000) + "</p>"')
    paste(page, page.evaluate('window.long'))

    expect(page.get_by_role('status')).to_contain_text('Nothing was pasted. The text is too long')


def test_notes_of_two_pastes_keep_their_ways_there_and_back(page):
    note = '<p>{0}<a href="#_ftn1" name="_ftnref1">1</a></p><p><a href="#_ftnref1" name="_ftn1">1</a> Of {0}.</p>'
    paste(page, note.format('One'))
    expect(page.locator(EDITOR)).to_contain_text('Of One.')
    page.keyboard.press('Control+End')
    page.keyboard.press('Enter')
    paste(page, note.format('Two'))

    assert kept(page) == (
        '<p>One<a href="#fn-1" id="fnref-1">1</a></p>\n<p><a href="#fnref-1" id="fn-1">1</a> Of One.</p>\n'
        '<p>Two<a href="#fn-1-2" id="fnref-1-2">1</a></p>\n<p><a href="#fnref-1-2" id="fn-1-2">1</a> Of Two.</p>'
    )


def test_what_is_dropped_with_the_mouse_goes_the_same_way(page):
    page.locator(EDITOR).click()
    page.keyboard.type('Here:')
    page.evaluate(
        """html => {
            const transfer = new DataTransfer()
            transfer.setData('text/html', html)
            const area = document.querySelector('.tiptap'), {right, bottom} = area.firstChild.getBoundingClientRect()
            area.dispatchEvent(new DragEvent('drop', {
                dataTransfer: transfer, bubbles: true, cancelable: true, clientX: right - 4, clientY: bottom - 4}))
        }""",
        REVIEWED,
    )

    expect(page.get_by_role('status')).to_have_text(f'Pasted. {REVIEWED_TOLD}')
    assert kept(page) == REVIEWED_KEPT.replace('<p>', '<p>Here:', 1)


def test_a_caption_takes_words_and_what_is_more_goes_after_its_figure(page):
    page.route('**/media/**', lambda route: route.fulfill(content_type='image/svg+xml', body='<svg/>'))
    page.evaluate(
        """() => {
            const {commands} = document.querySelector('.tiptap').editor
            commands.setContent('<figure><img src="/media/x.png" alt="x"><figcaption>Cap</figcaption></figure>')
        }"""
    )
    for source in ('<b> bold</b>', '<p>One.</p><p>Two.</p>'):
        page.locator(EDITOR).focus()
        page.evaluate("document.querySelector('.tiptap').editor.commands.setTextSelection(6)")
        paste(page, source, ' bold')
        expect(page.get_by_role('status')).to_have_text('')
        page.wait_for_timeout(300)

    assert kept(page) == (
        '<figure><img src="/media/x.png" alt="x"><figcaption>Cap <strong>bold</strong></figcaption></figure>\n'
        '<p>One.</p>\n<p>Two.</p>'
    )


def test_what_was_copied_here_is_pasted_here_without_asking(page):
    asked = []
    page.on('request', lambda request: asked.append(request.url) if request.url.endswith('/paste/') else None)
    page.locator(EDITOR).click()
    page.keyboard.type('Some words')
    expect(page.locator(EDITOR)).to_have_text('Some words')
    assert press(page, 'Shift+Control+ArrowLeft') == 'words'
    page.keyboard.press('Control+c')
    assert press(page, 'Control+End') == ''
    page.keyboard.press('Control+v')

    assert kept(page) == '<p>Some wordswords</p>'
    assert asked == []


def test_what_is_kept_comes_back_from_the_editor_unchanged(page):
    paste(page, WORD)
    once = kept(page)
    page.locator(EDITOR).press('Control+Home')
    page.keyboard.type('X')
    page.keyboard.press('Backspace')

    assert kept(page) == once


def test_the_textarea_stays_in_step_and_says_so(page):
    page.evaluate(
        "document.querySelector('form').addEventListener('input', e => { window.told = e.target.value })"
    )
    page.locator(EDITOR).click()
    page.keyboard.type('Hello')

    assert page.evaluate('window.told') == '<p>Hello</p>'
    assert page.locator('textarea').input_value() == '<p>Hello</p>'


def picture_bytes(size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new('RGB', size, 'teal').save(out, 'PNG')
    return out.getvalue()


def test_a_picture_is_put_in_with_words_for_those_who_do_not_see_it(page, person):
    page.get_by_role('button', name='Picture', exact=True).click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_role('button', name='Put it in').click()
    expect(dialog.get_by_role('alert')).to_have_text('Choose a picture.')
    dialog.get_by_label('Picture', exact=True).set_input_files(
        {'name': 'a.png', 'mimeType': 'image/png', 'buffer': picture_bytes()}
    )
    dialog.get_by_role('button', name='Put it in').click()
    expect(dialog.get_by_role('alert')).to_have_text('Say what the picture shows, or that it is decorative.')
    dialog.get_by_label('What does the picture show?').fill('A teal square')
    dialog.get_by_label('Caption').fill('Teal. Photo: A. Writer')
    dialog.get_by_role('button', name='Put it in').click()
    expect(page.locator(f'{EDITOR} figure img')).to_be_visible()
    expect(page.locator(EDITOR)).to_be_focused()

    page.keyboard.type('Then words.')  # after the figure, not in its caption

    picture = Picture.objects.get()
    assert picture.uploaded_by == person
    assert default_storage.exists(picture.file.name)
    assert kept(page) == (
        f'<figure><img src="/media/{picture.file.name}" alt="A teal square" width="64" height="48">'
        '<figcaption>Teal. Photo: A. Writer</figcaption></figure>\n<p>Then words.</p>'
    )


def test_a_pasted_picture_asks_for_its_words_and_may_be_changed_and_removed(page):
    page.evaluate(
        """bytes => {
            const transfer = new DataTransfer()
            transfer.items.add(new File([new Uint8Array(bytes)], 'image.png', {type: 'image/png'}))
            document.querySelector('.tiptap.ProseMirror').dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: transfer, bubbles: true, cancelable: true}))
        }""",
        list(picture_bytes()),
    )
    dialog = page.get_by_role('dialog')
    dialog.get_by_label('It is decorative').check()
    dialog.get_by_role('button', name='Put it in').click()
    expect(page.locator(f'{EDITOR} figure img')).to_have_attribute('data-decorative', '')

    page.locator(f'{EDITOR} figure img').click()
    page.get_by_role('button', name='Picture', exact=True).click()
    dialog.get_by_label('It is decorative').uncheck()
    dialog.get_by_label('What does the picture show?').fill('Teal')
    dialog.get_by_role('button', name='Save').click()
    expect(page.locator(f'{EDITOR} figure img')).to_have_attribute('alt', 'Teal')

    page.locator(f'{EDITOR} figure img').click()
    page.get_by_role('button', name='Picture', exact=True).click()
    dialog.get_by_role('button', name='Remove the picture').click()
    expect(page.locator(f'{EDITOR} figure')).to_have_count(0)


def test_a_refused_picture_says_why_and_loses_nothing(page):
    page.get_by_role('button', name='Picture', exact=True).click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_label('Picture', exact=True).set_input_files(
        {'name': 'a.png', 'mimeType': 'image/png', 'buffer': picture_bytes((8, 8))}
    )
    dialog.get_by_label('What does the picture show?').fill('A dot')
    dialog.get_by_role('button', name='Put it in').click()

    expect(dialog.get_by_role('alert')).to_have_text(
        'The picture is too small to be shown. Choose a larger one.'
    )
    expect(dialog.get_by_label('What does the picture show?')).to_have_value('A dot')


@pytest.mark.parametrize('width', [1280, 320])
def test_the_editor_can_be_heard_and_fits(page, width):
    page.set_viewport_size({'width': width, 'height': 800})
    paste(page, WORD)
    page.get_by_role('button', name='Bold').focus()
    page.keyboard.press('Enter')

    assert Axe().run(page).response['violations'] == []
    assert page.evaluate('document.documentElement.scrollWidth') <= width
    assert page.get_by_role('textbox', name='The text').is_visible()
