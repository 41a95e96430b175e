"""The search box with scripts: what is found so far, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import make_post

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


def test_what_is_found_is_offered_as_one_types_and_reached_by_keyboard(page: Page, live_server, society):
    make_post('Careful wards')
    make_post('Careful nurses')
    page.goto(f'{live_server.url}/blog/')
    box = page.get_by_role('combobox', name='Search the whole site')

    box.press_sequentially('caref')
    expect(page.get_by_role('option')).to_have_count(2)
    expect(box).to_have_attribute('aria-expanded', 'true')
    box.press('Escape')
    expect(page.get_by_role('option')).to_have_count(0)
    expect(box).to_have_value('caref')
    box.press_sequentially('ul nur')
    expect(page.get_by_role('option')).to_have_count(1)
    box.press('ArrowDown')
    expect(page.get_by_role('option').first).to_have_attribute('aria-selected', 'true')
    box.press('Enter')

    expect(page.get_by_role('heading', level=1)).to_have_text('Careful nurses')


def test_one_searches_without_scripts_and_without_a_mouse(opened, society):
    """From the head of any page: typed, sent, narrowed, put in another order, opened."""
    make_post('Careful wards', tags=('rural care', 'leadership'))
    make_post('Careful nurses', tags=('leadership',))
    page = opened(scripts=False)
    page.goto('/')

    def tab_to(role: str, name: str) -> None:
        wanted = page.get_by_role(role, name=name).first
        for _ in range(60):
            if wanted.evaluate('it => it === document.activeElement'):
                return
            page.keyboard.press('Tab')
        raise AssertionError(f'{name} is not reached by Tab')

    tab_to('searchbox', 'Search the whole site')
    page.keyboard.type('carefull')
    page.keyboard.press('Enter')
    expect(page.get_by_role('heading', level=1)).to_have_text('Nothing found for “carefull”')
    tab_to('link', 'careful')
    page.keyboard.press('Enter')
    expect(page.get_by_role('status')).to_contain_text('2 found')
    tab_to('link', 'Newest first')
    page.keyboard.press('Enter')
    expect(page.get_by_role('heading', level=2, name='Careful')).to_have_text(
        ['Careful nurses', 'Careful wards']
    )
    page.get_by_text('Narrow it down').focus()
    page.keyboard.press('Enter')
    tab_to('link', 'rural care 1')
    page.keyboard.press('Enter')
    expect(page.get_by_role('status')).to_contain_text('1 found')
    tab_to('link', 'Careful wards')
    page.keyboard.press('Enter')

    expect(page.get_by_role('heading', level=1)).to_have_text('Careful wards')


def test_on_a_telephone_the_box_takes_its_whole_line(page: Page, live_server, society):
    page.set_viewport_size({'width': 320, 'height': 600})

    page.goto(f'{live_server.url}/blog/')

    line = page.locator('.masthead .wrap').evaluate(
        'it => it.clientWidth - 2 * parseFloat(getComputedStyle(it).paddingLeft)'
    )
    assert page.get_by_role('search', name='The whole site').bounding_box()['width'] == line
