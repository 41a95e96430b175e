"""What is counted as a read and what is not, how it is written, and who is told how many."""

import http.client
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from blog import reads, workflow
from blog.models import Post, ReadCount
from blog.models.reads import FOR_A_CHAT, HERE, NOT_SAID, OTHERS
from blog.reads import agents, counting, writing
from blog.reads.counting import Counting, ReadKey, Tally
from members.organisations import offices
from tests.conftest import make_membership, make_organisation, make_post, make_submission
from ukis import addresses, days

pytestmark = pytest.mark.django_db

FIREFOX = {
    'HTTP_USER_AGENT': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'HTTP_ACCEPT': 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'HTTP_ACCEPT_LANGUAGE': 'en-GB,en;q=0.5',
    'HTTP_SEC_FETCH_DEST': 'document',
    'HTTP_SEC_FETCH_MODE': 'navigate',
    'HTTP_HOST': 'society.example',
}
SAFARI = {
    'HTTP_USER_AGENT': 'Mozilla/5.0 (iPhone; CPU iPhone OS 15_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) '
    'Version/15.1 Mobile/15E148 Safari/604.1',
    'HTTP_ACCEPT': 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'HTTP_ACCEPT_LANGUAGE': 'cy',
    'HTTP_HOST': 'society.example',
}


def asked(browser, *without, **more):
    return {name: value for name, value in browser.items() if name not in without} | more


# --- What is a read ----------------------------------------------------------------------------------------


def test_people_are_told_from_programs_by_what_they_ask_for_and_by_a_kept_list():
    people = (FIREFOX, SAFARI, asked(FIREFOX, HTTP_USER_AGENT='Mozilla/5.0 Cubot KingKong Firefox/140.0'))
    nobody = (
        *(
            asked(FIREFOX, **{name: value})
            for name in agents.NOBODY_YET
            for value in ('prefetch', 'anything', '')
        ),
        *(asked(FIREFOX, name) for name in ('HTTP_USER_AGENT', 'HTTP_ACCEPT', 'HTTP_ACCEPT_LANGUAGE')),
        asked(FIREFOX, HTTP_ACCEPT='*/*'),
        asked(FIREFOX, HTTP_SEC_FETCH_DEST='empty'),
        *(
            asked(FIREFOX, HTTP_USER_AGENT=agent)
            for agent in (
                'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
                'Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)',
                'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 4 subscribers)',
                'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
                'facebookexternalhit/1.1',
                'curl/8.5.0',
                'python-requests/2.32',
                'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36',
            )
        ),
    )

    assert [agents.comes_from(one) for one in people] == [NOT_SAID] * 3
    assert [one for one in nobody if agents.comes_from(one) is not None] == []
    chat = {
        'HTTP_USER_AGENT': 'Mozilla/5.0; compatible; ChatGPT-User/1.0; +https://openai.com/bot',
        'HTTP_ACCEPT': '*/*',
    }
    assert agents.comes_from(chat) == FOR_A_CHAT


@pytest.mark.parametrize(
    ('referer', 'site'),
    [
        ('', NOT_SAID),
        ('https://www.Google.com/search?q=private+words', 'google.com'),
        ('https://news.example:8443/a/b#c', 'news.example'),
        ('https://somebody:secret@mail.example/', 'mail.example'),
        ('https://society.example/blog/', HERE),
        ('https://www.society.example', HERE),
        ('http://192.0.2.7/', NOT_SAID),
        ('http://[2001:db8::1]/', NOT_SAID),
        ('android-app://com.google.android.gm/', NOT_SAID),
        ('javascript:alert(1)', NOT_SAID),
        ('https://evil\u202eelpmaxe.example/', NOT_SAID),
        ('https://evil.example\r\nSet-Cookie: a=b', NOT_SAID),
        ('https://<script>.example/', NOT_SAID),
        ('https://' + 'a.' * 5000 + 'example/', NOT_SAID),
        ('https://xn--bcher-kva.example/', 'xn--bcher-kva.example'),
        ('https://localhost/', NOT_SAID),
        ('https://..example/', NOT_SAID),
        ('\x00\xff', NOT_SAID),
    ],
)
def test_of_where_somebody_came_from_the_name_of_the_site_is_kept(referer, site):
    assert agents.site_of(referer, 'society.example:443') == site


