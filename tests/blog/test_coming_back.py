"""Followers whose letters came back, or who called one unwanted: it ends, staff see why, and they may come back."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import subscribing
from blog.models import Delivery, Edition, Subscriber, Subscription
from blog.subscribing import MINE
from tests.blog.test_editions import by_clock, goes_live
from tests.blog.test_subscriptions import READER, asks, confirmed, links_sent, standing
from tests.conftest import make_post
from tests.ukis.test_bouncing import UNKNOWN, report
from tests.ukis.test_unwanted import complaint
from ukis import letters
from ukis.letters import bouncing
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress
from ukis.letters.return_path import return_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture(autouse=True)
def _returned(settings):
    settings.BOUNCES_TO = 'bounce@back.example'


def sent_to(subscriber: Subscriber) -> Letter:
    """A post that went out to them."""
    letters.send_due()
    goes_live()
    by_clock()
    return Letter.objects.get(kind='post_out', to_address=subscriber.address)


def test_whoever_calls_a_letter_unwanted_gets_no_more_and_no_letter_that_says_so(chief, signed_in):
    letter = sent_to(confirmed())

    bouncing.take(complaint(message_id=letter.message_id))
    waiting = Letter.objects.filter(state='waiting').count()
    goes_live('Another')
    page = signed_in(chief).get(reverse('admin:editions')).text

    assert (standing(), waiting, by_clock()) == ([], 0, [])
    assert Delivery.objects.get().state == 'sent'
    assert '1 reader called a letter unwanted' in page


def test_who_called_one_unwanted_comes_back_by_confirming_anew(client):
    bouncing.take(complaint(message_id=sent_to(confirmed()).message_id))
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=2))

    asks(client, often='at once')
    (link,) = links_sent()
    client.post(link, {f'yes-{Subscription.objects.get().pk}': 'on'})
    goes_live('Another')

    assert [one.subject for one in by_clock()] == ['Another']


def test_who_reads_again_where_letters_came_back_comes_back_by_the_letter_sent_since(client):
    subscriber = confirmed()
    letter = sent_to(subscriber)
    before = PrivateLink.make(purpose=MINE, about=subscriber, days=9, letter=letter)
    bouncing.take(report(return_path(letter), *UNKNOWN))
    goes_live('Missed')
    missed = by_clock()
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=2))
    choice = {f'often-{Subscription.objects.get().pk}': 'at once'}
    Client().post(reverse('subscriptions', args=[before]), choice)
    old_link = SuppressedAddress.objects.standing().of_all_mail().count()

    asks(client)
    (link,) = links_sent()
    Client().get(link)
    only_read = SuppressedAddress.objects.standing().of_all_mail().count()
    client.post(link, choice)
    goes_live('Another')

    assert (missed, old_link, only_read) == ([], 1, 1)
    assert [one.subject for one in by_clock()] == ['Another']
    assert standing() == [f'{READER}: All posts, each post as soon as it is out']


def test_whoever_reads_again_may_be_another_and_sets_no_password_there(client):
    letters.suppress(READER, SuppressedAddress.Cause.BOUNCED, '550 5.1.1 no such user')
    asks(client)
    (link,) = links_sent()
    client.post(link, {f'yes-{Subscription.objects.get().pk}': 'on'})

    lifted, stands = SuppressedAddress.objects.order_by('pk')
    assert (lifted.is_lifted, lifted.lifted_by, lifted.lifted_why) == (
        True,
        None,
        'Its reader used the link in a letter that was sent there since.',
    )
    assert (stands.cause, stands.scope) == ('read again', 'passwords')
    assert letters.unreachable([READER]) == set()
    assert letters.sets_no_password(READER)


def test_what_staff_wrote_down_stands_whoever_asks(client):
    SuppressedAddress.objects.create(address=READER, reason='They asked us by telephone.')

    asks(client)

    assert [one.state for one in Letter.objects.all()] == ['suppressed']


def test_staff_see_what_each_address_gets_its_consent_and_why_nothing_arrives(chief, signed_in):
    subscriber = confirmed()
    letters.suppress(READER, SuppressedAddress.Cause.BOUNCED, '550 5.1.1 no such user')
    desk = signed_in(chief)

    of_all = desk.get(reverse('admin:blog_subscriber_changelist')).text
    page = desk.get(reverse('admin:blog_subscriber_change', args=[subscriber.pk])).text

    for text in (of_all, page):
        assert 'All posts, each post as soon as it is out' in text
        assert 'No letter reaches it' in text
    assert '550 5.1.1 no such user' in page
    assert '“Send me these.”' in page
    assert 'confirmed on' in page


@pytest.mark.parametrize(
    ('often', 'ago', 'stopped_after'),
    [
        ('each post, a day apart', (9, 8, 7, 6, 5, 4, 3, 2), 8),
        ('each post, three within thirty days', (29, 15, 1), 3),
        ('once a month', (62, 31, 1), 3),
        ('three of a weekend', (2, 1, 0), None),
        ('one in half a year', (180, 100, 1), None),
    ],
)
def test_a_follower_whose_letters_keep_coming_back_is_stopped_and_staff_see_it_coming(
    often, ago, stopped_after, chief, signed_in
):
    subscriber, desk, now = confirmed(), signed_in(chief), timezone.now()
    page = reverse('admin:blog_subscriber_change', args=[subscriber.pk])
    letters.send_due()
    Letter.objects.update(sent_at=now - timedelta(days=400))
    stopped = []
    for number, days_ago in enumerate(ago):
        goes_live(title=f'Post {number}')
        by_clock()
        letter = Letter.objects.get(kind='post_out', state='sent')
        Letter.objects.filter(pk=letter.pk).update(sent_at=now - timedelta(days=days_ago, hours=1))
        bouncing.take(
            report(return_path(letter), '5.2.2', 'smtp; 552 mailbox full'), now - timedelta(days=days_ago)
        )
        stopped.append('No letter reaches it' in desk.get(page).text)

    assert stopped == [number + 1 == stopped_after for number in range(len(ago))]
    count = len([one for one in ago if one < 120])
    assert f'{count} letters came back since' in desk.get(page).text


def test_pages_of_staff_cost_the_same_with_five_thousand_followers(
    chief, signed_in, django_assert_max_num_queries
):
    now = timezone.now()
    people = Subscriber.objects.bulk_create(
        Subscriber(address=f'r{number}@x.example') for number in range(5_000)
    )
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, of='all', often=often, asked_at=now, confirmed_at=now)
        for one, often in zip(people, ('at once', 'weekly') * 2_500, strict=True)
    )
    subscribing.announce(make_post(), at=now)
    edition = subscribing.freeze(Edition.objects.get(), now=now)
    Delivery.objects.filter(edition=edition).update(state='doubtful', why='A worker stopped.')
    desk, pages = signed_in(chief), {}
    for name, args in (
        ('editions', ()),
        ('edition', (edition.pk,)),
        ('edition_next', ('weekly',)),
        ('blog_subscriber_changelist', ()),
        ('blog_subscriber_change', (people[0].pk,)),
    ):
        address = reverse(f'admin:{name}', args=args)
        desk.get(address)
        began = time.process_time()
        with django_assert_max_num_queries(19):
            assert desk.get(address).status_code == 200
        pages[name] = time.process_time() - began

    assert {name: took for name, took in pages.items() if took > 0.15} == {}
