"""The staff's own pages, and how to contribute."""

import pytest
from django.urls import reverse

from tests.conftest import fill_in, make_person
from ukis.refusals import NotNow
from ukis.society import retiring
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


# --- What becomes of a page that is no longer wanted --------------------------------------------------


@pytest.fixture
def privacy():
    return Page.objects.create(title='Privacy', address='privacy', body='<p>Little.</p>', published=True)


@pytest.fixture
def staff(administrator, signed_in):
    return signed_in(administrator)


def deleted(page):
    return reverse('admin:ukis_page_delete', args=[page.pk])


def test_a_published_page_is_not_simply_deleted(client, staff, privacy):
    page = body(staff, deleted(privacy))

    assert '“Privacy” is on the site: links to its address would lead nowhere.' in page
    assert staff.post(deleted(privacy), {'post': 'yes'}).status_code == 422
    body(client, '/about/privacy/')


def test_it_may_be_unpublished_with_its_text_kept(client, staff, privacy):
    assert staff.post(deleted(privacy), {'what': 'unpublish'}).status_code == 302

    body(client, '/about/privacy/', 404)
    assert Page.objects.get().body == '<p>Little.</p>'


def test_it_may_be_replaced_by_another_to_which_its_addresses_lead(client, staff, privacy):
    other = Page.objects.create(title='Data', address='data', body='<p>All.</p>', published=True)
    hidden = Page.objects.create(title='Draft', address='draft', body='<p>Not yet.</p>')
    fill_in(staff, reverse('admin:ukis_page_change', args=[privacy.pk]), address='your-privacy')
    for wrong in ({}, {'other': hidden.pk}, {'other': privacy.pk}):
        assert staff.post(deleted(privacy), {'what': 'replace', **wrong}).status_code == 422

    assert staff.post(deleted(privacy), {'what': 'replace', 'other': other.pk}).status_code == 302

    assert not Page.objects.filter(pk=privacy.pk).exists()
    assert [client.get(f'/about/{address}/').url for address in ('privacy', 'your-privacy')] == [
        '/about/data/'
    ] * 2


def test_the_page_about_the_society_is_only_unpublished(staff):
    about = Page.objects.create(title='About', address='about', body='<p>Us.</p>', published=True)
    Page.objects.create(title='Data', address='data', body='<p>All.</p>', published=True)

    assert 'value="replace"' not in body(staff, deleted(about))
    assert staff.post(deleted(about), {'what': 'unpublish'}).status_code == 302


def test_of_several_pages_none_that_is_on_the_site_is_deleted(staff, privacy):
    draft = Page.objects.create(title='Draft', address='draft', body='<p>Not yet.</p>')
    listed = reverse('admin:ukis_page_changelist')

    def ask(*pages):
        pks = [page.pk for page in pages]
        return staff.post(listed, {'action': 'delete_selected', '_selected_action': pks, 'post': 'yes'})

    assert '“Privacy” is on the site' in ask(privacy, draft).text
    assert Page.objects.count() == 2
    ask(draft)
    assert list(Page.objects.all()) == [privacy]


def test_a_page_published_just_now_is_not_deleted(privacy):
    with pytest.raises(NotNow, match='is on the site'):
        retiring.delete(privacy)
    assert Page.objects.exists()


def test_a_pages_address_is_made_from_its_title_where_staff_leave_it_empty(client, staff):
    sent = {
        'title': 'Preifatrwydd – dŵr',
        'address': '',
        'body': '<p>x</p>',
        'language': 'en-GB',
        '_publish': 'yes',
    }

    assert staff.post(reverse('admin:ukis_page_add'), sent).status_code == 302

    body(client, '/about/preifatrwydd-dwr/')
