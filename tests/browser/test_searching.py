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
