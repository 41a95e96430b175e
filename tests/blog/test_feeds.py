"""Feeds in three formats: whole posts, absolute addresses, the same identities for ever."""

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.http import http_date

from blog import workflow
from blog.models import Post
from tests.conftest import make_organisation, make_person, make_post, make_submission
from ukis import addresses
from ukis.society.models import Society
from ukis.tags.models import Tag

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
def test_a_tag_an_author_and_an_organisation_have_feeds_of_their_own(client, kind):
    person = make_person('Ada Author')
    there = make_organisation('Institute for Careful Change')
    make_post('Mine', people=(person,), tags=('coaching',), organisation=there)
    make_post('Theirs', tags=('equity',), published_at=timezone.now() - timedelta(hours=1))

    assert 'What mine is about.' in content_of(client, kind, '/blog/tags/coaching/')[0]
    assert 'What mine is about.' in content_of(client, kind, '/blog/authors/ada-author/')[0]
    assert 'What mine is about.' in content_of(client, kind, there.get_absolute_url())[0]
    assert 'What theirs is about.' in content_of(client, kind)[0]


def test_feeds_of_an_organisation_that_is_called_otherwise_lead_to_today_s(client):
    there = make_organisation('Institute for Careful Change')
    make_post('Mine', organisation=there)
    former = there.get_absolute_url()
    addresses.change(there, 'careful-change', remember=True)

    for below in ('feed/', 'feed/rss/', 'feed/about/', 'feed.json'):
        answer = client.get(f'{former}{below}')

        assert (answer.status_code, answer['Location']) == (301, f'/organisations/careful-change/{below}')
        assert client.get(answer['Location']).status_code == 200


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
    make_organisation('Never Wrote', public=True)

    for address in (
        '/blog/tags/none/feed/',
        '/blog/authors/none/feed/rss/',
        '/blog/authors/never-wrote/feed.json',
        '/organisations/never-wrote/feed/',
        '/organisations/never-wrote/feed/about/',
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
    Post.objects.update(revised_at=timezone.now())

    with django_assert_num_queries(5):
        assert client.get(address).status_code == 200


def test_a_control_character_breaks_no_feed(client):
    Society.objects.update_or_create(pk=1, defaults={'name': 'UK\x08-IS'})
    make_post('A title \uffffwith a slip', people=(make_person('Ada \x02Author'),), body='<p>Words\x0b.</p>')

    for address in ('/blog/feed/', '/blog/feed/rss/', '/blog/feed.json'):
        answer = client.get(address)
        assert answer.status_code == 200
        assert 'Ada Author' in answer.text


# --- Summaries ---

TITLE = 'Why <b and not &amp; — R&D\'s "targets"'
STANDFIRST = 'How <b>bold</b> are our "targets" when a <b and c> d, and is &lt;em&gt; a word?'


def shown(markup):
    """What a reader that takes a text for HTML shows of it: its text, as a parser of HTML reads it."""
    parts = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = parts.append
    parser.handle_starttag = lambda tag, attrs: parts.append(f'[{tag}]')
    parser.feed(markup)
    parser.close()
    return ''.join(parts)


def summary_of(client, kind, base='/blog/'):
    """Title and summary of the first entry as a reader of that format understands them."""
    if kind == 'json':
        item = json.loads(client.get(f'{base}feed.json').content)['items'][0]
        return item['title'], item['summary']
    if kind == 'rss':
        item = ElementTree.fromstring(client.get(f'{base}feed/rss/').content).find('channel/item')
        return item.findtext('title'), shown(item.findtext('description'))
    entry = ElementTree.fromstring(client.get(f'{base}feed/').content).find(f'{ATOM}entry')
    title, summary = entry.find(f'{ATOM}title'), entry.find(f'{ATOM}summary')
    assert title.get('type', 'text') == summary.get('type') == 'text'
    return title.text, summary.text


@pytest.mark.parametrize('kind', ['atom', 'rss', 'json'])
def test_signs_that_html_knows_are_shown_as_they_were_typed(client, kind):
    post = make_post('Signs', tags=('r&d <now>',))
    type(post.version).objects.filter(pk=post.version_id).update(title=TITLE, standfirst=STANDFIRST)

    assert summary_of(client, kind) == (TITLE, STANDFIRST)


def test_a_tag_described_with_signs_describes_its_feed_with_them(client):
    make_post('One', tags=('coaching',))
    Tag.objects.filter(slug='coaching').update(description='When a <b and c> d & e')

    rss = ElementTree.fromstring(client.get('/blog/tags/coaching/feed/rss/').content)
    atom = ElementTree.fromstring(client.get('/blog/tags/coaching/feed/').content)

    assert shown(rss.findtext('channel/description')) == 'When a <b and c> d & e'
    assert atom.findtext(f'{ATOM}subtitle') == 'When a <b and c> d & e'


def test_an_entry_says_its_language(client):
    post = make_post('Dwy iaith')
    type(post.version).objects.filter(pk=post.version_id).update(language='cy')

    atom = ElementTree.fromstring(client.get('/blog/feed/').content)
    rss = ElementTree.fromstring(client.get('/blog/feed/rss/').content)

    assert atom.find(f'{ATOM}entry').get('{http://www.w3.org/XML/1998/namespace}lang') == 'cy'
    assert rss.findtext('channel/item/{http://purl.org/dc/elements/1.1/}language') == 'cy'


# --- When it last changed ---


@pytest.mark.parametrize('address', ['/blog/feed/', '/blog/feed/rss/', '/blog/feed.json'])
def test_an_unchanged_feed_is_not_sent_again_to_who_asks_by_date_or_by_tag(client, time_machine, address):
    touched = timezone.now() + timedelta(days=1)
    time_machine.move_to(touched, tick=False)
    make_post('One')
    time_machine.move_to(touched + timedelta(hours=1), tick=False)

    answer = client.get(address)

    assert answer['Last-Modified'] == http_date(touched.timestamp())
    assert answer['Cache-Control'] == 'public, max-age=0, must-revalidate'
    for header, value in (('if-modified-since', answer['Last-Modified']), ('if-none-match', answer['ETag'])):
        assert client.get(address, headers={header: value}).status_code == 304


def test_whatever_readers_would_see_changed_moves_the_date(client, time_machine, society, author, chief):
    """Also what leaves no date on any post that is shown: one put right, one taken away, other tags, the Society."""
    start = timezone.now()
    submission = make_submission(author, 'live', editor=chief)
    make_post('Other', tags=('coaching', 'equity'))
    soon = make_post('Soon', published_at=start + timedelta(hours=10))
    words = submission.current.words().but(title='Careful change takes tyme')

    def changes():
        yield lambda: workflow.correct_typo(
            submission, by=chief, base=submission.current.number, words=words, reason='A word twice.'
        )
        yield lambda: workflow.retag(submission.post, by=chief, tags=['coaching', 'equity'])
        yield lambda: workflow.archive(submission, by=chief, reason='Old.')
        yield lambda: workflow.restore(submission, by=chief, reason='New again.')
        yield lambda: workflow.set_details(submission.post, by=chief, licence='Quote it.')
        yield lambda: Society.objects.get().save()
        yield lambda: time_machine.move_to(soon.published_at, tick=False)

    for hour, change in enumerate(changes()):
        time_machine.move_to(start + timedelta(hours=1 + hour), tick=False)
        before = client.get('/blog/feed/')
        change()
        changed_at = timezone.now()
        time_machine.move_to(changed_at + timedelta(minutes=1), tick=False)

        after = client.get('/blog/feed/', headers={'if-modified-since': before['Last-Modified']})

        assert after.status_code == 200, hour
        assert after['Last-Modified'] == http_date(changed_at.timestamp())


def test_a_feed_whose_only_post_was_taken_away_is_sent_anew(client, time_machine, author, chief):
    start = timezone.now()
    submission = make_submission(author, 'live', editor=chief)
    time_machine.move_to(start + timedelta(hours=1), tick=False)
    before = client.get('/blog/feed/')
    workflow.archive(submission, by=chief, reason='Old.')
    time_machine.move_to(start + timedelta(hours=2), tick=False)

    after = client.get('/blog/feed/', headers={'if-modified-since': before['Last-Modified']})

    assert after.status_code == 200
    assert 'Last-Modified' not in after


def test_a_feed_that_changed_this_second_names_no_date_that_it_may_outlive(client):
    make_post('One')

    assert 'Last-Modified' not in client.get('/blog/feed/')
