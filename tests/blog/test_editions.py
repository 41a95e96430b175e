"""What goes out together by email: to whom, what of it, and how often."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import announcing, subscribing, workflow
from blog.models import Delivery, Edition, Often, Post, SentPost, Subscriber, Subscription, Version
from blog.subscribing import Wish, contents, editions
from members.models import Person
from tests.blog.test_subscriptions import confirmed
from tests.conftest import make_person, make_post, make_submission
from ukis import letters
from ukis.letters import sending
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress
from ukis.refusals import NotNow
from ukis.society.models import Society
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday
State = Delivery.State


def goes_live(title: str = 'A new post', **fields) -> Post:
    """As the clock announces it for the first time."""
    now = timezone.now()
    post = make_post(title, published_at=now - timedelta(minutes=1), **fields)
    subscribing.announce(post, at=now)
    return post


def by_clock(now: datetime | None = None) -> list[mail.EmailMessage]:
    """What leaves, once the clock has had its turn."""
    mail.outbox.clear()
    subscribing.begin_digests(now or timezone.now())
    subscribing.go_on(now or timezone.now())
    letters.send_due(500)
    return list(mail.outbox)


def told(sent) -> list[tuple[str, str]]:
    return sorted((one.to[0], one.subject) for one in sent)


def html_of(message) -> str:
    return next(text for text, kind in message.alternatives if kind == 'text/html')


# --- Each post as soon as it is out


def test_a_post_that_goes_live_goes_to_whoever_follows_all_its_tag_or_its_author_each_once():
    ann, bo = make_person('Ann Author'), make_person('Bo Author')
    make_post('Before', people=(ann,), tags=('one',))
    tag = Tag.objects.get(slug='one')
    confirmed('all@x.example')
    confirmed('tag@x.example', wish=Wish('tag', tag=tag))
    confirmed('ann@x.example', wish=Wish('author', author=ann))
    confirmed('bo@x.example', wish=Wish('author', author=bo))
    for wish in (Wish(), Wish('tag', tag=tag), Wish('author', author=ann)):
        confirmed('three@x.example', wish=wish)
    confirmed('weekly@x.example', Often.WEEKLY)
    subscribing.ask('asked@x.example', wish=Wish(), often=Often.AT_ONCE, wording='Yes.')
    subscribing.stop(confirmed('stopped@x.example'))
    letters.send_due(50)

    goes_live('New', people=(ann,), tags=('one',))
    first, second = by_clock(), by_clock()

    first = [one for one in first if one.subject == 'New']
    assert told(first) == [(f'{who}@x.example', 'New') for who in ('all', 'ann', 'tag', 'three')]
    assert second == []


def test_a_letter_has_the_post_its_disclaimer_and_its_way_out_at_the_foot_and_in_the_head():
    confirmed()
    letters.send_due()
    post = goes_live('Cymraeg', body='<h2>Geiriau</h2><p>Some words.</p><p><a href="/join/">Join</a></p>')
    post.version.language = 'cy'
    post.version.save()
    (sent,) = by_clock()

    html, site = html_of(sent), 'http://localhost:8000'
    stop = sent.extra_headers['List-Unsubscribe'].strip('<>')
    assert sent.extra_headers['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click'
    assert re.fullmatch(rf'{site}/blog/subscribe/stop/[\w-]+/', stop)
    assert f'{stop.replace("/stop/", "/mine/")}' in html
    assert f'{stop.replace("/stop/", "/mine/")}' in sent.body
    assert f'{site}{post.get_absolute_url()}' in sent.body
    assert f'href="{site}/join/"' in html
    assert '<div lang="cy">' in html
    assert 'views expressed' in html.lower()
    assert 'views expressed' in sent.body.lower()
    assert 'color-scheme: light dark' in html
    Client().post(stop.removeprefix(site), {'List-Unsubscribe': 'One-Click'})
    assert Subscription.objects.standing().count() == 0


def test_an_import_a_correction_another_date_and_a_second_publication_send_nothing(author, editor):
    confirmed()
    imported = make_post('Imported')
    Post.objects.filter(pk=imported.pk).update(announced_at=None)
    submission = make_submission(author, 'ready', editor=editor, words={'title': 'Ours'})
    workflow.release(submission, by=editor, at=None)
    announcing.announce_due(timezone.now())
    first = [one for one in by_clock() if one.to == ['reader@people.example']]
    post = Post.objects.get(submission=submission)
    post.tags.add('something else')
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now(), revised_at=timezone.now())
    Post.objects.filter(pk=post.pk).update(announced_at=None)
    announcing.announce_due(timezone.now() + timedelta(seconds=5))

    again = [one for one in by_clock() if one.to == ['reader@people.example']]

    assert [one.subject for one in first if 'One step' not in one.subject] == ['Ours']
    assert again == []


def test_what_was_taken_down_and_who_has_stopped_before_a_letter_leaves_is_left_out():
    for who in ('a', 'b'):
        confirmed(f'{who}@x.example')
    letters.send_due()
    post = goes_live()
    subscribing.go_on(timezone.now())
    subscribing.stop(Subscriber.objects.get(address='a@x.example'))
    first = [one for one in by_clock() if one.subject == 'A new post']
    Delivery.objects.update(state=State.WRITTEN)
    Letter.objects.filter(kind='post_out').update(state='waiting')
    Post.objects.filter(pk=post.pk).update(taken_down_at=timezone.now(), taken_down_why='Wrong.')
    second = by_clock()

    assert [one.to for one in first] == [['b@x.example']]
    assert second == []
    assert {row.state for row in Delivery.objects.all()} == {State.RECALLED}
    assert Delivery.objects.get(subscriber__address='b@x.example').why == (
        'Nothing of what it tells of is public any more.'
    )


def test_addresses_that_came_back_or_refuse_get_none_and_who_confirms_after_refusing_does():
    for who in ('dead', 'refused', 'anew', 'well'):
        confirmed(f'{who}@x.example')
    now = timezone.now()
    for who, scope, since in (
        ('dead', 'all', now - timedelta(days=9)),
        ('refused', 'refusable', now + timedelta(hours=1)),
        ('anew', 'refusable', now - timedelta(days=9)),
    ):
        SuppressedAddress.objects.create(address=f'{who}@x.example', scope=scope, reason='So.', since=since)
    letters.send_due()
    goes_live()

    assert told(by_clock()) == [('anew@x.example', 'A new post'), ('well@x.example', 'A new post')]


# --- What was new


def test_the_week_goes_out_at_eight_on_its_first_working_day_with_what_each_follows():
    with time_machine.travel(NOW - timedelta(days=3), tick=False) as clock:
        make_post('Before', tags=('one',))
        confirmed('all@x.example', Often.WEEKLY)
        confirmed('one@x.example', Often.WEEKLY, Wish('tag', tag=Tag.objects.get(slug='one')))
        confirmed('month@x.example', Often.MONTHLY)
        by_clock(timezone.now())
        goes_live('First', tags=('one',))
        goes_live('Second', tags=('two',))
        clock.move_to(NOW.replace(hour=7, minute=59))
        early = by_clock()
        clock.move_to(NOW.replace(hour=8))
        (sent, of_tag), again = by_clock(), by_clock()

    assert (early, again) == ([], [])
    assert told([sent, of_tag]) == [
        ('all@x.example', 'New on the UK-IS blog: 2 posts in the week to 30 November 2026'),
        ('one@x.example', 'New on the UK-IS blog: 1 post in the week to 30 November 2026'),
    ]
    assert html_of(sent).index('First') < html_of(sent).index('Second')
    assert 'Second' not in html_of(of_tag)


def test_days_that_were_missed_make_one_letter_and_nothing_new_makes_none():
    with time_machine.travel(NOW, tick=False) as clock:
        confirmed(often=Often.WEEKLY)
        by_clock()
        clock.shift(timedelta(days=1))
        goes_live('One')
        clock.shift(timedelta(days=8))
        goes_live('Two')
        clock.shift(timedelta(days=21))
        late = by_clock()
        clock.shift(timedelta(days=7))
        empty = by_clock()

    assert [one.subject.partition(' in ')[0] for one in late] == ['New on the UK-IS blog: 2 posts']
    assert empty == []


def test_the_first_working_day_is_none_on_which_the_society_does_not_work():
    due = [
        editions._last_due(often, datetime(2026, month, 28, tzinfo=UTC)).strftime('%a %d %b %H:%M %Z')
        for often in (Often.WEEKLY, Often.MONTHLY)
        for month in (4, 5, 8, 12)
    ]
    easter = editions._last_due(Often.WEEKLY, datetime(2026, 4, 7, 12, tzinfo=UTC))
    before_easter = editions._last_due(Often.WEEKLY, datetime(2026, 4, 6, 12, tzinfo=UTC))

    assert due == [
        'Mon 27 Apr 08:00 BST',
        'Tue 26 May 08:00 BST',
        'Mon 24 Aug 08:00 BST',
        'Mon 21 Dec 08:00 GMT',
        'Wed 01 Apr 08:00 BST',
        'Fri 01 May 08:00 BST',
        'Mon 03 Aug 08:00 BST',
        'Tue 01 Dec 08:00 GMT',
    ]
    assert (easter.day, before_easter.month, before_easter.day) == (7, 3, 30)


def test_a_post_goes_to_an_address_once_in_its_life_however_it_follows_the_blog():
    with time_machine.travel(NOW - timedelta(days=1), tick=False) as clock:
        by_clock()
        make_post('Before', tags=('one',))
        subscriber = confirmed(often=Often.WEEKLY)
        confirmed(wish=Wish('tag', tag=Tag.objects.get(slug='one')))
        letters.send_due()
        goes_live('At once', tags=('one',))
        goes_live('Later', tags=('two',))
        at_once = by_clock()
        clock.move_to(NOW)
        weekly = by_clock()
        of_all = subscriber.subscriptions.get(of='all')
        subscribing.choose(subscriber, said={of_all.pk: 'monthly'})
        clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
        monthly = by_clock()

    assert [one.subject for one in at_once] == ['At once']
    assert [one.subject.partition(' in ')[0] for one in weekly] == ['New on the UK-IS blog: 1 post']
    assert monthly == []
    assert SentPost.objects.count() == 2


def test_a_letter_stays_under_80_kb_whatever_the_posts_and_says_what_it_leaves_out():
    long_ones = [goes_live(f'Long {number}', body=f'<p>{"Wörter " * 4_000}</p>') for number in range(4)]
    with_short = contents.of_posts([*(post.pk for post in long_ones), goes_live('Short').pk])
    Post.objects.filter(pk__in=[post.pk for post in long_ones]).update(archived_at=timezone.now())
    many = [make_post(f'{"Ein langer Titel " * 11}{number}') for number in range(300)]
    of_many = contents.of_posts([post.pk for post in many])

    for inset in (with_short, of_many):
        message = letters.framed(subject='x', body=letters.INSET, to='a@x.example', inset=inset)
        assert 20_000 < len(html_of(message).encode()) < 80_000
    assert with_short.html.count('Read the rest of') == 2
    assert 'Some words.' in with_short.html
    left_out = int(re.search(r'And (\d+) more', of_many.html)[1])
    assert of_many.html.count('<h1>') + left_out == 300


# --- Frozen, in batches, halted


def test_recipients_are_frozen_before_the_first_letter_and_nobody_asks_again_who_is_meant(monkeypatch):
    monkeypatch.setattr(editions, 'IN_THE_OUTBOX', 2)
    for number in range(5):
        confirmed(f'r{number}@x.example')
    letters.send_due()
    goes_live()
    first = by_clock()
    confirmed('late@x.example')
    rest = [one for _ in range(4) for one in by_clock() if one.subject == 'A new post']

    assert len(first) == 2
    assert told([*first, *rest]) == [(f'r{number}@x.example', 'A new post') for number in range(5)]
    assert Edition.objects.get(often='at once').done_at is not None
    assert {row.state for row in Delivery.objects.all()} == {State.SENT}


def test_what_a_dead_worker_had_in_hand_is_shown_to_staff_and_not_repeated(editor, signed_in):
    confirmed()
    letters.send_due()
    goes_live()
    subscribing.go_on(timezone.now())
    letter = Letter.objects.get(kind='post_out')
    Letter.objects.filter(pk=letter.pk).update(
        state='sending', claimed_at=timezone.now() - sending.LOST_AFTER * 2
    )
    nothing = by_clock()
    page = signed_in(editor).get(reverse('admin:edition', args=[Edition.objects.get(often='at once').pk]))
    letter.refresh_from_db()
    doubtful = Delivery.objects.get().state
    letters.release(letter, by=editor)
    sent = by_clock()

    assert (nothing, letter.state, letter.in_doubt, doubtful) == ([], 'held', True, 'doubtful')
    assert 'Perhaps sent: not repeated' in page.text
    assert [one.extra_headers['Message-ID'] for one in sent] == [letter.message_id]
    assert Delivery.objects.get().state == State.SENT


def test_an_edition_is_paused_and_goes_on_without_losing_or_repeating_a_letter(
    editor, chief, signed_in, monkeypatch
):
    monkeypatch.setattr(editions, 'IN_THE_OUTBOX', 2)
    for number in range(3):
        confirmed(f'r{number}@x.example')
    letters.send_due()
    goes_live()
    subscribing.go_on(timezone.now())
    row = Edition.objects.get(often='at once')
    refused = signed_in(editor).post(reverse('admin:edition_pause', args=[row.pk]))
    desk = signed_in(chief)
    desk.post(reverse('admin:edition_pause', args=[row.pk]))
    halted = by_clock()
    shown = desk.get(reverse('admin:edition', args=[row.pk])).text
    desk.post(reverse('admin:edition_resume', args=[row.pk]))
    sent = [one for _ in range(3) for one in by_clock()]

    assert refused.status_code == 403
    assert halted == []
    assert 'Paused by' in shown
    assert told(sent) == [(f'r{number}@x.example', 'A new post') for number in range(3)]
    with pytest.raises(NotNow):
        subscribing.pause(row, by=chief)


def test_staff_see_who_would_get_the_next_and_send_a_test_to_themselves_alone(editor, signed_in):
    confirmed(often=Often.WEEKLY)
    letters.send_due()
    goes_live('New this week')
    by_clock()
    desk = signed_in(editor)

    page = desk.get(reverse('admin:edition_next', args=['weekly'])).text
    desk.post(reverse('admin:edition_test', args=[Edition.objects.get(often='at once').pk]), follow=True)
    (test,) = by_clock()

    assert 'reader@people.example' in page
    assert 'New this week' in page
    assert (test.to, test.subject) == ([f'{editor} <{editor.email}>'], 'Test: New this week')
    assert 'Some words.' in html_of(test)
    assert test.extra_headers['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click'
    stop = test.extra_headers['List-Unsubscribe'].strip('<>').removeprefix('http://localhost:8000')
    assert Client().post(stop, {'List-Unsubscribe': 'One-Click'}).status_code == 200
    assert Subscription.objects.standing().count() == 1
    assert desk.get(reverse('admin:edition_next', args=['daily'])).status_code == 404


def test_whoever_is_forgotten_gets_no_more_and_is_followed_no_more(author):
    person = make_person('Reed Er', email='reed@x.example')
    person.emailaddress_set.update_or_create(
        email='reed@x.example', defaults={'verified': True, 'primary': True}
    )
    confirmed('reed@x.example')
    confirmed('other@x.example', wish=Wish('author', author=person))
    from ukis import erasing, personal

    held = {row.words: row.count for row in personal.what_is_held(person)}
    erasing.erase(
        personal.Leaving(
            Person.objects.get(pk=person.pk), 'keep', timezone.now(), ('Reed Er',), ('reed@x.example',), False
        )
    )

    assert held['Posts you get by email'] == 1
    assert Subscription.objects.count() == 0
    assert Society.objects.exists()
    assert not PrivateLink.objects.filter(letter__to_address='reed@x.example').exists()


def test_in_a_letter_with_several_posts_each_note_leads_to_its_own_post_and_back_by_a_name():
    noted = '<p>So<a href="#fn-1" id="fnref-1">1</a> and so<a href="#fn-1">1</a>.</p><p id="fn-1">A note.</p>'
    posts = [make_post(title, body=noted) for title in ('One', 'Two')]
    Version.objects.update(language='cy', references='<p>Cyfeiriadau</p>')

    html = contents.of_posts([post.pk for post in posts]).html

    assert re.findall(r'\bid="', html) == []
    for slug in ('one', 'two'):
        address = f'http://localhost:8000/blog/{slug}/#'
        assert html.count(f'<a href="{address}fn-1" role="doc-noteref">1</a>') == 2
        assert f'<a href="{address}fnref-1_2" role="doc-backlink">↩ Yn ôl i’r testun (2)</a>' in html
    assert html.count('<div lang="cy">\n    <p>Cyfeiriadau</p>') == 2
