import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog import sitemaps
from blog.models import Post
from members.models import Person
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis.society.models import Page
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def entries(client, address='/sitemap.xml'):
    """What a sitemap names, each with the day it last changed."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer['Content-Type'].startswith('application/xml')
    rows = re.findall(
        r'<loc>http://testserver([^<]+)</loc>\s*(?:<lastmod>([^<]+)</lastmod>)?', answer.content.decode()
    )
    return dict(rows)


def places(client):
    """All that all sections name."""
    return [place for section in entries(client) for place in entries(client, section)]


def test_the_sitemap_names_what_is_public_each_once(client):
    listed = make_organisation('Listed')
    make_membership(listed)
    named = make_organisation('Named')
    make_organisation('Neither')
    make_post('Out', people=(make_person('Ada Author'),), organisation=named, tags=('coaching',))
    soon = timezone.now() + timedelta(days=1)
    make_post('To come', people=(make_person('Sue Soon'),), tags=('later',), published_at=soon)
    archived = make_post('Archived', people=(make_person('Old Author'),), tags=('old',))
    Post.objects.filter(pk=archived.pk).update(archived_at=timezone.now())
    elsewhere = make_post(
        'Elsewhere first', tags=('coaching',), people=(Person.objects.get(name='Ada Author'),)
    )
    Post.objects.filter(pk=elsewhere.pk).update(elsewhere_url='https://elsewhere.example/first')
    Page.objects.create(title='Privacy', address='privacy', body='<p>Yes.</p>', published=True)
    Page.objects.create(title='Not yet', address='not-yet', body='<p>No.</p>')

    assert sorted(places(client)) == [
        '/',
        '/about/',
        '/about/privacy/',
        '/api/',
        '/blog/',
        '/blog/archive/',
        '/blog/authors/ada-author/',
        '/blog/contribute/',
        '/blog/out/',
        '/blog/series/',
        '/blog/tags/',
        '/blog/tags/coaching/',
        '/join/',
        '/organisations/',
        '/organisations/listed/',
        '/organisations/named/',
    ]


def test_a_society_without_anything_has_a_sitemap_of_its_pages(client):
    assert list(entries(client)) == ['/sitemap-pages.xml']
    assert '/organisations/' in places(client)


def test_everything_says_the_day_of_its_last_change(client):
    """A post that of its revision; a tag, an author, an organisation that of the newest change of their posts."""
    person, centre = make_person('Ada Author'), make_organisation('Centre')
    make_membership(make_organisation('Silent'))
    for title, day in (('Old', 3), ('New', 20)):
        make_post(
            title, people=(person,), organisation=centre, tags=('coaching',),
            published_at=datetime(2026, 1, day, 9, tzinfo=UTC),
        )  # fmt: skip
    make_post('Other', tags=('equity',), published_at=datetime(2026, 1, 15, 9, tzinfo=UTC))
    Post.objects.filter(slug='old').update(revised_at=datetime(2026, 2, 1, 9, tzinfo=UTC))

    assert entries(client, '/sitemap-posts.xml') == {
        '/blog/new/': '2026-01-20',
        '/blog/other/': '2026-01-15',
        '/blog/old/': '2026-02-01',
    }
    assert entries(client, '/sitemap-tags.xml') == {
        '/blog/tags/coaching/': '2026-02-01',
        '/blog/tags/equity/': '2026-01-15',
    }
    assert entries(client, '/sitemap-authors.xml')['/blog/authors/ada-author/'] == '2026-02-01'
    assert entries(client, '/sitemap-organisations.xml') == {
        '/organisations/centre/': '2026-02-01',
        '/organisations/silent/': '',
    }
    assert entries(client, '/sitemap-pages.xml')['/blog/'] == '2026-02-01'
    assert set(entries(client).values()) == {'2026-02-01T09:00:00+00:00'}


def test_a_long_section_is_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Section, 'limit', 2)
    for number in range(5):
        published = timezone.now() - timedelta(days=number * 20 + 1)
        make_post(f'Post {number}', tags=(f'tag{number}',), published_at=published)

    index = list(entries(client))

    posts = [section for section in index if 'posts' in section]
    assert posts == ['/sitemap-posts.xml', '/sitemap-posts.xml?p=2', '/sitemap-posts.xml?p=3']
    assert [list(entries(client, section)) for section in posts] == [
        ['/blog/post-0/', '/blog/post-1/'],
        ['/blog/post-2/', '/blog/post-3/'],
        ['/blog/post-4/'],
    ]
    found = [place for section in index for place in entries(client, section)]
    assert len(found) == len(set(found))
    assert {tag.get_absolute_url() for tag in Tag.objects.all()} <= set(found)
    assert all(len(entries(client, section)) <= 2 for section in index)


@pytest.mark.parametrize(
    'section', ['posts.xml?p=0', 'posts.xml?p=3', 'posts.xml?p=x', 'posts.xml?p=', 'none.xml']
)
def test_a_page_or_a_section_that_is_not_there_is_not_found(client, section):
    make_post('Out')

    assert client.get(f'/sitemap-{section}').status_code == 404


@pytest.mark.parametrize('count', [1, 5])
def test_the_index_asks_ten_questions(client, django_assert_num_queries, count):
    """The newest change; the pages; how many posts; the first and last tags, people and organisations; that there
    is no series."""
    for number in range(count):
        make_post(f'Post {number}', organisation=make_organisation(), tags=(f'tag{number}',))

    with django_assert_num_queries(10):
        client.get('/sitemap.xml')


@pytest.mark.parametrize(
    ('section', 'questions'),
    [('pages', 2), ('posts', 2), ('tags', 3), ('series', 2), ('authors', 3), ('organisations', 3)],
)
@pytest.mark.parametrize('count', [1, 5])
def test_a_section_asks_few_questions(client, django_assert_num_queries, section, questions, count):
    """How many there are, or the first and the last; and those of the page."""
    for number in range(count):
        make_post(f'Post {number}', organisation=make_organisation(), tags=(f'tag{number}',))

    with django_assert_num_queries(questions):
        client.get(f'/sitemap-{section}.xml')