@pytest.fixture
def counted():
    """A site that answers as it is told to, and what was counted of it."""
    tally = Tally(lambda counts: None, every=3600)

    def answering(path, status='200 OK', method='GET', **environ):
        site = Counting(lambda given, start: start(status, []) or [b''], tally)
        site(FIREFOX | {'PATH_INFO': path, 'REQUEST_METHOD': method} | environ, lambda *told: None)
        return {(key.slug, key.site): number for key, number in tally.counts.items()}

    yield answering
    tally.counts.clear()
    tally.flush()


def test_only_a_post_that_was_answered_whole_to_somebody_signed_out_is_counted(counted):
    for path, given in (
        ('/blog/a-post/', {'status': '304 Not Modified'}),
        ('/blog/a-post/', {'status': '404 Not Found'}),
        ('/blog/a-post/', {'status': '410 Gone'}),
        ('/blog/a-post/', {'status': '301 Moved Permanently'}),
        ('/blog/a-post/', {'method': 'HEAD'}),
        ('/blog/a-post/', {'HTTP_COOKIE': 'csrftoken=a; sessionid=b'}),
        ('/blog/a-post/cite.bib', {}),
        ('/blog/', {}),
        ('/blog/feed.json', {}),
        ('/blog/tags/leadership/', {}),
        ('/write/7/preview/', {}),
        ('/api/v1/posts/a-post/', {}),
    ):
        assert counted(path, **given) == {}, (path, given)

    counted('/blog/a-post/')
    counted('/blog/a-post/', HTTP_COOKIE='csrftoken=a', QUERY_STRING='utm_source=letter')
    assert counted('/blog/a-post/', HTTP_REFERER='https://www.news.example/page') == {
        ('a-post', NOT_SAID): 2,
        ('a-post', 'news.example'): 1,
    }


# --- In memory ---------------------------------------------------------------------------------------------


def test_made_up_sites_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(counting, 'MOST', 50)
    tally = Tally(lambda counts: None, every=3600)

    for number in range(10_000):
        tally.add('a-post', f'made-up-{number}.example')
    for number in range(10_000):
        tally.add(f'post-{number}', 'made-up.example')

    assert len(tally.counts) == 100
    assert tally.counts[ReadKey(days.today(), 'a-post', OTHERS)] == 9_950
    tally.flush()


def test_what_cannot_be_written_waits_and_is_written_once():
    written, away = [], [True]

    def write(counts):
        if away[0]:
            raise DatabaseError('away')
        written.append(dict(counts))

    tally = Tally(write, every=3600)
    tally.add('a-post', NOT_SAID)
    tally.flush()
    tally.add('a-post', NOT_SAID)
    away[0] = False
    tally.flush()
    tally.flush()

    assert written == [{ReadKey(days.today(), 'a-post', NOT_SAID): 2}]


def test_it_is_written_by_itself_a_while_after_the_first():
    written = threading.Event()
    tally = Tally(lambda counts: written.set(), every=0.01)

    tally.add('a-post', NOT_SAID)

    assert written.wait(10)


def test_a_day_ends_at_midnight_in_london(time_machine):
    tally = Tally(lambda counts: None, every=3600)
    for moment in (datetime(2027, 6, 1, 22, 59, tzinfo=UTC), datetime(2027, 6, 1, 23, 1, tzinfo=UTC)):
        time_machine.move_to(moment)
        tally.add('a-post', NOT_SAID)

    assert [key.day for key in tally.counts] == [date(2027, 6, 1), date(2027, 6, 2)]
    tally.flush()


# --- In the database ---------------------------------------------------------------------------------------


def rows():
    return {(row.post.slug, row.of_month, row.day, row.site): row.number for row in ReadCount.objects.all()}


