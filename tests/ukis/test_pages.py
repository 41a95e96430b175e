"""The staff's own pages, and how to contribute."""

import pytest

from tests.conftest import make_person
from ukis.society.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def body(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_published_page_stands_at_its_address_and_in_the_footer(client):
    Page.objects.create(
        title='Privacy', address='privacy', body='<h2>What we keep</h2><p>Little.</p>', published=True
    )
    Page.objects.create(title='Draft', address='draft', body='<p>Not yet.</p>')

    page = body(client, '/about/privacy/')

    assert '<h1>Privacy</h1>' in page
    assert '<h2>What we keep</h2>' in page
    assert '<a href="/about/privacy/">Privacy</a>' in body(client, '/blog/')
    body(client, '/about/draft/', 404)
    body(client, '/about/none/', 404)


def test_about_shows_what_the_society_says_of_itself_until_the_page_is_written(client):
    assert 'We bring people together.' in body(client, '/about/')

    Page.objects.create(
        title='About us', address='about', body='<p>Founded in a corridor.</p>', published=True
    )

    assert 'Founded in a corridor.' in body(client, '/about/')
    assert client.get('/about/about/')['Location'] == '/about/'


def test_contribute_names_the_commissioning_editor_of_today(client, society):
    page = body(client, '/blog/contribute/')
    assert 'blogs@society.example' in page
    assert 'href="/write/"' in page

    society.commissioning_editor = make_person('Cora Chief')
    society.save()
    assert 'write to Cora Chief, Commissioning Editor for Blogs' in body(client, '/blog/contribute/')

    society.commissioning_editor = make_person('Nia Next')
    society.save()
    page = body(client, '/blog/contribute/')
    assert 'Nia Next' in page
    assert 'Cora Chief' not in page


def test_contribute_links_the_guidelines_once_they_are_published(client):
    guidelines = Page.objects.create(
        title='Writing for us', address='writing-guidelines', body='<p>Short.</p>', in_footer=False
    )
    assert 'Writing for us' not in body(client, '/blog/contribute/')

    guidelines.published = True
    guidelines.save()

    assert '<a href="/about/writing-guidelines/">Writing for us</a>' in body(client, '/blog/contribute/')


@pytest.mark.parametrize('count', [1, 5])
@pytest.mark.parametrize('address', ['/about/', '/about/page0/', '/blog/contribute/'])
def test_a_page_asks_three_questions(client, django_assert_num_queries, address, count):
    """The Society, the footer, the page itself."""
    for number in range(count):
        Page.objects.create(
            title=f'Page {number}', address=f'page{number}', body='<p>Words.</p>', published=True
        )

    with django_assert_num_queries(3):
        body(client, address)
