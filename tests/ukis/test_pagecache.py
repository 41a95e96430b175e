"""Whole pages kept for visitors: to the byte what Django says now, whatever has changed since."""

import threading
import time
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.urls import reverse
from django.utils import timezone

from blog.models import Byline, Post, ShelfCount, Shelved, State, Version
from blog.shelves import relating
from members.models import Organisation, Person
from tests.conftest import make_membership, make_organisation, make_person, make_post, make_submission
from tests.shown import SHOWN, changes
from tests.wsgi import ask
from ukis import changes as told
from ukis import pictures
from ukis.days import LONDON
from ukis.demonstration.pictures import draw
from ukis.letters.models import Letter
from ukis.pagecache import trails, triggers
from ukis.pagecache.entries import Entry, Made, Room
from ukis.pagecache.generation import ByDjango, Followed, Mark, Stand
from ukis.pagecache.models import Change
from ukis.pagecache.serving import PageCache
from ukis.pictures.models import Picture
from ukis.remembered import PARTS
from ukis.society.models import Page, Society
from ukis.tags.models import Tag, TaggedItem

pytestmark = pytest.mark.django_db


class Counting(WSGIHandler):
    """The site, and what it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def __call__(self, environ, start):
        self.asked.append(environ['PATH_INFO'])
        return super().__call__(environ, start)


@pytest.fixture
def django():
    """Asked inside the test's transaction, whose connection is not to be closed after each answer."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Counting()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def cache(django):
    PARTS.forget()
    return PageCache(django, most=16_000_000, check=ByDjango())


@pytest.fixture
def everywhere(shown, author, organisation):
    """All addresses of public pages that may be kept."""
    post = Post.objects.get()
    at = timezone.localtime(post.published_at, LONDON)
    tag = Tag.objects.filter(slug='leadership').get()
    return [
        *shown,
        reverse('about'),
        reverse('contribute'),
        reverse('join'),
        reverse('organisations') + '?nation=scotland',
        reverse('organisations') + '?from=m',
        reverse('organisations') + '?nation=wales&kind=charity&from=a',
        reverse('tags') + '?from=l',
        reverse('person', args=[author.slug]),
        reverse('author', args=[author.slug]),
        tag.get_absolute_url(),
        f'{reverse("blog")}?tag=leadership',
        f'{reverse("blog")}?tag=leadership&tag=scaling',
        reverse('archive_year', args=[at.year]),
        reverse('archive_month', args=[at.year, at.month]),
        *(reverse(name, args=[post.slug]) for name in ('post_bibtex', 'post_ris')),
        *(reverse(name) for name in ('feed_rss', 'feed_json')),
        *(reverse(f'tag_{name}', args=[tag.slug]) for name in ('feed', 'feed_rss', 'feed_json')),
        *(reverse(f'author_{name}', args=[author.slug]) for name in ('feed', 'feed_rss', 'feed_json')),
        *(reverse(f'series_{name}', args=['ten-years-on']) for name in ('feed', 'feed_rss', 'feed_json')),
        *(reverse(f'api_{name}') for name in ('posts', 'tags', 'organisations', 'people', 'openapi')),
        f'{reverse("api_posts")}?tag=leadership&full=yes',
        f'{reverse("api_posts")}?tag=leadership&tag=scaling',
        f'{reverse("api_posts")}?author={author.slug}',
        f'{reverse("api_posts")}?organisation={organisation.slug}',
        reverse('api_post', args=[post.slug]),
        reverse('api_tag', args=[tag.slug]),
        reverse('api_organisation', args=[organisation.slug]),
        reverse('api_person', args=[author.slug]),
        '/sitemap.xml',
        *(
            f'/sitemap-{name}.xml'
            for name in ('pages', 'posts', 'tags', 'series', 'authors', 'organisations')
        ),
    ]


