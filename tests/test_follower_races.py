"""Followers of the blog, and what is sent to them, where two meet: whoever comes second does no harm."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from blog import subscribing
from blog.models import Delivery, Edition, Often, SentPost, Subscriber, Subscription
from blog.subscribing import CONFIRM, MINE, Wish, asking, editions
from tests.blog.test_editions import goes_live
from tests.blog.test_subscriptions import READER, confirmed
from tests.conftest import make_person
from ukis import letters, tags
from ukis.letters.models import Letter, PrivateLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society', 'database_url')]
ROUNDS = 4


def at_once(*calls):
    """All begin together, each with a connection of its own, as in two processes."""
    barrier = threading.Barrier(len(calls))

    def go(call):
        barrier.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def asks(address=READER):
    subscribing.ask(address, wish=Wish(), often=Often.WEEKLY, wording='Yes.')


def test_an_address_under_which_two_ask_at_once_is_in_the_list_once_and_is_written_one_letter():
    for number in range(ROUNDS):
        at_once(*[lambda number=number: asks(f'r{number}@x.example')] * 3)

    assert Subscriber.objects.count() == Subscription.objects.count() == Letter.objects.count() == ROUNDS


def test_confirming_and_stopping_at_once_leaves_one_of_the_two_whole():
    for _ in range(ROUNDS):
        asks()
        subscriber = Subscriber.objects.get()
        keys = [subscriber.subscriptions.get().pk]
        at_once(
            *[lambda who=subscriber, keys=keys: subscribing.confirm(who, keys=keys)] * 2,
            lambda who=subscriber: subscribing.stop(who),
        )
        row = Subscription.objects.get()
        ended = Letter.objects.filter(kind='subscription_ended').count()
        assert row.confirmed_at is not None
        assert ended == (0 if row.is_standing else 1)
        Letter.objects.all().delete()
        Subscriber.objects.all().delete()


def test_of_two_who_undo_and_stop_at_once_neither_is_done_by_half():
    subscriber = confirmed()
    confirmed(wish=Wish('author', author=make_person('Ann Author')))
    for _ in range(ROUNDS):
        subscribing.stop(subscriber)
        at_once(lambda: subscribing.undo(subscriber), lambda: subscribing.stop(subscriber))
        assert Subscription.objects.standing().count() in (0, 2)
        subscribing.undo(subscriber)


def test_whoever_stops_while_a_tag_is_split_gets_nothing_of_either():
    of, into = tags.find_or_make(['Health', 'Minds'])
    for _ in range(ROUNDS):
        subscriber = confirmed(wish=Wish('tag', tag=of))
        at_once(
            lambda: subscribing.tag_splits(of, into),
            lambda: subscribing.tag_splits(of, into),
            lambda who=subscriber: subscribing.stop(who),
            lambda: subscribing.ask(READER, wish=Wish('tag', tag=into), often=Often.WEEKLY, wording='Yes.'),
        )
        assert not Subscription.objects.standing().exists()
        Letter.objects.all().delete()
        Subscriber.objects.all().delete()


def test_two_workers_make_the_same_digests_and_list_the_same_recipients_once(monkeypatch):
    monkeypatch.setattr(editions, 'IN_THE_OUTBOX', 3)
    for number in range(8):
        confirmed(f'r{number}@x.example')
    Letter.objects.all().delete()
    goes_live()
    goes_live('Another')
    now = timezone.now() + timedelta(days=8)

    def works():
        subscribing.begin_digests(now)
        for _ in range(6):
            subscribing.go_on(now)
            letters.send_due(50)

    at_once(works, works)
    works()

    assert Edition.objects.filter(post=None).count() == 2
    assert (SentPost.objects.count(), Delivery.objects.filter(state='sent').count()) == (16, 16)
    assert Letter.objects.filter(kind='post_out', state='sent', attempts=1).count() == 16


def test_one_that_follows_twice_gets_a_post_once_where_two_editions_are_listed_at_once():
    for number in range(6):
        confirmed(f'r{number}@x.example')
    now = timezone.now()
    post = goes_live()
    digest = Edition.objects.create(
        often='weekly', since=now - timedelta(days=7), until=now + timedelta(hours=1), made_at=now
    )
    for subscriber in Subscriber.objects.all():
        Subscription.objects.create(
            subscriber=subscriber,
            of='author',
            author=make_person('Ann Author'),
            often='weekly',
            asked_at=now,
            confirmed_at=now,
        )
    Subscription.objects.filter(of='author').update(author=post.bylines.get().person)
    both = list(Edition.objects.all())
    assert digest in both

    at_once(*[lambda row=row: subscribing.freeze(row, now=now) for row in both])

    assert SentPost.objects.count() == 6
    assert Delivery.objects.count() == 6
    assert {row.posts.count() for row in Delivery.objects.all()} == {1}


def test_whoever_stops_while_an_edition_leaves_gets_it_whole_or_not_at_all_and_the_record_says_which():
    readers = [confirmed(f'r{number}@x.example') for number in range(12)]
    letters.send_due(50)
    goes_live()
    subscribing.go_on(timezone.now())

    def stop_all():
        for reader in readers:
            subscribing.stop(reader)

    at_once(lambda: letters.send_due(50), stop_all)
    letters.send_due(50)

    states = dict(Letter.objects.filter(kind='post_out').values_list('object_id', 'state'))
    assert set(states.values()) <= {'sent', 'recalled'}
    assert dict(Delivery.objects.values_list('pk', 'state')) == states
    assert Subscription.objects.standing().count() == 0
    assert Letter.objects.filter(kind='subscription_ended', state='sent').count() == 12


def test_an_address_forgotten_by_its_owner_while_letters_leave_and_it_asks_again_hinders_nobody():
    for number in range(ROUNDS):
        subscriber = confirmed()
        goes_live(f'Post {number}')
        subscribing.go_on(timezone.now())
        Subscription.objects.update(ended_at=timezone.now())
        at_once(
            lambda who=subscriber: subscribing.forget_address(who),
            lambda: letters.send_due(500),
            lambda: subscribing.go_on(timezone.now()),
            asks,
        )
        rows = Subscription.objects.filter(confirmed_at__isnull=False)
        assert not rows.exists()
        assert not Delivery.objects.exists()
        Subscriber.objects.all().delete()


def test_an_address_that_is_forgotten_as_it_asks_again_is_asked_for_anew(monkeypatch):
    asks()
    held = asking.locked

    def forgotten_first(row, *joins):
        monkeypatch.setattr(asking, 'locked', held)
        Subscriber.objects.filter(pk=row.pk).delete()
        return held(row, *joins)

    monkeypatch.setattr(asking, 'locked', forgotten_first)
    asks()

    assert Subscription.objects.get().subscriber.address == READER


def test_a_button_pressed_as_the_address_is_forgotten_leads_nowhere_and_one_click_is_answered(
    client, monkeypatch
):
    subscriber = confirmed()
    key = subscriber.subscriptions.get().pk
    Subscription.objects.update(confirmed_at=None)
    for module in ('asking', 'choosing'):
        monkeypatch.setattr(f'blog.subscribing.{module}.locked', _gone)

    def posts(name, purpose, **form):
        link = reverse(name, args=[PrivateLink.make(purpose=purpose, about=subscriber, days=1)])
        return client.post(link, form).status_code

    answers = [
        posts('subscribe_confirm', CONFIRM, **{f'yes-{key}': 'on'}),
        posts('subscriptions', MINE, **{f'often-{key}': 'weekly'}),
        posts('unsubscribe', MINE, stop='1'),
        posts('unsubscribe', MINE, **{'List-Unsubscribe': 'One-Click'}),
    ]

    assert answers == [404, 404, 404, 200]


def _gone(row, *joins):
    raise Subscriber.DoesNotExist
