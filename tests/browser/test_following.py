"""Following the blog by email, by the keyboard alone and without scripts: asked for, confirmed, changed, stopped, undone."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from blog.models import Subscription
from tests.browser.test_without_mouse import follow, press, reach
from tests.conftest import make_post
from ukis import letters

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


def link_in_the_newest_letter() -> str:
    letters.send_due()
    return re.search(r'http://[^/]+(/blog/subscribe/\S+)', mail.outbox[-1].body)[1]


def standing() -> list[str]:
    return [str(row) for row in Subscription.objects.standing().order_by('pk')]


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role('heading', level=1)).to_have_text(words)


def test_a_reader_follows_the_blog_by_keyboard_and_without_scripts(society, opened, wrong) -> None:
    make_post('In print', tags=('one',))
    page = opened(scripts=False)
    page.goto(reverse('tag', args=['one']))

    follow(page, 'Posts tagged “one” by email')
    follow(page, 'Send me a letter to confirm')
    press(page, 'Your email address:')  # in the list of what is wrong, which leads to it
    expect(page.get_by_role('textbox', name='Your email address')).to_be_focused()
    page.keyboard.type('reader@people.example')
    assert '422' in wrong.pop()
    reach(page, 'Once a week')
    page.keyboard.press('ArrowUp')
    follow(page, 'Send me a letter to confirm')
    heading(page, 'One step is left')
    assert standing() == []

    page.goto(link_in_the_newest_letter())
    follow(page, 'Send me these posts')
    heading(page, 'Your posts by email')
    assert standing() == ['Posts tagged “one”, each post as soon as it is out']

    reach(page, 'Each post as soon as it is out')
    page.keyboard.press('ArrowDown')
    follow(page, 'Keep these choices')
    expect(page.get_by_role('status')).to_contain_text('It is kept')
    assert standing() == ['Posts tagged “one”, once a week, what was new']

    follow(page, 'Stop all of them')
    follow(page, 'Send me no more posts')
    heading(page, 'You get no more posts by email')
    assert standing() == []

    press(page, 'Undo')
    heading(page, 'You get your posts again')
    assert standing() == ['Posts tagged “one”, once a week, what was new']