@pytest.fixture
def kept(cache, django, everywhere):
    """All of them kept."""
    at_once()
    for address in everywhere:
        assert ask(cache, address).status == 200, address
    django.asked.clear()
    for address in everywhere:
        ask(cache, address)
    assert django.asked == []
    return cache


def at_once():
    """What PostgreSQL does last in a transaction, now; and what follows as if in another."""
    connection.check_constraints()
    if connection.vendor == 'postgresql':
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('ukis.generation', '', true)")


def all_agree(kept, django, addresses):
    """Whoever asks, the next one, and Django."""
    at_once()
    for address in addresses:
        three = [ask(site, address) for site in (kept, kept, django)]
        for said in three:
            said.headers.pop('last-modified', None)  # two seconds after the change it is said, and not before
        assert three[0] == three[1] == three[2], address


def remade(cache, django, addresses):
    """Which of the pages Django makes anew."""
    django.asked.clear()
    return [address for address in addresses if ask(cache, address) and _was_asked(django)]


def _was_asked(django):
    asked = bool(django.asked)
    django.asked.clear()
    return asked


# --- To the byte ----------------------------------------------------------------------------------------


def test_what_is_kept_is_what_django_says(kept, django, everywhere):
    codings = ('', 'gzip', 'br', 'zstd', 'gzip;q=0.5, br;q=0.9', 'deflate', 'identity')
    for coding, address in product(codings, everywhere):
        ask(kept, address, HTTP_ACCEPT_ENCODING=coding)
        django.asked.clear()
        said = ask(kept, address, HTTP_ACCEPT_ENCODING=coding)
        assert django.asked == [], (coding, address)
        assert said == ask(django, address, HTTP_ACCEPT_ENCODING=coding), (coding, address)
        assert 'content-security-policy' in said.headers


def test_head_is_answered_with_the_same_headers_and_nothing_else(kept, django, everywhere):
    for address in everywhere:
        django.asked.clear()
        said = ask(kept, address, 'HEAD')
        assert django.asked == []
        assert said.body == b''
        assert said.headers == ask(django, address).headers


def test_whoever_has_it_already_is_told_so(kept, django, everywhere):
    for address in everywhere:
        etag = ask(kept, address).headers['etag']
        plain = etag.removeprefix('W/')
        for given in (etag, plain, f'"other", {etag}', '*'):
            said = ask(kept, address, HTTP_IF_NONE_MATCH=given)
            assert (said.status, said.body) == (304, b'')
            assert said == ask(django, address, HTTP_IF_NONE_MATCH=given)
        django.asked.clear()
        assert ask(kept, address, HTTP_IF_NONE_MATCH=etag).status == 304
        assert django.asked == []
        for given in ('"other"', 'no etag at all', ''):
            assert ask(kept, address, HTTP_IF_NONE_MATCH=given).status == 200


def test_a_date_is_answered_as_django_answers_it(kept, django):
    feed = reverse('feed')
    date = ask(kept, feed).headers['last-modified']

    for given in (date, 'Mon, 01 Jan 2001 00:00:00 GMT', 'no date'):
        assert ask(kept, feed, HTTP_IF_MODIFIED_SINCE=given) == ask(
            django, feed, HTTP_IF_MODIFIED_SINCE=given
        )
    assert ask(kept, feed, HTTP_IF_MODIFIED_SINCE=date).status == 304


def test_a_feed_that_changed_is_told_to_all_its_readers_from_memory(kept, django):
    """Who sends a date beside a tag asks by the tag alone."""
    feed = reverse('feed')
    date = ask(kept, feed).headers['last-modified']
    asked = {'HTTP_IF_MODIFIED_SINCE': date, 'HTTP_IF_NONE_MATCH': '"of before"'}
    django.asked.clear()

    said = ask(kept, feed, **asked)

    assert django.asked == []
    assert (said.status, said) == (200, ask(django, feed, **asked))


