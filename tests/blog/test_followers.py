"""Before something goes to many by email: who would get it is said first, and who is left out and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import subscribing
from blog.models import Often, State, Subscription
from blog.subscribing import Wish
from tests.blog.test_editions import by_clock, goes_live
from tests.blog.test_subscriptions import confirmed
from tests.conftest import make_person, make_post, make_submission
from ukis.letters.models import SuppressedAddress
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
Cause, Scope = SuppressedAddress.Cause, SuppressedAddress.Scope


def takes_none(address: str) -> None:
    SuppressedAddress.objects.create(address=address, cause=Cause.BOUNCED, scope=Scope.ALL, reason='550')


def make_followers(author) -> Tag:
    """Of all, of a tag, of an author, at once, by the week and by the month; of what else there is; lost; stopped."""
    make_post('Before', tags=('rotas', 'other'))
    rotas, other = (Tag.objects.get(slug=slug) for slug in ('rotas', 'other'))
    confirmed('all@x.example')
    for wish in (Wish(), Wish('tag', tag=rotas), Wish('author', author=author)):
        confirmed('three@x.example', wish=wish)
    confirmed('tag@x.example', wish=Wish('tag', tag=rotas))
    confirmed('author@x.example', Often.WEEKLY, Wish('author', author=author))
    confirmed('other@x.example', wish=Wish('tag', tag=other))
    confirmed('somebody@x.example', wish=Wish('author', author=make_person('Bo Other')))
    confirmed('lost@x.example')
    takes_none('lost@x.example')
    subscribing.stop(confirmed('stopped@x.example'))
    return rotas


def test_before_something_comes_out_its_page_says_how_many_get_it_and_how_many_are_left_out(
    author, editor, signed_in
):
    make_followers(author)
    words = {'tag_words': ['Rotas', 'Something new']}
    submission = make_submission(author, State.READY, editor=editor, words=words)
    address = reverse('admin:desk_move', args=[submission.pk, 'release'])
    desk = signed_in(editor)
    desk.get(address)

    with CaptureQueriesContext(connection) as asked:
        page = desk.get(address)

    found = page.context['followers']
    assert [number for _, number in found.by_often] == [3, 1, 0]
    assert found.unreached == 1
    assert (
        'A letter to: the author, and at the time everybody named and whoever follows the blog.' in page.text
    )
    assert 'Left out: 1 address that takes no such letters' in page.text
    assert 'x.example' not in page.text
    assert len(asked) < 20


def test_what_comes_out_goes_to_as_many_as_was_said(author, editor):
    tag = make_followers(author)
    said = subscribing.would_follow(tags=[tag.pk], authors=[author.pk])
    by_clock()

    goes_live('New', people=(author,), tags=('rotas',))

    went = sorted(one.to[0] for one in by_clock() if one.subject == 'New')
    assert went == ['all@x.example', 'tag@x.example', 'three@x.example']
    assert said.by_often[0] == (Often.AT_ONCE, len(went))


def test_moves_that_bring_nothing_out_say_nothing_of_followers(author, editor, signed_in):
    make_followers(author)
    submission = make_submission(author, State.READY, editor=editor)

    page = signed_in(editor).get(reverse('admin:desk_move', args=[submission.pk, 'send_back']))

    assert page.status_code == 200
    assert 'Who gets it by email' not in page.text


def test_the_next_digest_names_who_is_left_out_and_why(editor, signed_in):
    for name in ('kept', 'lost', 'had'):
        confirmed(f'{name}@x.example', Often.AT_ONCE if name == 'had' else Often.WEEKLY)
    takes_none('lost@x.example')
    goes_live('New this week')
    by_clock()  # to `had`, at once
    Subscription.objects.filter(subscriber__address='had@x.example').update(often=Often.WEEKLY)
    digest = subscribing.next_digest(Often.WEEKLY, timezone.now())

    page = signed_in(editor).get(reverse('admin:edition_next', args=['weekly']))

    assert subscribing.audience(digest)[1] == [
        ('had@x.example', 'It went to them before.'),
        ('lost@x.example', 'The address takes no such letters.'),
    ]
    assert page.context['audience']['number'] == 1
    assert 'Who follows it and would not get it: 2' in page.text
