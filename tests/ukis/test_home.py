import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import make_membership, make_organisation, make_person, make_post

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
def test_home_asks_seven_questions(client, django_assert_num_queries, count):
    """The Society, the footer, featured posts and their bylines, latest posts and theirs, the members."""
    for number in range(count):
        organisation = make_organisation()
        make_membership(organisation)
        make_post(f'Featured {number}', organisation=organisation, featured=True)
        make_post(f'Post {number}', organisation=organisation)

    with django_assert_num_queries(7):
        client.get('/')