def test_what_leads_on_from_a_post_shows_at_once(kept, django, author):
    address = Post.objects.get().get_absolute_url()
    other = make_post('Another', people=(author,), published_at=timezone.now() - timedelta(days=9))
    all_agree(kept, django, [address])
    relating.keep_up(timezone.now())
    all_agree(kept, django, [address])
    assert b'Related posts' in ask(kept, address, HTTP_ACCEPT_ENCODING='').body

    Version.objects.filter(pk=other.version_id).update(title='Renamed')
    all_agree(kept, django, [address])
    assert ask(kept, address, HTTP_ACCEPT_ENCODING='').body.count(b'Renamed') == 3  # earlier, related, recent

    Post.objects.filter(pk=other.pk).update(archived_at=timezone.now())
    all_agree(kept, django, [address])
    assert b'Renamed' not in ask(kept, address, HTTP_ACCEPT_ENCODING='').body


# --- Exact ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize('model', [*SHOWN, TaggedItem, Shelved, ShelfCount], ids=lambda model: model.__name__)
def test_whatever_changes_in_any_column_shows_on_the_next_request(kept, django, everywhere, model):
    pages = {address: ask(kept, address) for address in everywhere}
    plain, queried = dict(kept.plain._kept), dict(kept.queried._kept)
    values, state = dict(kept._values), kept.followed.state
    seen = 0
    for row in model._base_manager.order_by('pk')[:2]:
        for name, new in changes(row):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{name: new})
                    at_once()
                    for address in everywhere:
                        said = ask(kept, address)
                        anew = ask(django, address)
                        assert said == anew or said.status == anew.status == 500, (
                            f'{model.__name__}.{name} on {address}'
                        )
                        seen += said != pages[address]
                    transaction.set_rollback(True)
            except DatabaseError:
                pass  # a rule of the database's own
            # As before it, numbers included: they went back with the change.
            for made in (*plain.values(), *queried.values(), *values.values()):
                made.seen = made.state.mark.n
            kept.plain._kept.update(plain)
            kept.queried._kept.update(queried)
            kept._values, kept._turn = dict(values), (None, 0.0)
            kept.followed.state = Stand(state.mark, state.epoch)
    assert seen > 0 or model not in (Post, Version, Byline, Person, Organisation, Society, Page, Tag, Picture)


def test_what_is_new_or_gone_shows_on_the_next_request(kept, django, everywhere, author, organisation):
    def agree():
        at_once()
        for address in everywhere:
            # A feed that has just changed is another two seconds later: as it is before or after.
            before, said = ask(django, address), ask(kept, address)
            assert said in (before, ask(django, address)), address

    make_post(
        'A second post', people=(author,), organisation=organisation, tags=('leadership', 'Newly found')
    )
    agree()
    make_membership(make_organisation('Abbey of Change', nations=['scotland']))
    agree()
    Page.objects.create(title='Principles', address='principles', body='<p>Kind.</p>', published=True)
    agree()
    post = Post.objects.get(slug='a-second-post')
    post.corrections.create(note='A word was wrong.')
    Post.objects.filter(pk=post.pk).update(revised_at=timezone.now())
    agree()
    post.tags.set(['scaling'])
    post.shelve()
    agree()
    post.bylines.all().delete()
    post.shelve()
    agree()
    organisation.earlier_names.create(name='Institute of Haste')
    agree()
    Page.objects.filter(address='principles').delete()
    agree()


def test_a_picture_that_comes_after_its_words_shows(cache, django, society, author):
    """A page of before comes to it by its hash, and not by a row that leads to it."""
    picture = pictures.accept(SimpleUploadedFile('drawing.jpg', draw('a seed', 90, 60)), author)
    body = f'<p><img src="/media/{picture.file.name}" alt="A seed"></p>'
    Page.objects.create(title='Seeds', address='seeds', body=body, published=True)
    Picture.objects.filter(pk=picture.pk).delete()
    at_once()
    address = reverse('page', args=['seeds'])
    before = ask(cache, address)
    picture.save(force_insert=True)
    at_once()

    assert ask(cache, address) == ask(django, address) != before


