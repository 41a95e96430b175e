"""The editor by keyboard, by ear and on small screens."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import make_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls('tests.browser.editor_page'),
]
AREA = '.tiptap.ProseMirror'
# Where the caret is, and whether something of ours lies over it.
CARET = """() => {
    const selection = getSelection(), range = selection.getRangeAt(0)
    const around = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement
    const {top, bottom, left} = (range.getClientRects()[0] || around.getBoundingClientRect())
    const over = document.elementFromPoint(left + 1, (top + bottom) / 2)
    return {top, below: innerHeight - bottom, covered: !over?.closest('.ProseMirror')}
}"""


@pytest.fixture
def page(opened) -> Page:
    page = opened(make_person('Ann Writer'))
    page.goto('/editor/')
    expect(page.locator(AREA)).to_be_visible()
    return page


def button(page: Page, name: str):
    return page.get_by_role('button', name=name, exact=True)


def put_in_a_table(page: Page, rows: int = 3) -> None:
    button(page, 'Table').click()
    page.get_by_role('dialog', name='Put in a table').get_by_label('Rows').fill(str(rows))
    page.keyboard.press('Enter')
    expect(page.locator(f'{AREA} table')).to_be_visible()


def test_a_table_is_proposed_with_a_header_row_and_tab_walks_through_it_and_out(page):
    put_in_a_table(page, rows=2)
    expect(page.locator(f'{AREA} th')).to_have_count(3)
    page.keyboard.press('Shift+Tab')
    expect(page.locator('.prose-menubar :focus')).to_have_count(1)
    page.locator(AREA).focus()

    for word in 'abcdef':
        page.keyboard.type(word)
        page.keyboard.press('Tab')

    expect(button(page, 'Send')).to_be_focused()
    expect(page.locator(f'{AREA} tr')).to_have_count(2)
    expect(page.locator(f'{AREA} table')).to_have_text('abcdef')


def test_escape_leaves_the_text_and_the_page_says_so(page):
    page.locator(AREA).focus()
    put_in_a_table(page)

    page.keyboard.press('Escape')

    hint = page.get_by_text('Escape leaves the text')
    expect(hint).to_be_focused()
    assert hint.get_attribute('id') in (page.locator(AREA).get_attribute('aria-describedby') or '').split()
    page.keyboard.press('Tab')
    expect(button(page, 'Send')).to_be_focused()


def test_dialogs_have_names_and_a_link_leads_where_it_was_told(page):
    page.locator(AREA).focus()
    page.keyboard.type('words')
    page.keyboard.press('Control+a')
    page.keyboard.press('Control+k')
    page.get_by_role('dialog', name='The link').get_by_label('Where does it lead?').fill(
        'https://work.example/'
    )
    page.keyboard.press('Enter')

    expect(page.locator(f'{AREA} a')).to_have_attribute('href', 'https://work.example/')
    expect(page.get_by_role('group', name='Tools for the text')).to_be_visible()


def test_of_two_lists_the_inner_one_is_shown_and_said_to_be_on(page):
    page.locator(AREA).focus()
    page.keyboard.type('* one')
    expect(button(page, 'Bulleted list')).to_have_attribute('aria-pressed', 'true')
    page.keyboard.press('Enter')
    page.keyboard.press('Tab')
    button(page, 'Numbered list').click()

    expect(button(page, 'Numbered list')).to_have_attribute('aria-pressed', 'true')
    expect(button(page, 'Numbered list')).to_have_class(r'prose-menubar__button material-icons active')
    expect(button(page, 'Bulleted list')).to_have_attribute('aria-pressed', 'false')


def test_a_link_to_the_field_leads_into_the_text(page):
    page.get_by_role('link', name='To the text').click()
    expect(page.locator(AREA)).to_be_focused()

    page.goto('about:blank')
    page.goto('/editor/#id_body')
    expect(page.locator(AREA)).to_be_focused()


def test_enter_leaves_a_caption(page):
    page.route(
        '**/media/**',
        lambda route: route.fulfill(
            status=200, content_type='image/svg+xml', body='<svg xmlns="http://www.w3.org/2000/svg"/>'
        ),
    )
    page.evaluate(
        """() => {
            const editor = document.querySelector('.tiptap').editor
            editor.commands.setContent('<figure><img src="/media/x.png" alt="x"><figcaption>Cap</figcaption></figure><h2>Next</h2>')
            editor.commands.setTextSelection(6)
        }"""
    )
    page.locator(AREA).focus()

    page.keyboard.press('Enter')
    page.keyboard.type('After.')

    expect(page.locator(f'{AREA} > :is(figure, p, h2)')).to_have_text(['Cap', 'After.', 'Next'])


@pytest.mark.parametrize(
    'told', ['', 'Pasted. Left out: 1 tracked deletion (4 words), 2 pictures from another site.']
)
@pytest.mark.parametrize(('width', 'height'), [(320, 256), (375, 667), (1280, 720)])
def test_the_line_one_types_in_is_in_sight_and_so_is_what_was_left_out(page, width, height, told):
    page.set_viewport_size({'width': width, 'height': height})
    page.evaluate("told => document.querySelector('.tiptap').editor.storage.pasting.tell([told])", told)
    page.locator(AREA).focus()
    for line in range(30):
        page.keyboard.type(f'Line {line}')
        page.keyboard.press('Enter')

    at_the_end = page.evaluate(CARET)
    for _ in range(26):
        page.keyboard.press('ArrowUp')
    going_up = page.evaluate(CARET)

    for caret in (at_the_end, going_up):
        assert not caret['covered']
        assert caret['top'] >= 20
        assert caret['below'] >= 40
    if told:
        expect(page.get_by_role('status')).to_be_in_viewport()
    assert page.evaluate('document.documentElement.scrollWidth') <= width
