import re
from datetime import timedelta

import pytest
from django.utils import timezone

from members import counting
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis.clock import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def titles(page):
    return re.findall(r'<h3><a href="/blog/[^"]+">([^<]+)</a></h3>', page)


def test_home_says_what_the_society_is_and_invites(client, society):
    society.mission = '<p>We bring <em>people</em> together.</p><script>no()</script>'
    society.commissioning_editor = make_person('Cora Chief')
    society.save()
    member = make_organisation('Institute of Care', nations=['wales'])
    make_membership(member)
    make_organisation('No member')

    page = client.get('/').content.decode()

    assert '<p>We bring <em>people</em> together.</p>' in page
    assert 'no()' not in page
    assert 'Cora Chief, Commissioning Editor for Blogs' in page
    assert 'href="/organisations/institute-of-care/"' in page
    assert 'No member' not in page
    assert 'Nothing is published yet.' in page


def test_home_shows_the_featured_posts_and_then_the_latest_each_once(client):
    for number in range(7):
        make_post(
            f'Post {number}', published_at=timezone.now() - timedelta(days=number + 1), featured=number == 3
        )

    assert titles(client.get('/').content.decode()) == [
        'Post 3',
        'Post 0',
        'Post 1',
        'Post 2',
        'Post 4',
        'Post 5',
    ]


def test_home_without_a_society_row_still_answers(client, society):
    society.delete()

    assert client.get('/').status_code == 200


@pytest.mark.parametrize('count', [1, 5])
def test_home_asks_eight_questions(client, django_assert_num_queries, count):
    """The Society, the footer, featured posts and their bylines, latest posts and theirs, the members, their number."""
    for number in range(count):
        organisation = make_organisation()
        make_membership(organisation)
        make_post(f'Featured {number}', organisation=organisation, featured=True)
        make_post(f'Post {number}', organisation=organisation)

    with django_assert_num_queries(8):
        client.get('/')


def test_home_says_how_many_members_work_in_which_nation_as_last_counted(client):
    def member(*nations, **membership):
        make_membership(make_organisation(nations=list(nations)), **membership)

    member('england', 'wales')
    member('england')
    member('scotland', status='lapsed')
    counting.count_by_nation(timezone.now())
    member('wales')

    page = client.get('/').content.decode()

    counts = re.findall(r'nation=([a-z-]+)"><strong>(\d+)</strong> in ([A-Za-z ]+)<', page)
    assert counts == [('england', '2', 'England'), ('wales', '1', 'Wales')]
    run_due(timezone.now() + timedelta(minutes=11))
    assert '<strong>2</strong> in Wales' in client.get('/').content.decode()


@pytest.mark.parametrize('count', [1, 5])
def test_counting_by_nation_asks_as_much_however_many_members_there_are(django_assert_num_queries, count):
    for _ in range(count):
        make_membership(make_organisation(nations=['england', 'scotland']))
    counting.count_by_nation(timezone.now())

    with django_assert_num_queries(20):
        counting.count_by_nation(timezone.now())