def test_whoever_is_new_and_listed_nowhere_changes_no_sitemap(cache, django, shown, author):
    """Sitemaps are cut by keys: one with a far higher key would be on another page of them."""
    addresses = ['/sitemap.xml', *(f'/sitemap-{name}.xml' for name in ('tags', 'authors', 'organisations'))]
    at_once()
    remade(cache, django, addresses)
    Person.objects.create(pk=author.pk + 3000, name='New', given_names='New', family_name='N', slug='new')
    Organisation.objects.create(pk=author.pk + 3000, name='New', slug='new')
    Tag.objects.create(pk=author.pk + 3000, name='New')
    at_once()

    for address in addresses:
        assert ask(cache, address) == ask(django, address), address


def test_one_corrected_post_does_not_empty_the_others(cache, django, society):
    people = [make_person(f'Writer {number}') for number in range(8)]
    start = timezone.now() - timedelta(days=400)
    posts = [
        make_post(
            f'Post {number}',
            people=(person,),
            tags=(f'tag-{number}',),
            published_at=start + timedelta(days=number),
        )
        for number, person in enumerate(people)
    ]
    addresses = [post.get_absolute_url() for post in posts] + [reverse('archive'), reverse('tags')]
    at_once()
    remade(cache, django, addresses)
    corrected = posts[0]

    words = Version.objects.get(pk=corrected.version_id)
    words.pk, words.number, words.title = None, words.number + 1, 'Corrected'
    words.save(force_insert=True)
    Post.objects.filter(pk=corrected.pk).update(
        version=words, revised_at=timezone.now(), touched_at=timezone.now()
    )
    corrected.bylines.update(role='Reader')
    at_once()

    assert remade(cache, django, addresses) == [corrected.get_absolute_url()]


def test_what_nobody_reads_empties_nothing(
    editor, cache, kept, django, everywhere, author, signed_in, client
):
    submission = make_submission(author)
    make_submission(author, State.IN_REVIEW, editor=editor)
    signed_in(author)
    Person.objects.filter(pk=author.pk).update(last_login=timezone.now())
    submission.messages.create(by=author, text='Any news?')
    at_once()

    assert Letter.objects.exists()
    assert remade(kept, django, everywhere) == []
    make_person('Newly Joined')
    at_once()
    assert remade(kept, django, everywhere) == ['/sitemap.xml', '/sitemap-authors.xml']  # cut by keys


def test_a_page_that_reads_what_nobody_tells_of_is_not_kept(cache, django, shown, monkeypatch):
    monkeypatch.delitem(told.SHOWN, 'blog_correction')
    trails._statement.cache_clear()
    address = Post.objects.get().get_absolute_url()
    Post.objects.update(revised_at=timezone.now())

    assert [remade(cache, django, [address]) for _ in range(2)] == [[address]] * 2
    trails._statement.cache_clear()


@pytest.fixture
def clock(monkeypatch):
    """Sets the time for pages and for what is kept alike."""

    def turn(at: datetime) -> None:
        monkeypatch.setattr(timezone, 'now', lambda: at)
        monkeypatch.setattr(time, 'time', at.timestamp)
        monkeypatch.setattr('ukis.pagecache.serving.now', lambda: at)

    return turn


def test_a_page_turns_at_the_second_a_post_goes_out(cache, django, society, clock):
    out = timezone.now() + timedelta(hours=3)
    clock(out - timedelta(seconds=2))
    make_post('Soon out', published_at=out)
    at_once()

    before = ask(cache, '/', HTTP_ACCEPT_ENCODING='')
    ask(cache, '/')
    assert remade(cache, django, ['/']) == []
    clock(out)
    after = ask(cache, '/', HTTP_ACCEPT_ENCODING='')

    assert b'Soon out' not in before.body
    assert b'Soon out' in after.body


