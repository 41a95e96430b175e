import re
from datetime import UTC, datetime

import pytest

from tests.conftest import make_organisation, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def titles(page):
    return re.findall(r'<h2><a href="/blog/[^"]+">([^<]+)</a></h2>', page)


@pytest.fixture
def posts():
    make_post('New Year in London', published_at=datetime(2024, 12, 31, 23, 59, tzinfo=UTC))
    make_post('New Year', published_at=datetime(2025, 1, 1, 0, 0, tzinfo=UTC))
    # British summer time: it is already July in London.
    make_post('July', published_at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
    make_post('Also July', published_at=datetime(2025, 7, 9, tzinfo=UTC))


@pytest.mark.usefixtures('posts')
def test_the_archive_counts_by_london_s_months(client):
    page = body(client, '/blog/archive/')

    found = re.findall(
        r'<a href="/blog/archive/(\d+/\d+)/">\w+</a> <span class="count small">(\d+ posts?)<', page
    )
    assert found == [('2025/07', '2 posts'), ('2025/01', '1 post'), ('2024/12', '1 post')]
    assert '<a href="/blog/archive/2025/">2025</a> <span class="count small">3 posts</span>' in page


@pytest.mark.usefixtures('posts')
def test_a_year_and_a_month_show_their_posts(client):
    assert titles(body(client, '/blog/archive/2025/')) == ['Also July', 'July', 'New Year']
    assert titles(body(client, '/blog/archive/2025/07/')) == ['Also July', 'July']
    assert titles(body(client, '/blog/archive/2024/12/')) == ['New Year in London']


@pytest.mark.usefixtures('posts')
@pytest.mark.parametrize(
    'time',
    [
        '2023',
        '2025/2',
        '2025/02',
        '2025/13',
        '2025/0',
        '0',
        '1',
        '9999',
        '9999/12',
        '99999999999',
        '2025/99999999',
    ],
)
def test_a_time_without_posts_or_outside_the_calendar_is_not_found(client, time):
    body(client, f'/blog/archive/{time}/', 404)


def test_an_empty_archive_says_what_to_do(client):
    assert 'how to contribute' in body(client, '/blog/archive/')


@pytest.mark.parametrize(
    ('address', 'questions'),
    [('/blog/archive/', 4), ('/blog/archive/2025/', 4), ('/blog/archive/2025/03/', 4)],
)
@pytest.mark.parametrize('count', [1, 5])
def test_the_archive_asks_few_questions(client, django_assert_num_queries, count, address, questions):
    """The Society and the footer; the counts and what is scheduled, or the posts with their number and their bylines."""
    for number in range(count):
        make_post(
            f'Post {number}',
            organisation=make_organisation(),
            published_at=datetime(2025, 3, 1 + number, tzinfo=UTC),
        )

    with django_assert_num_queries(questions):
        body(client, address)


@pytest.mark.usefixtures('posts')
@pytest.mark.parametrize('other', ['2025/7', '2025/007'])
def test_a_month_has_one_address(client, other):
    answer = client.get(f'/blog/archive/{other}/?page=1')

    assert (answer.status_code, answer.url) == (301, '/blog/archive/2025/07/?page=1')
    body(client, '/blog/archive/02025/07/', 404)
