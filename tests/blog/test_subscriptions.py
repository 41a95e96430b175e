"""Posts by email: asked for, confirmed, changed and stopped by links, by whoever reads."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import subscribing
from blog.models import Often, Subscriber, Subscription
from blog.subscribing import CONFIRM, MINE, Wish
from tests.conftest import fill_in, make_person, make_post, make_submission
from tests.members.test_merging import merged as merge
from ukis import addresses, letters, tags
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

READER = 'reader@people.example'
DAY = timedelta(days=1)


def asks(client: Client, address: str = READER, often: str = 'weekly', query: str = '', **more: str):
    return client.post(reverse('subscribe') + query, {'email': address, 'often': often, **more})


def confirmed(address: str = READER, often: Often = Often.AT_ONCE, wish: Wish | None = None) -> Subscriber:
    subscribing.ask(address, wish=wish or Wish(), often=often, wording='Send me these.')
    subscriber = Subscriber.objects.get(address=address)
    subscribing.confirm(subscriber, keys=list(subscriber.subscriptions.values_list('pk', flat=True)))
    return subscriber


def page_of(name: str, subscriber: Subscriber, purpose: str = MINE) -> str:
    return reverse(name, args=[PrivateLink.make(purpose=purpose, about=subscriber, days=3)])


def links_sent() -> list[str]:
    """The private links of every letter that leaves now."""
    mail.outbox.clear()
    letters.send_due()
    return [re.search(r'http://[^/]+(/blog/subscribe/\S+)', one.body)[1] for one in mail.outbox]


def standing() -> list[str]:
    return [f'{row.subscriber}: {row}' for row in Subscription.objects.standing().order_by('pk')]


# --- Asking


def test_whoever_asks_is_sent_one_letter_and_nothing_stands_before_its_button_is_pressed(client):
    answer = asks(client, ' Reader@People.example ')
    (link,) = links_sent()
    before = standing()
    opened = client.get(link)
    still = standing()
    pressed = client.post(link, {f'yes-{Subscription.objects.get().pk}': 'on'}, follow=True)

    assert (answer.status_code, answer.url) == (302, '/blog/subscribe/asked/')
    assert 'One step is left' in client.get(answer.url).text
    assert mail.outbox[0].to == [READER]
    assert 'List-Unsubscribe' not in mail.outbox[0].extra_headers
    assert (before, still) == ([], [])
    assert READER in opened.text
    assert standing() == [f'{READER}: All posts, once a week, what was new']
    assert 'This is what goes to' in pressed.text


def test_the_answer_is_the_same_for_an_address_in_the_list_and_one_that_nobody_knows(client):
    confirmed()
    make_person('Mem Ber', email='member@people.example')

    answers = [asks(Client(), one) for one in (READER, 'new@people.example', 'member@people.example')]
    pages = {Client().get(one.url).text for one in answers}

    assert {(one.status_code, one.url) for one in answers} == {(302, '/blog/subscribe/asked/')}
    assert len(pages) == 1


def test_who_gets_it_already_is_told_so_by_letter_and_nothing_changes(client):
    confirmed(often=Often.MONTHLY)
    Letter.objects.all().delete()
    Subscriber.objects.update(asked_at=timezone.now() - 2 * DAY)

    asks(client, often='at once')

    assert standing() == [f'{READER}: All posts, once a month, what was new']
    assert [letter.kind for letter in Letter.objects.all()] == ['subscription_known']


def test_an_address_gets_one_letter_to_confirm_a_day_from_wherever_it_is_asked():
    make_post()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(5):
            asks(Client(REMOTE_ADDR=f'192.0.2.{number}'))
            asks(Client(REMOTE_ADDR=f'192.0.2.{number}'), query='?tag=leadership', what='0')
        one_day = Letter.objects.count()
        clock.shift(DAY)
        asks(Client(REMOTE_ADDR='192.0.2.9'))

    assert (one_day, Letter.objects.count()) == (1, 2)
    assert Subscription.objects.to_confirm().count() == 2


def test_from_one_place_it_is_asked_twenty_times_an_hour_and_nothing_typed_is_lost(client):
    cache.clear()
    codes = [asks(client, f'r{number}@people.example').status_code for number in range(21)]
    page = asks(client, 'late@people.example')

    assert codes == [302] * 20 + [429]
    assert 'value="late@people.example"' in page.text
    assert 'wait an hour' in page.text
    cache.clear()


def test_a_form_that_is_wrong_says_so_beside_the_field_and_sends_nothing(client):
    page = asks(client, 'no address', often='hourly')

    assert page.status_code == 422
    assert page.text.count('class="error"') == 2
    assert Letter.objects.count() == 0


def test_a_tag_or_an_author_is_followed_by_the_link_on_its_page(client):
    author = make_person('Ann Author')
    make_post(people=(author,))
    for path in ('/blog/tags/leadership/', f'/blog/authors/{author.slug}/'):
        query = re.search(r'href="/blog/subscribe/(\?[^"]+)"', client.get(path).text)[1]
        page = client.get(f'/blog/subscribe/{query}')
        asks(Client(), query=query, what='0')

        assert page.status_code == 200
        assert page.text.count('type="radio" name="what"') == 2

    rows = Subscription.objects.order_by('pk')
    assert [row.what for row in rows] == ['Posts tagged “leadership”', 'Posts by Ann Author']


def test_a_link_to_a_tag_or_author_that_is_not_there_offers_all_posts(client):
    make_person('Sec Ret')
    Tag.objects.create(name='unannounced', slug='unannounced', waiting=True)
    for query in ('?tag=none', '?tag=unannounced', '?author=sec-ret', '?author=' + 'x' * 5000):
        page = client.get(reverse('subscribe') + query)

        assert page.status_code == 200
        assert 'All posts of the' in page.text
        assert ('Sec Ret' in page.text, 'unannounced' in page.text) == (False, False)


def test_reading_sets_no_cookie_and_links_lead_to_the_form(client):
    make_post(slug='a-post')
    for path in ('/', '/blog/', '/blog/a-post/', '/blog/tags/leadership/'):
        page = client.get(path)

        assert 'href="/blog/subscribe/' in page.text, path
        assert page.cookies == {}


# --- Confirming


def test_what_somebody_else_asked_for_meanwhile_is_shown_and_can_be_left_out(client):
    make_post()
    asks(client)
    asks(Client(), query='?tag=leadership', what='0')
    (link,) = links_sent()
    wanted = Subscription.objects.get(of='all')

    client.post(link, {f'yes-{wanted.pk}': 'on'})

    assert standing() == [f'{READER}: All posts, once a week, what was new']


def test_the_link_confirms_twice_over_and_after_seven_days_not_at_all(client):
    asks(client)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        (link,) = links_sent()
        answer = {f'yes-{Subscription.objects.get().pk}': 'on'}
        first, second = client.post(link, answer), client.post(link, answer)
        clock.shift(8 * DAY)
        late = client.get(link)

    assert (first.status_code, second.status_code, late.status_code) == (302, 200, 404)
    assert len(standing()) == 1


def test_what_nobody_confirms_goes_after_seven_days_with_the_address_and_its_letter(client):
    asks(client)
    confirmed('stays@people.example')
    links_sent()
    now = timezone.now()
    subscribing.forget_strangers(now + 6 * DAY)
    kept = Subscriber.objects.count()

    subscribing.forget_strangers(now + 8 * DAY)

    assert kept == 2
    assert [row.address for row in Subscriber.objects.all()] == ['stays@people.example']
    assert READER not in str(list(Letter.objects.values()))


def test_consent_is_kept_with_the_words_beside_the_button_and_its_time(client):
    page = client.get(reverse('subscribe'))
    asks(client)
    subscriber = Subscriber.objects.get()
    subscribing.confirm(subscriber, keys=[subscriber.subscriptions.get().pk])

    row = Subscription.objects.get()
    assert row.wording.startswith('Send me these posts of the')
    assert row.wording in page.text
    assert row.asked_at < row.confirmed_at


# --- Changing and stopping


def test_opening_any_of_the_links_changes_nothing(client):
    subscriber = confirmed()
    before = list(Subscription.objects.values())
    for name, purpose in (('subscribe_confirm', CONFIRM), ('subscriptions', MINE), ('unsubscribe', MINE)):
        for ask in (client.get, client.head):
            page = ask(page_of(name, subscriber, purpose))

            assert page.status_code == 200
            assert page.cookies == {}

    assert list(Subscription.objects.values()) == before


def test_one_page_changes_all_that_goes_to_an_address(client):
    make_post()
    tag = Tag.objects.get(slug='leadership')
    subscriber = confirmed()
    confirmed(wish=Wish('tag', tag=tag))
    of_all, of_tag = subscriber.subscriptions.order_by('pk')

    page = client.post(
        page_of('subscriptions', subscriber), {f'often-{of_all.pk}': 'monthly', f'often-{of_tag.pk}': ''}
    )

    assert 'It is kept' in page.text
    assert standing() == [f'{READER}: All posts, once a month, what was new']
    assert Letter.objects.filter(kind='subscription_ended').count() == 0


def test_a_mail_programs_button_works_without_session_twice_over_and_after_years(client):
    subscriber = confirmed()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = PrivateLink.make(purpose=MINE, about=subscriber, days=subscribing.letters.MINE_DAYS)
        clock.shift(timedelta(days=5 * 365))
        strict = Client(enforce_csrf_checks=True, headers={'origin': 'null'})
        codes = [
            strict.post(reverse('unsubscribe', args=[token]), {'List-Unsubscribe': 'One-Click'}).status_code
            for _ in range(2)
        ]
        clock.shift(timedelta(days=2 * 365))
        subscribing.forget_strangers(timezone.now())
        subscribing.forget_strangers(timezone.now())
        gone = strict.post(reverse('unsubscribe', args=[token]), {'List-Unsubscribe': 'One-Click'})

    assert codes == [200, 200]
    assert standing() == []
    assert (gone.status_code, Subscriber.objects.count()) == (200, 0)


def test_one_short_letter_says_that_it_has_ended_and_leads_to_taking_it_up_again(client):
    subscriber = confirmed()
    Letter.objects.all().delete()
    page = client.post(page_of('unsubscribe', subscriber), {'stop': '1'})
    client.post(page_of('unsubscribe', subscriber), {'undo': '1'})
    client.post(page_of('unsubscribe', subscriber), {'stop': '1'})
    (link,) = links_sent()

    row = Subscription.objects.get()
    back = client.post(link, {f'often-{row.pk}': 'weekly'})

    assert 'You get no more posts by email' in page.text
    assert 'Undo' in page.text
    assert back.status_code == 200
    assert standing() == [f'{READER}: All posts, once a week, what was new']


def test_the_title_says_what_became_of_it_and_after_an_undo_the_loudest_button_does_not_stop_it_again(client):
    make_post()
    subscriber = confirmed()
    address = page_of('unsubscribe', subscriber)

    pages = [client.get(address), client.post(address, {'stop': '1'}), client.post(address, {'undo': '1'})]

    assert [re.search('<title>(.*?) – ', page.text)[1] for page in pages] == [
        'Stop the posts by email?', 'You get no more posts by email', 'You get your posts again',
    ]  # fmt: skip
    stops = [re.search('<button class="([^"]*)"[^>]*name="stop"', page.text) for page in pages]
    assert [found and found[1] for found in stops] == ['button', None, 'button second']


def test_undo_brings_back_what_was_stopped_last_and_nothing_that_was_stopped_before(client):
    make_post()
    subscriber = confirmed()
    confirmed(wish=Wish('tag', tag=Tag.objects.get(slug='leadership')))
    of_tag = subscriber.subscriptions.get(of='tag')
    subscribing.choose(subscriber, said={of_tag.pk: ''})
    subscribing.stop(subscriber)

    page = client.post(page_of('unsubscribe', subscriber), {'undo': '1'})

    assert 'You get your posts again' in page.text
    assert standing() == [f'{READER}: All posts, each post as soon as it is out']


def test_whoever_has_stopped_reads_what_is_kept_of_them_and_may_have_it_forgotten_without_an_account(client):
    subscriber = confirmed()
    other = confirmed('other@x.example')
    subscribing.announce(make_post(), at=timezone.now())
    subscribing.go_on(timezone.now())
    mine, stop = page_of('subscriptions', subscriber), page_of('unsubscribe', subscriber)

    kept = client.get(mine).text.partition('What we keep of this address')[2]
    offered = [
        'name="forget"' in answer.text for answer in (client.get(stop), client.post(stop, {'stop': '1'}))
    ]
    early = client.post(stop, {'forget': '1'})
    letters.send_due()
    answers = [client.post(stop, {'forget': '1'}) for _ in range(2)]
    one_click = client.post(stop, {'List-Unsubscribe': 'One-Click'})

    assert 'beside the words “Send me these.”, confirmed on' in kept
    assert offered == [
        False,
        True,
    ]  # only what does no harm to whoever was handed the letter on is one press away
    assert early.status_code == 409
    assert 'is still on its way to this address' in early.text
    assert [answer.status_code for answer in answers] == [200, 404]
    assert 'Your address is forgotten' in answers[0].text
    assert one_click.status_code == 200
    assert [row.address for row in Subscriber.objects.all()] == [other.address]
    assert not Letter.objects.filter(to_address__icontains=READER).exists()
    assert not Letter.objects.filter(key__icontains=READER).exists()


def test_staff_forget_an_address_whose_owner_has_written_whatever_it_gets(chief, editor, signed_in):
    subscriber, other = confirmed(), confirmed('other@x.example')
    subscribing.announce(make_post(), at=timezone.now())
    subscribing.go_on(timezone.now())
    page = reverse('admin:subscriber_forget', args=[subscriber.pk])
    client = signed_in(chief)

    led = client.get(reverse('admin:blog_subscriber_change', args=[subscriber.pk])).text
    shown = client.get(page).text
    unchanged = Subscriber.objects.count()
    refused = signed_in(editor).post(page)
    answers = [signed_in(chief).post(page) for _ in range(2)]

    assert f'href="{page}"' in led
    assert f'Forget {READER}' in shown
    assert (unchanged, refused.status_code) == (2, 403)
    assert [answer.status_code for answer in answers] == [302, 404]
    assert [row.address for row in Subscriber.objects.all()] == [other.address]
    assert not Letter.objects.filter(to_address__icontains=READER).exists()
    assert Letter.objects.filter(to_address=other.address).exists()


def test_an_address_that_is_forgotten_while_staff_press_the_button_is_forgotten(
    chief, signed_in, monkeypatch
):
    subscriber = confirmed()
    forget = subscribing.forget_as_asked

    def meeting(row: Subscriber, **by: object) -> None:
        Subscriber.objects.filter(pk=row.pk).delete()  # by the link in a letter
        forget(row, **by)

    monkeypatch.setattr(subscribing, 'forget_as_asked', meeting)

    answer = signed_in(chief).post(reverse('admin:subscriber_forget', args=[subscriber.pk]))

    assert answer.status_code == 302
    assert not Subscriber.objects.exists()


def test_a_choice_that_is_none_is_refused_and_nothing_changes(client):
    subscriber = confirmed()

    page = client.post(
        page_of('subscriptions', subscriber), {f'often-{subscriber.subscriptions.get().pk}': 'x'}
    )

    assert page.status_code == 422
    assert len(standing()) == 1


# --- Merging, erasing


def test_subscriptions_to_a_merged_tag_follow_it_once_for_each_address_and_none_that_stands_is_lost():
    make_post(tags=('one', 'other'))
    one, other = Tag.objects.get(slug='one'), Tag.objects.get(slug='other')
    for address, wishes in (
        ('a@x.example', (one,)),
        ('b@x.example', (one, other)),
        ('c@x.example', (one, other)),
    ):
        for tag in wishes:
            subscriber = confirmed(address, wish=Wish('tag', tag=tag))
    kept = subscriber.subscriptions.get(tag=other)
    subscribing.choose(subscriber, said={kept.pk: ''})

    tags.merge(one, other)

    assert sorted(standing()) == [
        f'{address}: Posts tagged “other”, each post as soon as it is out'
        for address in ('a@x.example', 'b@x.example', 'c@x.example')
    ]
    assert {row.tag_id for row in Subscription.objects.all()} == {other.pk}


def test_after_a_tag_is_renamed_and_merged_all_that_led_to_it_leads_on_and_each_gets_its_posts_once(
    client, chief, signed_in
):
    post = make_post(tags=('wards', 'hospitals'))
    wards, hospitals = Tag.objects.get(slug='wards'), Tag.objects.get(slug='hospitals')
    addresses.came_from(wards, '/category/on-the-wards/')
    for tag in (wards, hospitals):
        confirmed(wish=Wish('tag', tag=tag))
    desk, page = signed_in(chief), reverse('admin:ukis_tag_change', args=[wards.pk])

    fill_in(desk, page, name='In hospital', slug='in-hospital')
    assert subscribing.wish_of(tag='wards') == Wish('tag', tag=wards)
    fill_in(desk, page, merged_into=hospitals.pk)

    assert standing() == [f'{READER}: Posts tagged “hospitals”, each post as soon as it is out']
    ends = ('', 'feed/', 'feed/rss/', 'feed.json')
    former = [f'/blog/tags/{slug}/{end}' for slug in ('wards', 'in-hospital') for end in ends]
    led = {address: client.get(address) for address in [*former, '/category/on-the-wards/']}
    assert {answer.status_code for answer in led.values()} == {301}
    assert [answer.url for answer in led.values()] == [
        f'/blog/tags/hospitals/{end}' for end in (*ends, *ends, '')
    ]
    assert [subscribing.wish_of(tag=slug) for slug in ('wards', 'in-hospital')] == [
        Wish('tag', tag=hospitals)
    ] * 2
    assert tags.find_or_make(['In hospital']) == [hospitals]  # as the next import names it
    subscribing.announce(post, at=timezone.now())
    subscribing.go_on(timezone.now())
    assert Letter.objects.filter(kind='post_out').count() == 1


def test_after_two_authors_turn_out_to_be_one_each_follower_has_them_once_and_old_links_lead_on(
    client, secretary
):
    kept, gone = make_person('Ann Lee', slug='ann-lee'), make_person('Ann M. Lee', slug='ann-m-lee')
    for number, person in enumerate((kept, gone)):
        make_post(f'Post {number}', people=(person,))
    confirmed('a@x.example', wish=Wish('author', author=gone))
    confirmed('b@x.example', often=Often.WEEKLY, wish=Wish('author', author=kept))
    confirmed('b@x.example', often=Often.AT_ONCE, wish=Wish('author', author=gone))
    stopped = confirmed('c@x.example', wish=Wish('author', author=kept))
    subscribing.stop(stopped)
    confirmed('c@x.example', often=Often.MONTHLY, wish=Wish('author', author=gone))

    merge(kept, gone, secretary)

    assert sorted(standing()) == [
        'a@x.example: Posts by Ann Lee, each post as soon as it is out',
        'b@x.example: Posts by Ann Lee, once a week, what was new',
        'c@x.example: Posts by Ann Lee, once a month, what was new',
    ]
    assert {row.author_id for row in Subscription.objects.all()} == {kept.pk}
    ends = ('', 'feed/', 'feed/rss/', 'feed.json')
    led = [client.get(f'/blog/authors/ann-m-lee/{end}') for end in ends]
    assert [(answer.status_code, answer.url) for answer in led] == [
        (301, f'/blog/authors/ann-lee/{end}') for end in ends
    ]
    assert subscribing.wish_of(author='ann-m-lee') == Wish('author', author=kept)
    new = make_post('Newest', people=(kept,))
    subscribing.announce(new, at=timezone.now())
    subscribing.go_on(timezone.now())
    assert sorted(Letter.objects.filter(kind='post_out').values_list('to_address', flat=True)) == [
        'a@x.example'
    ]


def tagged(author, editor, count: int, tag: str) -> Tag:
    """Posts of an author who has an editor, for whoever splits a tag decides on what others wrote."""
    for number in range(count):
        submission = make_submission(author, 'live', editor=editor, words={'title': f'Post {number}'})
        submission.post.tags.set([tag, 'equity'])
    return Tag.objects.get(name=tag)


def test_who_follows_a_tag_that_is_split_follows_the_part_too_unless_they_have_said_no_to_it(
    author, editor, chief, signed_in
):
    health = tagged(author, editor, 2, 'health')
    make_post('Another', tags=('minds',))
    minds = Tag.objects.get(slug='minds')
    for address in ('a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'):
        subscriber = confirmed(address, often=Often.MONTHLY, wish=Wish('tag', tag=health))
    subscribing.stop(subscriber)
    confirmed('b@x.example', wish=Wish('tag', tag=minds))
    no = confirmed('c@x.example', wish=Wish('tag', tag=minds))
    subscribing.choose(no, said={no.subscriptions.get(tag=minds).pk: ''})
    subscribing.ask('e@x.example', wish=Wish('tag', tag=health), often=Often.WEEKLY, wording='Yes.')
    desk, page = signed_in(chief), reverse('admin:ukis_tag_split', args=[health.pk])
    keys = [f'row-{item.pk}' for item in health.items.order_by('pk')]
    said = '1 address that followed “health” by email: “minds” too, as often, from now on.'

    first = desk.post(page, {'name': 'minds', keys[0]: 'changes', 'take_along': 'on'}, follow=True)
    again = desk.post(page, {'name': 'minds', keys[1]: 'both', 'take_along': 'on'}, follow=True)

    assert [said in answer.text for answer in (first, again)] == [True, False]
    of_minds = Subscription.objects.standing().filter(tag=minds)
    assert sorted(of_minds.values_list('subscriber__address', 'often', 'taken_from')) == [
        ('a@x.example', 'monthly', 'health'),
        ('b@x.example', 'at once', ''),
    ]
    of_health, part = Subscription.objects.filter(subscriber__address='a@x.example').order_by('pk')
    consent = [(row.wording, row.asked_at, row.confirmed_at) for row in (of_health, part)]
    assert consent[0] == consent[1]
    page = Client().get(page_of('subscriptions', part.subscriber)).text
    assert 'You followed “health”, of which this was a part.' in page


def test_staff_may_leave_followers_with_the_tag_they_asked_for_on_every_page_of_a_split(
    author, editor, chief, signed_in, monkeypatch
):
    monkeypatch.setattr('ukis.tags.splitting.A_PAGE', 1)
    health = tagged(author, editor, 2, 'health')
    confirmed(wish=Wish('tag', tag=health))
    desk, page = signed_in(chief), reverse('admin:ukis_tag_split', args=[health.pk])
    assert ' checked' in re.search('<input[^>]*name="take_along"[^>]*>', desk.get(page).text)[0]

    key = f'row-{health.items.latest("pk").pk}'
    answer = desk.post(page, {'name': 'Minds', key: 'changes'}, follow=True)

    assert standing() == [f'{READER}: Posts tagged “health”, each post as soon as it is out']
    assert answer.redirect_chain[-1][0].endswith('?into=Minds&alone=1')
    assert ' checked' not in re.search('<input[^>]*name="take_along"[^>]*>', answer.text)[0]


def test_a_part_that_is_not_public_yet_is_named_to_no_follower(author, editor, chief):
    health = tagged(author, editor, 1, 'health')
    confirmed(wish=Wish('tag', tag=health))
    secret = make_submission(author, 'scheduled', editor=editor).post
    secret.tags.set(['health', 'equity'])
    item = health.items.get(object_id=secret.pk)

    done = tags.split(health, 'Secret plans', by=chief, answers={item.pk: 'changes'}, take_along=True)

    assert (done.changed, done.followers, len(standing())) == (1, 0, 1)


def test_an_address_that_refuses_all_letters_is_written_none_and_whoever_asks_sees_the_same(client):
    SuppressedAddress.objects.create(address=READER, reason='It does not exist.')

    answer = asks(client)

    assert answer.url == '/blog/subscribe/asked/'
    assert [one.state for one in Letter.objects.all()] == [Letter.State.SUPPRESSED]