@pytest.mark.parametrize('day', [datetime(2026, 7, 1, tzinfo=LONDON), datetime(2026, 12, 1, tzinfo=LONDON)])
def test_a_page_turns_at_midnight_in_london_and_not_before(cache, django, society, clock, day):
    clock(day - timedelta(minutes=61))
    ask(cache, '/organisations/')
    clock(day - timedelta(seconds=1))
    assert remade(cache, django, ['/organisations/']) == []
    clock(day)

    assert remade(cache, django, ['/organisations/']) == ['/organisations/']


def test_what_is_forgotten_of_the_changes_is_not_believed_either(cache, django, shown):
    remade(cache, django, shown)
    Version.objects.update(title='Changed')
    at_once()
    with connection.cursor() as cursor:
        cursor.execute('UPDATE ukis_generation SET floor = n + 1')
        cursor.execute('DELETE FROM ukis_change')

    for address in shown:
        assert ask(cache, address) == ask(django, address)


def test_changes_are_not_kept_for_ever(cache, django, shown, monkeypatch):
    remade(cache, django, shown)
    Version.objects.update(title='Changed')
    at_once()
    monkeypatch.setattr(triggers, 'KEPT', 0)
    triggers.forget_old_changes()

    assert not Change.objects.exists()
    for address in shown:
        assert ask(cache, address) == ask(django, address)


def test_very_many_changes_are_not_listened_to_one_by_one(cache, django, shown, monkeypatch):
    remade(cache, django, shown)
    before = cache.followed.now()
    monkeypatch.setattr(Followed, 'MOST', 10)
    for number in range(20):
        Page.objects.create(title=f'{number}', address=f'page-{number}', body='')
    Page.objects.update(body='Changed')
    at_once()

    after = cache.followed.now()

    assert (after.epoch, after.changed) == (before.epoch + 1, {})
    for address in shown:
        assert ask(cache, address) == ask(django, address)


def test_who_began_before_all_was_forgotten_still_knows_what_had_changed(cache, django, shown):
    """Another thread forgets in the middle of a request: what it made of before is not right again by that."""
    remade(cache, django, ['/'])
    Society.objects.update(name='Changed')
    at_once()
    began = cache.followed.now()
    cache.followed._forget(Mark('another', 1))
    (entry,) = cache.plain._kept.values()

    assert not entry.is_right(began, began.changed)
    assert cache.followed.state.changed == {}


@pytest.mark.parametrize('column', ['open', 'row'])
def test_while_tables_are_changed_nothing_is_kept(cache, django, shown, column):
    remade(cache, django, shown)
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE ukis_generation SET open = %s' if column == 'open' else 'DELETE FROM ukis_generation',
            *([[False]] if column == 'open' else []),
        )

    assert remade(cache, django, shown) == shown


# --- By whom ----------------------------------------------------------------------------------------------


NOT_KEPT = (
    {'HTTP_COOKIE': 'sessionid=x'},
    {'HTTP_COOKIE': 'theme=dark'},
    {'HTTP_AUTHORIZATION': 'Basic eA=='},
    {'HTTP_HOST': 'localhost:81'},
    {'HTTP_HOST': 'other.example'},
    {'HTTP_IF_MATCH': '"x"'},
    {'CONTENT_LENGTH': '3'},
    {'SCRIPT_NAME': '/elsewhere'},
    {'QUERY_STRING': 'utm_source=x'},
    {'QUERY_STRING': 'page=1&tag=leadership'},
    {'QUERY_STRING': 'page=1&page=2'},
    {'QUERY_STRING': 'page=%31'},
    {'QUERY_STRING': 'tag=a&amp;b'},
    {'REQUEST_METHOD': 'POST'},
    {'PATH_INFO': '/blog//'},
    {'PATH_INFO': '/blog/none-such/'},
    {'PATH_INFO': '/account/login/'},
    {'PATH_INFO': '/health/'},
)


