import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog import sitemaps
from blog.models import Post
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis.society.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_content_types(society):
    ContentType.objects.get_for_model(Post)


def places(client, address='/sitemap.xml'):
    answer = client.get(address)
    assert answer['Content-Type'].startswith('application/xml')
    return re.findall(r'<loc>http://testserver([^<]+)</loc>', answer.content.decode())


def test_the_sitemap_names_what_is_public_each_once(client):
    listed = make_organisation('Listed')
    make_membership(listed)
    named = make_organisation('Named')
    make_organisation('Neither')
    make_post('Out', people=(make_person('Ada Author'),), organisation=named, tags=('coaching',))
    make_post('To come', tags=('later',), published_at=timezone.now() + timedelta(days=1))
    archived = make_post('Archived', tags=('old',))
    Post.objects.filter(pk=archived.pk).update(archived_at=timezone.now())
    Page.objects.create(title='Privacy', address='privacy', body='<p>Yes.</p>', published=True)
    Page.objects.create(title='Not yet', address='not-yet', body='<p>No.</p>')

    assert sorted(places(client)) == [
        '/',
        '/about/',
        '/about/privacy/',
        '/blog/',
        '/blog/archive/',
        '/blog/authors/ada-author/',
        '/blog/contribute/',
        '/blog/out/',
        '/blog/tags/',
        '/blog/tags/coaching/',
        '/organisations/',
        '/organisations/listed/',
        '/organisations/named/',
    ]


def test_a_post_s_last_change_is_its_revision(client):
    post = make_post('Out')
    Post.objects.filter(pk=post.pk).update(revised_at='2026-01-02T03:04:05Z')

    assert '<loc>http://testserver/blog/out/</loc><lastmod>2026-01-02T03:04:05+00:00</lastmod>' in (
        client.get('/sitemap.xml').content.decode()
    )


def test_a_long_sitemap_is_cut_into_parts(client, monkeypatch):
    monkeypatch.setattr(sitemaps, 'A_PART', 6)
    make_post('Out', tags=('coaching',))

    assert places(client) == ['/sitemap.xml?part=1', '/sitemap.xml?part=2']
    assert len(places(client, '/sitemap.xml?part=1')) == 6
    assert set(places(client, '/sitemap.xml?part=1')).isdisjoint(places(client, '/sitemap.xml?part=2'))


@pytest.mark.parametrize('part', ['0', '3', 'x', '', '01', '99999999999'])
def test_a_part_that_is_not_there_is_not_found(client, part):
    make_post('Out')

    assert client.get(f'/sitemap.xml?part={part}').status_code == 404


@pytest.mark.parametrize('count', [1, 5])
def test_the_sitemap_asks_seven_questions(client, django_assert_num_queries, count):
    """The newest change, posts, tags, authors, named organisations, listed organisations, pages."""
    for number in range(count):
        make_post(f'Post {number}', organisation=make_organisation(), tags=(f'tag{number}',))

    with django_assert_num_queries(7):
        client.get('/sitemap.xml')
