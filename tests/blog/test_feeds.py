"""Feeds in three formats: whole posts, absolute addresses, the same identities for ever."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog import workflow
from blog.models import Post
from tests.conftest import make_organisation, make_person, make_post
from ukis.society.models import Society

pytestmark = pytest.mark.django_db

ATOM = '{http://www.w3.org/2005/Atom}'
CONTENT = '{http://purl.org/rss/1.0/modules/content/}encoded'
BODY = '<p><a href="/blog/">This</a><sup><a href="#fn-1">1</a></sup>.</p><ol><li id="fn-1">Why.</li></ol>'


@pytest.fixture(autouse=True)
def _known_content_types(society):
    ContentType.objects.get_for_model(Post)


def content_of(client, kind, base='/blog/'):
    """The content of the first entry, and its identity, in one of the formats."""
    if kind == 'json':
        item = json.loads(client.get(f'{base}feed.json').content)['items'][0]
        return item['content_html'], item['id']
    if kind == 'rss':
        item = ElementTree.fromstring(client.get(f'{base}feed/rss/').content).find('channel/item')
        return item.findtext(CONTENT), item.findtext('guid')
    entry = ElementTree.fromstring(client.get(f'{base}feed/').content).find(f'{ATOM}entry')
    return entry.findtext(f'{ATOM}content'), entry.findtext(f'{ATOM}id')


@pytest.mark.parametrize('kind', ['atom', 'rss', 'json'])
def test_a_feed_carries_the_whole_post_and_the_lines_under_it(client, society, kind):
    society.licence = 'Quote it freely.'
    society.save()
    person = make_person('Ada Author', biography='Ada studies change.')
    make_post(
        'Whole',
        people=(person,),
        organisation=make_organisation('Institute of Care'),
        body=BODY,
        published_at=datetime(2025, 3, 4, tzinfo=UTC),
    )

    content, _ = content_of(client, kind)

    assert 'What whole is about.' in content
    assert 'Ada Author' in content
    assert 'Institute of Care' in content
    assert 'Ada studies change.' in content
    assert society.views_own in content
    assert '© UK Implementation Society, 2025. Quote it freely.' in content
    assert 'blogs@society.example' in content
    addresses = re.findall(r'(?:href|src)="([^"]+)"', content)
    assert all(address.startswith(('http://testserver/', 'mailto:')) for address in addresses)
    assert 'http://testserver/blog/whole/#fn-1' in addresses


@pytest.mark.parametrize('kind', ['atom', 'rss', 'json'])
def test_an_identity_outlives_the_title_and_the_address(client, chief, kind):
    post = make_post('First title')
    _, before = content_of(client, kind)
    workflow.readdress(post, by=chief, slug='second-address')
    type(post.version).objects.filter(pk=post.version_id).update(title='Second title')

    _, after = content_of(client, kind)

    assert before == after
    assert before.startswith('urn:uuid:')


@pytest.mark.parametrize('kind', ['atom', 'rss', 'json'])
def test_a_tag_and_an_author_have_feeds_of_their_own(client, kind):
    person = make_person('Ada Author')
    make_post('Mine', people=(person,), tags=('coaching',))
    make_post('Theirs', tags=('equity',), published_at=timezone.now() - timedelta(hours=1))

    assert 'What mine is about.' in content_of(client, kind, '/blog/tags/coaching/')[0]
    assert 'What mine is about.' in content_of(client, kind, '/blog/authors/ada-author/')[0]
    assert 'What theirs is about.' in content_of(client, kind)[0]


def test_a_feed_holds_the_newest_twenty_live_posts(client):
    for number in range(22):
        make_post(f'Post {number}', published_at=timezone.now() - timedelta(days=number + 1))
    make_post('To come', published_at=timezone.now() + timedelta(days=1))

    feed = json.loads(client.get('/blog/feed.json').content)

    assert [item['title'] for item in feed['items']] == [f'Post {number}' for number in range(20)]
    assert feed['feed_url'] == 'http://testserver/blog/feed.json'


def test_types_are_those_that_readers_expect(client):
    make_post()

    assert client.get('/blog/feed/')['Content-Type'].startswith('application/atom+xml')
    assert client.get('/blog/feed/rss/')['Content-Type'].startswith('application/rss+xml')
    assert client.get('/blog/feed.json')['Content-Type'].startswith('application/feed+json')


def test_an_empty_feed_is_a_feed_and_does_not_change_with_the_clock(client):
    for address in ('/blog/feed/', '/blog/feed/rss/', '/blog/feed.json'):
        assert client.get(address).content == client.get(address).content


def test_a_feed_of_nobody_and_of_nothing_is_not_there(client):
    make_person('Never Wrote')

    for address in (
        '/blog/tags/none/feed/',
        '/blog/authors/none/feed/rss/',
        '/blog/authors/never-wrote/feed.json',
    ):
        assert client.get(address).status_code == 404


def test_addresses_begin_with_the_site_s_own_where_it_is_known(client, settings):
    settings.SITE_URL = 'https://society.example'
    make_post('Known')

    feed = client.get('/blog/feed/').content.decode()

    assert '<link href="https://society.example/blog/feed/" rel="self"' in feed
    assert 'testserver' not in feed


@pytest.mark.parametrize('address', ['/blog/feed/', '/blog/feed/rss/', '/blog/feed.json'])
@pytest.mark.parametrize('count', [1, 5])
def test_a_feed_asks_five_questions(client, django_assert_num_queries, count, address):
    """The Society, the posts, their bylines, their tags, their corrections."""
    for number in range(count):
        make_post(f'Post {number}', organisation=make_organisation())

    with django_assert_num_queries(5):
        assert client.get(address).status_code == 200


def test_a_control_character_breaks_no_feed(client):
    Society.objects.update_or_create(pk=1, defaults={'name': 'UK\x08-IS'})
    make_post('A title \uffffwith a slip', people=(make_person('Ada \x02Author'),), body='<p>Words\x0b.</p>')

    for address in ('/blog/feed/', '/blog/feed/rss/', '/blog/feed.json'):
        answer = client.get(address)
        assert answer.status_code == 200
        assert 'Ada Author' in answer.text