def test_these_are_asked_of_django_and_leave_nothing_behind(cache, django, shown):
    for environ in NOT_KEPT:
        for _ in range(2):
            django.asked.clear()
            ask(cache, '/blog/', **environ)
            assert django.asked, environ
        assert len(cache.plain) == len(cache.queried) == 0, environ


SENT = (
    {'HTTP_X_FORWARDED_HOST': 'evil.example'},
    {'HTTP_X_FORWARDED_PROTO': 'https'},
    {'HTTP_X_FORWARDED_FOR': '203.0.113.1'},
    {'HTTP_ACCEPT': 'application/json'},
    {'HTTP_ACCEPT_LANGUAGE': 'cy'},
    {'HTTP_RANGE': 'bytes=0-10'},
    {'HTTP_X_ORIGINAL_URL': '/account/'},
    {'HTTP_REFERER': 'https://evil.example/'},
    {'HTTP_USER_AGENT': '<script>'},
    {'CONTENT_TYPE': 'text/plain; charset=utf-7'},
    {'REMOTE_ADDR': '203.0.113.1'},
)


def test_nothing_that_a_visitor_sends_gets_into_what_others_are_shown(django, shown):
    """Whoever comes first."""
    for environ in SENT:
        PARTS.forget()
        cache = PageCache(django, most=16_000_000, check=ByDjango())
        for address in shown:
            said = ask(cache, address, **environ)
            django.asked.clear()
            assert ask(cache, address) == said, (environ, address)
            assert django.asked == [], (environ, address)
            assert said == ask(django, address), (environ, address)


def test_plain_and_secure_pages_are_kept_apart(cache, django, shown):
    plain, secure = (ask(cache, '/blog/feed/', **{'wsgi.url_scheme': scheme}) for scheme in ('http', 'https'))

    assert secure == ask(django, '/blog/feed/', **{'wsgi.url_scheme': 'https'})
    assert plain == ask(django, '/blog/feed/')
    assert plain != secure


def test_the_room_is_never_overfull_and_the_least_asked_for_goes_first(django, shown):
    cache = PageCache(django, most=600_000, check=ByDjango())
    tag = Tag.objects.get(slug='leadership')
    for number in range(60):
        make_post(f'Post {number}', tags=(f'Tag {number:02}',))
    at_once()
    addresses = [post.get_absolute_url() for post in Post.objects.all()]
    for address in addresses:
        ask(cache, tag.get_absolute_url())
        ask(cache, address)

    assert 5 < len(cache.plain) < 50
    assert cache.plain.weight <= 450_000
    assert cache.plain.weight == sum(entry.weight for entry in cache.plain._kept.values())
    assert remade(cache, django, [tag.get_absolute_url(), addresses[-1]]) == []
    assert remade(cache, django, addresses[:1]) == addresses[:1]


def test_addresses_with_a_query_do_not_push_out_the_others(django, shown):
    cache = PageCache(django, most=1_200_000, check=ByDjango())
    remade(cache, django, ['/blog/'])
    for number in range(40):
        make_post(f'Post {number}', tags=(f'Tag {number:02}',))
    at_once()
    remade(cache, django, ['/blog/'])
    for number in range(40):
        address = f'/blog/?tag=tag-{number:02}'
        assert ask(cache, address).status == 200

    assert 1 <= len(cache.queried) < 35
    assert cache.queried.weight <= 300_000
    assert remade(cache, django, ['/blog/']) == []


def test_what_does_not_fit_is_not_kept():
    room = Room(most=100_000)
    state = Stand(Mark('era', 1), 1)
    made = {
        'rows': frozenset(),
        'shared': frozenset(),
        'state': state,
        'until': 0.0,
        'status': '200 OK',
        'headers': [],
    }
    room.put('large', Entry(body=b'x' * 10_000, **made))
    room.put('small', Entry(body=b'x' * 100, **made))

    assert (room.get('large'), len(room)) == (None, 1)


