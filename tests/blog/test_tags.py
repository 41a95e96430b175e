"""All tags, one tag, and an author's page."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import Post
from members.models.people import Visibility
from tests.conftest import fill_in, make_organisation, make_person, make_post
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_content_types(society):
    ContentType.objects.get_for_model(Post)


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def counts(page):
    return re.findall(r'<a href="/blog/tags/[^"]+">([^<]+)</a></h2><p class="count">(\d+) posts?</p>', page)


def test_the_tags_are_counted_by_their_live_posts(client):
    make_post('One', tags=('coaching', 'equity'))
    make_post('Two', tags=('coaching',))
    make_post('To come', tags=('equity', 'later'), published_at=timezone.now() + timedelta(days=1))

    assert counts(body(client, '/blog/tags/')) == [('coaching', '2'), ('equity', '1')]


def test_a_tag_has_its_description_and_its_posts(client):
    make_post('One', tags=('coaching',))
    make_post('Two', tags=('equity',))
    Tag.objects.filter(slug='coaching').update(description='Support at work.')

    page = body(client, '/blog/tags/coaching/')

    assert 'Support at work.' in page
    assert '/blog/one/' in page
    assert '/blog/two/' not in page
    assert 'href="/blog/tags/coaching/feed/"' in page


def test_a_merged_tag_leads_to_what_it_became(client):
    make_post('One', tags=('coaching', 'mentoring'))
    Tag.objects.filter(slug='mentoring').update(merged_into=Tag.objects.get(slug='coaching'))

    answer = client.get('/blog/tags/mentoring/')

    assert (answer.status_code, answer['Location']) == (301, '/blog/tags/coaching/')
    assert client.get('/blog/tags/mentoring/feed/')['Location'] == '/blog/tags/coaching/feed/'


def test_a_tag_without_live_posts_says_what_to_do_and_an_unknown_one_is_not_there(client):
    post = make_post('One', tags=('coaching', 'equity'))
    Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())

    assert 'the tags in use' in body(client, '/blog/tags/coaching/')
    body(client, '/blog/tags/never/', 404)


@pytest.mark.parametrize('count', [1, 5])
def test_the_tags_ask_three_questions(client, django_assert_num_queries, count):
    """The Society, the footer, the tags with their counts."""
    for number in range(count):
        make_post(f'Post {number}', tags=(f'tag{number}',))

    with django_assert_num_queries(3):
        page = body(client, '/blog/tags/')
    assert len(counts(page)) == count


@pytest.mark.parametrize('count', [1, 5])
def test_a_tag_asks_six_questions(client, django_assert_num_queries, count):
    """The tag, the posts with their number, the bylines, the tags beside it, the Society, the footer."""
    for number in range(count):
        make_post(f'Post {number}', tags=('coaching',))

    with django_assert_num_queries(6):
        body(client, '/blog/tags/coaching/')


def test_an_author_has_a_page_as_long_as_a_post_in_print_names_them(client):
    person = make_person('Ada Author', biography='Ada studies change.')
    body(client, '/blog/authors/ada-author/', 404)
    post = make_post('One', people=(person,), organisation=make_organisation('Institute of Care'))

    page = body(client, '/blog/authors/ada-author/')

    assert '<h1>Ada Author</h1>' in page
    assert 'Ada studies change.' in page
    assert 'Institute of Care' in page
    assert '/blog/one/' in page
    Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())
    assert 'in the archive' in body(client, '/blog/authors/ada-author/')
    Post.objects.filter(pk=post.pk).update(taken_down_at=timezone.now(), taken_down_why='A slip.')
    body(client, '/blog/authors/ada-author/', 404)


def test_a_hidden_profile_shows_the_biography_that_was_approved_for_print(client):
    person = make_person('Ada Author', biography='In print.')
    make_post('One', people=(person,))
    person.biography, person.biography_for = 'For members only.', Visibility.MEMBERS
    person.save()

    page = body(client, '/blog/authors/ada-author/')

    assert 'In print.' in page
    assert 'For members only.' not in page


@pytest.mark.parametrize('count', [1, 5])
def test_an_author_asks_six_questions(client, django_assert_num_queries, count):
    """The person, the posts with their number, the bylines, the newest of these whole, the Society, footer."""
    person = make_person('Ada Author')
    for number in range(count):
        make_post(f'Post {number}', people=(person,), organisation=make_organisation())

    with django_assert_num_queries(6):
        body(client, '/blog/authors/ada-author/')


def test_a_merged_tag_takes_its_posts_along(client, chief, signed_in):
    first = make_post('One', tags=('coaching', 'scaling'))
    second = make_post('Two', tags=('mentoring', 'coaching'))
    third = make_post('Three', tags=('mentoring', 'scaling'))
    old, into = Tag.objects.get(name='mentoring'), Tag.objects.get(name='coaching')

    saved = fill_in(signed_in(chief), f'/admin/ukis/tag/{old.pk}/change/', merged_into=into.pk)

    assert saved.status_code == 302

    assert [sorted(post.tags.names()) for post in (first, second, third)] == [
        ['coaching', 'scaling'],
        ['coaching'],
        ['coaching', 'scaling'],
    ]
    assert client.get('/blog/tags/mentoring/').url == '/blog/tags/coaching/'


def test_a_tag_is_not_merged_in_a_circle(chief, signed_in):
    make_post('One', tags=('coaching', 'mentoring'))
    one, other = Tag.objects.get(name='coaching'), Tag.objects.get(name='mentoring')
    Tag.objects.filter(pk=one.pk).update(merged_into=other)
    client = signed_in(chief)

    for tag, into in ((other, one), (other, other)):
        answer = fill_in(client, f'/admin/ukis/tag/{tag.pk}/change/', merged_into=into.pk)
        assert 'Choose one that stands.' in answer.text


def test_many_tags_are_leafed_through_by_name(client, monkeypatch):
    monkeypatch.setattr('blog.views.tags.A_PAGE', 2)
    make_post('One', tags=('coaching', 'Équité', 'scaling', 'Leadership', 'zeal'))
    make_post('To come', tags=('aaa',), published_at=timezone.now() + timedelta(days=1))

    first = body(client, '/blog/tags/')
    second = body(client, '/blog/tags/?from=scaling')

    assert [name for name, _ in counts(first)] == ['coaching', 'Leadership']
    assert 'href="?from=scaling" rel="next"' in first
    assert [name for name, _ in counts(second)] == ['scaling', 'zeal']
    assert 'href="?" rel="prev"' in second
    assert 'the first of them' in body(client, '/blog/tags/?from=\U0010ffff')
    assert 'aaa' not in body(client, '/blog/tags/?from=a')


@pytest.mark.parametrize('count', [1, 5])
def test_later_pages_of_tags_ask_one_question_more(client, django_assert_num_queries, monkeypatch, count):
    """Where the page before begins."""
    monkeypatch.setattr('blog.views.tags.A_PAGE', 1)
    make_post('One', tags=[f'tag{number}' for number in range(count + 1)])

    with django_assert_num_queries(4):
        body(client, '/blog/tags/?from=tag1')


def test_a_tags_page_names_those_that_often_stand_beside_it(client):
    make_post('One', tags=('coaching', 'equity'))
    make_post('Two', tags=('coaching', 'Work'))
    make_post('Else', tags=('scaling', 'rural'))
    make_post('To come', tags=('coaching', 'later'), published_at=timezone.now() + timedelta(days=1))

    beside = body(client, '/blog/tags/coaching/').partition('Often beside it')[2].partition('</ul>')[0]

    assert re.findall(r'rel="tag">([^<]+)<', beside) == ['equity', 'Work']


def test_of_many_tags_beside_one_the_most_used_are_named(client, monkeypatch):
    for number in range(12):
        make_post(f'Post {number}', tags=('coaching', f'tag {number:02}', f'tag {number % 8 + 20}'))

    page = body(client, '/blog/tags/coaching/').partition('Often beside it')[2].partition('</ul>')[0]

    named = re.findall(r'rel="tag">([^<]+)<', page)
    assert len(named) == 8
    assert {'tag 20', 'tag 21', 'tag 22', 'tag 23'} <= set(named)