def test_batches_are_added_up_by_whatever_address_the_post_had(society):
    post, today = make_post('Careful change'), days.today()
    writing.write(
        {ReadKey(today, 'careful-change', NOT_SAID): 2, ReadKey(today, 'careful-change', 'news.example'): 1}
    )
    addresses.change(post, 'more-careful', remember=True)

    writing.write(
        {
            ReadKey(today, 'careful-change', NOT_SAID): 1,
            ReadKey(today, 'more-careful', NOT_SAID): 4,
            ReadKey(today, 'tags', NOT_SAID): 9,
        }
    )

    assert rows() == {
        ('more-careful', False, today, NOT_SAID): 7,
        ('more-careful', False, today, 'news.example'): 1,
    }


def test_no_more_sites_of_a_post_and_day_are_kept_apart_than_twenty(society):
    make_post('Careful change')
    today = days.today()
    for batch in range(3):
        writing.write(
            {ReadKey(today, 'careful-change', f'made-up-{batch}-{n}.example'): 1 for n in range(500)}
            | {ReadKey(today, 'careful-change', 'made-up-0-499.example'): 9}
        )

    assert ReadCount.objects.count() == writing.MOST_SITES + 1
    assert ReadCount.objects.get(site='made-up-0-499.example').number == 27
    assert ReadCount.objects.aggregate(sum=Sum('number'))['sum'] == 508 + 2 * 509


def test_days_become_months_and_months_go(society):
    post, today = make_post('Careful change'), days.today()
    old, month = date(2026, 1, 5), date(2026, 1, 1)
    now = datetime(2026, 11, 29, tzinfo=UTC)
    for day, of_month, site, number in (
        (old, False, 'news.example', 2),
        (old + timedelta(days=1), False, 'news.example', 3),
        (month, True, 'news.example', 4),
        (date(2026, 11, 28), False, NOT_SAID, 5),
        (date(2023, 1, 1), True, NOT_SAID, 6),
    ):
        ReadCount.objects.create(post=post, day=day, of_month=of_month, site=site, number=number)

    reads.forget(now)
    reads.forget(now)

    assert rows() == {
        ('careful-change', True, month, 'news.example'): 9,
        ('careful-change', False, date(2026, 11, 28), NOT_SAID): 5,
    }
    assert today


# --- Who is told -------------------------------------------------------------------------------------------


def count(post, number, site=NOT_SAID, day=None):
    ReadCount.objects.create(post=post, day=day or days.today(), site=site, number=number)


def test_numbers_are_told_in_steps_and_what_is_few_is_not_told(society):
    post = make_post('Careful change')
    for site, number in (
        (NOT_SAID, 13),
        ('news.example', 9),
        ('somebody.example', 4),
        (OTHERS, 2),
        (FOR_A_CHAT, 6),
    ):
        count(post, number, site)
    count(make_post('Hardly read'), 4)

    found = reads.of_post(post)
    days_, months, sites = reads.plots_of(found)

    assert (days_.number, months.number, found.chats_told) == ('25', '25', '5')
    assert days_.rows[-1] == (days.in_words(days.today()), '25')
    assert days_.rows[0][1] == 'fewer than 5'
    assert sites.rows == [('Not said', '10'), ('news.example', '5'), ('Other sites', '5')]
    assert reads.plots_of(reads.of_post(Post.objects.get(slug='hardly-read'))) == []
    assert [(post.slug, number) for post, number in reads.of_all().posts_told] == [('careful-change', '25')]


def test_where_no_day_has_enough_to_be_told_weeks_are(society):
    post = make_post('Careful change')
    for back in (0, 1, 2):
        count(post, 3, day=days.today() - timedelta(days=back))

    lately, *_ = reads.plots_of(reads.of_post(post))

    assert (lately.title, lately.number) == ('By week', '5')
    assert [number for _, number in lately.rows] == ['fewer than 5'] * 3 + ['5']


@pytest.fixture
def printed(author, coauthor, organisation):
    post = make_post('Careful change', people=(author, coauthor), organisation=organisation)
    for back in range(10):
        count(post, 7, day=days.today() - timedelta(days=back))
    return post