def test_what_was_made_is_right_until_something_of_it_changes():
    def state(n, epoch=1):
        return Stand(Mark('era', n), epoch)

    made = Made(
        rows=frozenset(['blog_post 1']),
        shared=frozenset([frozenset(['ukis_page+'])]),
        state=state(5),
        until=time.time() + 100,
    )
    assert made.is_right(state(5), {})
    assert made.is_right(state(9), {'blog_post 1': 5, 'blog_post 2': 9, 'ukis_page+': 4})
    assert not made.is_right(state(10), {'blog_post 1': 10})
    assert not made.is_right(state(10), {'ukis_page+': 6})
    assert not made.is_right(state(5, epoch=2), {})


def test_many_who_miss_one_page_have_it_made_once(django, monkeypatch, settings):
    """One makes it, and the others are given the same."""
    begun, go = threading.Event(), threading.Event()

    def site(environ, start):
        django.asked.append(environ['PATH_INFO'])
        begun.set()
        go.wait(10)
        start('200 OK', [('Cache-Control', 'public'), ('Content-Type', 'text/html')])
        return [b'made once']

    class Still:
        def mark(self):
            return Mark('era', 1)

    monkeypatch.setattr('ukis.pagecache.serving.next_turn', lambda at: at + timedelta(hours=1))
    cache, said = PageCache(site, most=1_000_000, check=Still()), []
    visitors = [threading.Thread(target=lambda: said.append(ask(cache, '/blog/').body)) for _ in range(6)]
    for visitor in visitors:
        visitor.start()
    begun.wait(10)
    time.sleep(0.2)
    go.set()
    for visitor in visitors:
        visitor.join(10)

    assert said == [b'made once'] * 6
    assert django.asked == ['/blog/']


def test_what_many_pages_share_is_asked_for_once(cache, shown, django_assert_num_queries):
    """Pages that are made anew each time, but for one question after the number. For pictures inside the words there
    is one more."""
    Version.objects.update(body='<p>Words.</p>')
    for address, queries in (
        ('/blog/in-print/', 3),
        ('/', 4),  # an old address may be one with a query
        ('/blog/', 2),
        ('/blog/?tag=leadership', 2),
        ('/blog/?tag=leadership&tag=scaling', 3),
        ('/blog/tags/', 1),
        ('/blog/tags/leadership/', 4),
        ('/blog/series/ten-years-on/', 4),
        ('/blog/archive/', 2),
        ('/organisations/', 1),
        ('/blog/feed/', 3),
    ):
        anew = f'{address}&anew=1' if '?' in address else f'{address}?anew=1'
        assert ask(cache, anew).status == 200

        with django_assert_num_queries(queries + 1, info=address):
            ask(cache, anew)


def test_a_page_that_fails_is_shown_and_not_kept(cache, django, shown, monkeypatch):
    monkeypatch.setattr('blog.shelves.listing.page_of', None)

    assert ask(cache, '/blog/').status == 500
    monkeypatch.undo()
    assert ask(cache, '/blog/').status == 200


def test_odd_choices_in_the_directory_do_not_fill_the_room(shown, cache, organisation):
    organisation.topics.set(['One'])
    Organisation.objects.filter(pk=organisation.pk).update(nations=['wales', 'england'], kind='charity')
    at_once()

    def kept_after(query):
        before = len(cache.queried) + len(cache.plain)
        ask(cache, f'/organisations/{query}')
        return len(cache.queried) + len(cache.plain) - before

    usual = ('', '?nation=wales', '?nation=wales&kind=charity&topic=one', '?from=c', '?nation=wales&from=i')
    odd = (
        *('?nation=wales&nation=england', '?topic=nothing', '?q=centre', '?from=qwertz', '?kind=guild'),
        *('?kind=charity&nation=wales', '?nation=wales&nation=wales&topic=one&topic=two'),
    )
    assert {query: kept_after(query) for query in usual} == dict.fromkeys(usual, 1)
    assert {query: kept_after(query) for query in odd} == dict.fromkeys(odd, 0)
