"""The board and the calendar as somebody works with them: by keyboard, on a phone, and with nothing axe complains of."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from blog.models import State
from tests.browser.test_pages import complaints
from tests.commissions import brought_to
from tests.conftest import make_submission
from ukis import days

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = 'document.activeElement.closest("[id]").id'


@pytest.fixture
def desk(author, editor, society) -> dict[str, int]:
    keys = {}
    for kind in (State.SUBMITTED, State.IN_REVIEW, State.READY, 'scheduled'):
        cache.clear()
        keys[kind] = make_submission(author, kind, editor=editor).pk
        make_submission(author, kind, editor=editor)
    brought_to('sent', editor)
    return keys


def test_a_card_is_moved_by_the_keyboard_and_keeps_the_focus(opened, editor, desk) -> None:
    page: Page = opened(editor)
    page.goto(reverse('admin:desk_board'))

    page.locator(f'#card-{desk[State.SUBMITTED]} a', has_text='Take it').focus()
    page.keyboard.press('Enter')
    page.get_by_role('button', name='Take it', exact=True).focus()
    page.keyboard.press('Enter')

    card = page.locator(f'#card-{desk[State.SUBMITTED]}')
    expect(card).to_be_focused()
    expect(card.get_by_role('status')).to_have_text('Done: “Take it”. It is now: Reading.')


def test_without_scripts_its_address_names_the_card(opened, editor, desk) -> None:
    page: Page = opened(editor, scripts=False)
    page.goto(reverse('admin:desk_board'))

    page.locator(f'#card-{desk[State.SUBMITTED]} a', has_text='Take it').click()
    page.get_by_role('button', name='Take it', exact=True).click()

    assert page.url.endswith(f'#card-{desk[State.SUBMITTED]}')
    expect(page.locator(f'#card-{desk[State.SUBMITTED]}')).to_contain_text('It is now: Reading.')


def test_arrows_lead_from_card_to_card(opened, editor, desk) -> None:
    page: Page = opened(editor)
    page.goto(reverse('admin:desk_board'))
    page.locator('#column-submitted .board-card a').first.focus()
    came = []

    for key in ('ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'):
        page.keyboard.press(key)
        came.append(page.evaluate('document.activeElement.closest(".board-column").id'))

    assert came == [
        *('column-submitted', 'column-submitted', 'column-in_review', 'column-submitted', 'column-asked')
    ]


@pytest.mark.parametrize('view', ['board', 'calendar', 'due', 'meeting'])
def test_there_is_nothing_to_complain_of(view, opened, editor, desk) -> None:
    tomorrow = days.today() + timedelta(days=1)
    paths = {
        'board': reverse('admin:desk_board') + f'?moved={desk[State.IN_REVIEW]}',
        'calendar': f'{reverse("admin:desk_calendar")}?month={tomorrow:%Y-%m}&day={tomorrow}',
        'due': f'{reverse("admin:desk_calendar")}?by=deadline&day=2020-01-01',
        'meeting': reverse('admin:desk_meeting'),
    }

    assert complaints(opened(editor), paths[view]) == []


def test_on_a_phone_the_month_is_a_list_of_days_with_something_on_them(opened, editor, desk) -> None:
    tomorrow = days.today() + timedelta(days=1)
    page: Page = opened(editor)
    page.set_viewport_size({'width': 320, 'height': 700})

    page.goto(f'{reverse("admin:desk_calendar")}?month={tomorrow:%Y-%m}')

    expect(page.locator(f'#day-{tomorrow}')).to_contain_text(f'{tomorrow:%A} {tomorrow.day} {tomorrow:%B}')
    assert page.locator('.month td:visible').count() < 12


def test_the_paper_is_upright_and_has_nothing_on_it_that_one_presses(opened, editor, desk) -> None:
    page: Page = opened(editor)
    page.goto(reverse('admin:desk_meeting'))
    page.emulate_media(media='print')

    for gone in ('#header', '.breadcrumbs', '.desk-views', '.meeting-how'):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator('.meeting-of')).to_be_visible()
    page.set_viewport_size({'width': 690, 'height': 1000})  # A4 within its margins
    assert page.evaluate('document.documentElement.scrollWidth') <= 690
