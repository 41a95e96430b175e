"""A series as visitors read it: its page, its feeds, and its line on the page of a post."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Post, Series, Shelf, ShelfCount, Shelved
from blog.shelves import shelving
from tests.conftest import form_of, make_person, make_post
from ukis import days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_content_types(society):
    ContentType.objects.get_for_model(Post)


@pytest.fixture
def series(db) -> Series:
    return Series.objects.create(title='Ten years on', description='What it asked of them.')


def put(series: Series | None, *titles: str, by, **fields) -> list[Post]:
    """Posts of the series, each a day younger than the one before."""
    posts = [
        make_post(title, published_at=timezone.now() - timedelta(days=40 - number), **fields)
        for number, title in enumerate(titles)
    ]
    for post in posts:
        workflow.set_series(post.submission, by=by, series=series)
    return posts


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.text


def titles(page):
    return re.findall(r'<h2><a href="/blog/[^"]+">([^<]+)</a></h2>', page)


def test_its_page_has_its_posts_in_their_order_and_says_what_it_is_about(client, series, editor):
    put(series, 'First', 'Second', by=editor)
    make_post('Not of it')

    page = body(client, '/blog/series/ten-years-on/')

    assert titles(page) == ['First', 'Second']
    assert 'What it asked of them.' in page
    assert 'A series of 2 posts' in page
    assert 'href="/blog/series/ten-years-on/feed/"' in page


def test_a_series_without_a_live_post_has_no_page_and_no_feed(client, series, editor):
    [post] = put(series, 'First', by=editor)
    to_come = make_post('To come', published_at=timezone.now() + timedelta(days=1))
    workflow.set_series(to_come.submission, by=editor, series=series)
    places = ['', 'feed/', 'feed/rss/', 'feed.json']
    assert [client.get(f'/blog/series/ten-years-on/{one}').status_code for one in places] == [200] * 4
    assert titles(body(client, '/blog/series/ten-years-on/')) == ['First']

    Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())

    assert [client.get(f'/blog/series/ten-years-on/{one}').status_code for one in places] == [404] * 4
    assert 'Ten years on' not in body(client, '/blog/series/')
    assert 'Ten years on' not in body(client, '/blog/first/')


def test_all_series_with_a_post_stand_in_a_list_with_how_many(client, series, editor):
    put(series, 'First', 'Second', by=editor)
    Series.objects.create(title='Only planned')

    page = body(client, '/blog/series/')

    assert re.findall(r'<h2><a href="([^"]+)">([^<]+)</a></h2><p class="count">(.*?)</p>', page) == [
        ('/blog/series/ten-years-on/', 'Ten years on', '2 posts')
    ]
    assert 'No series stands so late' in body(client, '/blog/series/?from=z')


def test_a_post_says_where_it_stands_and_what_comes_before_and_after(client, series, editor):
    put(series, 'First', 'Second', 'Third', by=editor)
    make_post('Alone')
    found = {}
    for slug in ('first', 'second', 'third', 'alone'):
        page = body(client, f'/blog/{slug}/')
        line = re.search(
            r'Part of the series <a href="([^"]+)">([^<]+)</a>, (\d of \d)', page.replace('&nbsp;', ' ')
        )
        near = re.findall(r'<a href="/blog/([^"]+)/" rel="(prev|next)">', page)
        found[slug] = (line.groups() if line else None, near)

    line = ('/blog/series/ten-years-on/', 'Ten years on')
    assert found == {
        'first': ((*line, '1 of 3'), [('second', 'next')]),
        'second': ((*line, '2 of 3'), [('first', 'prev'), ('third', 'next')]),
        'third': ((*line, '3 of 3'), [('second', 'prev')]),
        'alone': (None, []),
    }


def test_posts_of_one_moment_stand_in_one_order_everywhere(client, series, editor):
    at = timezone.now() - timedelta(days=3)
    for title in ('One', 'Two', 'Three'):
        workflow.set_series(make_post(title, published_at=at).submission, by=editor, series=series)

    order = titles(body(client, '/blog/series/ten-years-on/'))

    places = [
        re.search(r'(\d) of 3 in', body(client, f'/blog/{title.lower()}/')).group(1)  # type: ignore[union-attr]
        for title in order
    ]
    assert places == ['1', '2', '3']


def test_long_ones_are_cut_into_pages_from_the_first_on(client, series, editor):
    put(series, *(f'Part {number}' for number in range(21)), by=editor)

    first, second = (body(client, f'/blog/series/ten-years-on/{ask}') for ask in ('', '?page=2'))

    assert titles(first)[:2] == ['Part 0', 'Part 1']
    assert titles(second) == ['Part 20']
    assert ('Later posts' in first, 'Earlier posts' in second, 'Older' in first) == (True, True, False)
    body(client, '/blog/series/ten-years-on/?page=3', 404)


def test_its_feeds_have_its_posts_newest_first(client, series, editor):
    put(series, 'First', 'Second', by=editor)
    make_post('Not of it')

    feed = json.loads(body(client, '/blog/series/ten-years-on/feed.json'))
    atom, rss = (body(client, f'/blog/series/ten-years-on/{one}') for one in ('feed/', 'feed/rss/'))

    assert [item['title'] for item in feed['items']] == ['Second', 'First']
    assert feed['home_page_url'] == 'http://testserver/blog/series/ten-years-on/'
    assert feed['description'] == 'What it asked of them.'
    assert [one.count('>First<') for one in (atom, rss)] == [1, 1]


def test_only_guests_who_said_so_are_named_and_led_to_where_they_wrote(client, series, editor):
    writes, quiet = make_person('Wanda Writes'), make_person('Quentin Quiet')
    series.guests.create(person=quiet, named=False)
    series.guests.create(person=writes, named=True)
    series.guests.create(person=make_person('Nora Never'), named=True)
    put(series, 'First', by=editor, people=(writes,))

    page = body(client, '/blog/series/ten-years-on/')

    line = re.search(r'<p class="by">Looked after by (.*?)</p>', page)
    assert line
    assert re.sub('<[^>]+>', '', line.group(1)) == 'Nora Never and Wanda Writes'
    assert '<a href="/blog/authors/wanda-writes/">Wanda Writes</a>' in line.group(1)
    assert 'Quentin' not in page


def test_a_series_that_is_called_otherwise_keeps_its_former_address(client, series, editor, chief, signed_in):
    put(series, 'First', by=editor)
    desk, address = signed_in(chief), reverse('admin:blog_series_change', args=[series.pk])

    desk.post(address, {**form_of(desk.get(address)), 'title': 'Twenty', 'slug': 'twenty'})

    for below in ('', 'feed/', 'feed.json'):
        answer = client.get(f'/blog/series/ten-years-on/{below}')
        assert (answer.status_code, answer['Location']) == (301, f'/blog/series/twenty/{below}')


def test_nobody_knew_the_address_of_one_that_was_never_out(client, series, chief, signed_in):
    desk, address = signed_in(chief), reverse('admin:blog_series_change', args=[series.pk])

    desk.post(address, {**form_of(desk.get(address)), 'slug': 'twenty'})

    series.refresh_from_db()
    assert series.slug == 'twenty'
    assert client.get('/blog/series/ten-years-on/').status_code == 404


def test_the_shelf_follows_the_choice_of_series_and_is_made_anew_where_it_is_not_kept(series, editor):
    first, _ = put(series, 'First', 'Second', by=editor)
    assert shelving.slips() == []
    assert Shelved.objects.on(Shelf.SERIES, series.pk).count() == 2

    workflow.set_series(first.submission, by=editor, series=None)

    assert shelving.slips() == []
    assert Shelved.objects.on(Shelf.SERIES, series.pk).count() == 1
    Shelved.objects.filter(shelf=Shelf.SERIES).delete()
    ShelfCount.objects.filter(shelf=Shelf.SERIES).delete()
    shelving.put_right()
    assert shelving.slips() == []


def test_a_series_that_is_over_stays_to_be_read(client, series, editor):
    put(series, 'First', by=editor)
    Series.objects.update(ends_on=days.today() - timedelta(days=1))

    assert titles(body(client, '/blog/series/ten-years-on/')) == ['First']


@pytest.mark.parametrize('count', [1, 5])
def test_its_pages_ask_as_much_whatever_they_show(client, series, editor, django_assert_num_queries, count):
    """The series, its posts, their bylines, its guests, the Society, the footer; the list: series, Society, footer. Of
    a post in one there is one question more than of another."""
    put(series, *(f'Part {number}' for number in range(count)), by=editor)
    for number in range(count):
        series.guests.create(person=make_person(f'Guest {number}'), named=True)

    with django_assert_num_queries(6):
        body(client, '/blog/series/ten-years-on/')
    with django_assert_num_queries(3):
        body(client, '/blog/series/')
    with django_assert_num_queries(7):
        body(client, '/blog/part-0/')