def test_its_authors_and_the_desk_read_how_often_and_nobody_else(
    printed, author, coauthor, stranger, editor, signed_in, client
):
    submission = printed.submission
    path = reverse('submission_reads', args=[submission.pk])
    desk = reverse('admin:desk_reads_of', args=[submission.pk])

    for person in (author, coauthor):
        page = signed_in(person).get(path).content.decode()
        assert 'At least <strong>70</strong> reads' in page
        assert 'By day' in page
    assert signed_in(stranger).get(path).status_code == 404
    assert client.get(path).status_code == 302
    assert signed_in(editor).get(path)['Location'] == desk
    assert 'At least <strong>70</strong> reads' in signed_in(editor).get(desk).content.decode()
    assert 'Careful change' in signed_in(editor).get(reverse('admin:desk_reads')).content.decode()
    assert signed_in(author).get(reverse('admin:desk_reads')).status_code == 403
    assert signed_in(stranger).get(path).status_code == 404


def test_of_what_is_not_out_nothing_is_told_and_what_was_taken_down_still_is(
    printed, author, editor, signed_in
):
    draft = make_submission(author)
    assert signed_in(author).get(reverse('submission_reads', args=[draft.pk])).status_code == 404
    assert 'reads' not in signed_in(author).get(draft.get_absolute_url()).content.decode()

    workflow.take_down(printed.submission, by=editor, reason='Asked by its author.')

    page = signed_in(author).get(reverse('submission_reads', args=[printed.submission_id])).content.decode()
    assert 'which is taken down' in page
    assert 'At least <strong>70</strong> reads' in page


def test_main_contacts_read_what_is_read_of_their_organisation(
    printed, author, coauthor, organisation, signed_in
):
    other = make_organisation('Elsewhere')
    make_membership(other)
    for place, person in ((organisation, author), (other, coauthor)):
        offices.appoint(place, by=None, person=person, role='main')
    path = reverse('organisation_reads', args=[organisation.pk])

    page = signed_in(author).get(path).content.decode()

    assert 'At least <strong>70</strong> reads' in page
    assert 'Careful change' in page
    assert signed_in(coauthor).get(path).status_code in (403, 404)
    assert (
        'Too little'
        in signed_in(coauthor).get(reverse('organisation_reads', args=[other.pk])).content.decode()
    )


@pytest.mark.parametrize(('name', 'most'), [('admin:desk_reads', 14), ('organisation_reads', 14)])
def test_it_asks_no_more_of_many_posts(
    printed, author, editor, organisation, signed_in, name, most, django_assert_max_num_queries
):
    offices.appoint(organisation, by=None, person=author, role='main')
    client = signed_in(editor if name.startswith('admin') else author)
    path = reverse(name, args=[organisation.pk] if name == 'organisation_reads' else [])
    for number in range(5):
        other = make_post(f'Post {number}', people=(author,), organisation=organisation)
        for site in range(8):
            count(other, 9, f'site-{site}.example')
    client.get(path)

    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


# --- Two processes -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_web_servers_count_the_same_post_and_write_when_they_are_stopped(society, site):
    make_post('Careful change', published_at=timezone.now() - timedelta(days=2))
    webs = [site.web(), site.web()]

    def read(number):
        connection = http.client.HTTPConnection('127.0.0.1', webs[number % 2].port, timeout=30)
        headers = {name.removeprefix('HTTP_').replace('_', '-'): value for name, value in FIREFOX.items()}
        del headers['HOST']
        connection.request('GET', '/blog/careful-change/', headers=headers)
        return connection.getresponse().status

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(read, range(40))) == {200}
    for web in webs:
        web.process.send_signal(signal.SIGTERM)
    for web in webs:
        web.process.wait(30)

    assert [row.number for row in ReadCount.objects.all()] == [40]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_counts_at_once_neither_waits_for_the_other_for_ever(society):
    posts = [make_post(f'Post {number}') for number in range(4)]
    keys = [
        ReadKey(days.today(), post.slug, f'site-{number}.example') for post in posts for number in range(10)
    ]

    def write(backwards):
        for _ in range(10):
            counting._write(dict.fromkeys(reversed(keys) if backwards else keys, 1))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (False, True)))

    assert {row.number for row in ReadCount.objects.all()} == {20}
    assert ReadCount.objects.count() == len(keys)
