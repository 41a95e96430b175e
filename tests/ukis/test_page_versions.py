"""What staff write of the site's pages is kept version by version; readers have it once it is published."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from members.roles import EDITOR
from tests.conftest import fill_in, form_of, make_person
from ukis import search
from ukis.refusals import NotNow
from ukis.society import ordering, retiring, versions, writing
from ukis.society.models import Page
from ukis.society.versions import PageVersion, PageWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

NEW = PageWords('Privacy', 'en-GB', '<p>Less than little.</p>')


@pytest.fixture
def privacy():
    return Page.objects.create(title='Privacy', address='privacy', body='<p>Little.</p>', published=True)


@pytest.fixture
def staff(administrator, signed_in):
    return signed_in(administrator)


def at(name, page):
    return reverse(f'admin:{name}', args=[page.pk])


def change(page):
    return at('ukis_page_change', page)


def read(client, page):
    return client.get(page.get_absolute_url()).text


def test_what_is_saved_reaches_readers_only_once_it_is_published(client, staff, privacy):
    answer = fill_in(staff, change(privacy), title='Your privacy', body='<p>Hardly anything.</p>')
    before = read(client, privacy)
    draft = staff.get(change(privacy)).text

    staff.post(at('page_publish', privacy), {'number': 2})

    assert answer.url == change(privacy)
    assert ('Little.' in before, 'Hardly' in before) == (True, False)
    assert 'Version 2 waits' in draft
    assert 'value="Your privacy"' in draft
    assert '<h1>Your privacy</h1>' in read(client, privacy)
    assert 'Hardly anything.' in read(client, privacy)
    assert [(one.number, one.published_at is not None) for one in privacy.versions.all()] == [
        (2, True),
        (1, True),
    ]


def test_a_save_that_changes_no_word_makes_no_version(staff, privacy):
    fill_in(staff, change(privacy), title='Your privacy')
    fill_in(staff, change(privacy), in_footer='')

    assert PageVersion.objects.count() == 2
    assert Page.objects.get().in_footer is False


def test_save_and_publish_is_one_button(client, staff):
    sent = {
        'title': 'Principles',
        'language': 'en-GB',
        'address': '',
        'body': '<p>Six.</p>',
        'in_footer': 'on',
    }

    staff.post(reverse('admin:ukis_page_add'), {**sent, '_publish': 'yes'})
    page = Page.objects.get()
    fill_in(staff, change(page), body='<p>Seven.</p>', _publish='yes')

    assert 'Seven.' in read(client, page)
    assert [(one.number, one.made_by == one.published_by) for one in page.versions.all()] == [
        (2, True),
        (1, True),
    ]
    assert 'Published: version 2.' in [entry.get_change_message() for entry in LogEntry.objects.all()]


def test_save_and_see_leads_to_the_preview_which_nobody_else_sees(client, staff, privacy, signed_in):
    answer = fill_in(staff, change(privacy), body='<p>Not yet.</p>', _preview='yes')

    page = staff.get(answer.url)

    assert answer.url == at('page_preview', privacy)
    assert 'Not yet.' in page.text
    assert 'readers do not have these words' in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert 'no-store' in page['Cache-Control']
    assert 'Little.' in staff.get(answer.url, {'version': 1}).text
    assert staff.get(answer.url, {'version': '9' * 30}).status_code == 404
    assert signed_in(make_person('Ed', group=EDITOR)).get(answer.url).status_code == 403


def test_what_differs_is_marked_as_in_posts(staff, privacy, administrator):
    writing.save_words(privacy, NEW, by=administrator)

    page = staff.get(at('page_versions', privacy)).text
    asked = staff.get(at('page_versions', privacy), {'from': 1, 'to': 1}).text

    assert 'From version 1 to version 2.' in page
    assert 'Changed: text.' in page
    assert '<del><span class="sr">[deleted: </span>Little.' in page
    assert '[inserted: </span>Less than little.' in page
    assert 'These two versions say the same.' in asked


def test_a_former_version_stands_again_as_a_new_one(client, staff, privacy, administrator):
    writing.save_words(privacy, NEW, by=administrator)
    writing.publish(privacy, by=administrator, number=2)

    staff.post(at('page_go_back', privacy), {'number': 2, 'to': 1})
    waiting = read(client, privacy)
    again = staff.post(at('page_go_back', privacy), {'number': 3, 'to': 1}, follow=True).text

    third = versions.newest(privacy)
    assert (third.number, third.body, third.note) == (3, '<p>Little.</p>', 'As in version 1')
    assert 'Less than little.' in waiting
    assert 'the newest, says the same as version 1' in again


def test_what_is_done_with_a_version_is_refused_where_a_newer_one_was_saved(staff, privacy, administrator):
    writing.save_words(privacy, NEW, by=administrator)

    for verb in ('page_publish', 'page_go_back'):
        answer = staff.post(at(verb, privacy), {'number': 1, 'to': 1}, follow=True)
        assert 'Somebody saved this page meanwhile.' in answer.text

    assert PageVersion.objects.count() == 2
    with pytest.raises(NotNow, match='have these words already'):
        writing.publish(Page.objects.create(title='A', body='<p>a</p>', published=True), by=None, number=1)


def test_of_two_editors_of_one_page_the_second_is_told_and_keeps_what_was_typed(staff, privacy):
    sent = form_of(staff.get(change(privacy)))
    fill_in(staff, change(privacy), body='<p>Theirs.</p>')

    answer = staff.post(change(privacy), {**sent, 'body': '<p>Mine.</p>'})

    assert answer.status_code == 409
    assert 'Theirs.' in answer.text
    assert 'Mine.' in answer.text
    assert versions.newest(privacy).body == '<p>Theirs.</p>'


def test_pictures_without_alt_text_and_pages_without_words_are_not_published(staff, administrator):
    body = f'<figure><img src="/media/pictures/{"a" * 64}.jpg" alt=""></figure>'
    page = Page.objects.create(title='Places', address='places', body=body)
    empty = Page.objects.create(title='Nothing', address='nothing', body='')

    for one, why in ((page, 'neither what it shows'), (empty, 'no words yet')):
        assert why in staff.get(at('page_publish', one)).text
        with pytest.raises(NotNow, match=why):
            writing.publish(one, by=administrator, number=1)


def test_what_the_form_refuses_to_publish_is_not_lost(staff):
    page = Page.objects.create(title='Places', address='places', body='<p>Here.</p>')

    answer = fill_in(staff, change(page), title='Places of ours', body='', _publish='yes')

    assert answer.status_code == 200
    assert 'no words yet' in answer.text
    assert 'value="Places of ours"' in answer.text
    assert not PageVersion.objects.exists()


def test_a_page_off_the_site_keeps_its_versions_and_what_waited(client, staff, privacy, administrator):
    writing.save_words(privacy, NEW, by=administrator)

    staff.post(at('page_unpublish', privacy))

    assert client.get('/about/privacy/').status_code == 404
    assert versions.words_of(Page.objects.get()) == NEW
    assert PageVersion.objects.count() == 2
    with pytest.raises(NotNow, match='is not on the site already'):
        retiring.unpublish(privacy)


def test_search_knows_what_readers_have_and_nothing_else(privacy, administrator):
    writing.save_words(privacy, PageWords('Privacy', 'en-GB', '<p>Marmalade.</p>'), by=administrator)
    before = looked_for('marmalade')
    writing.publish(privacy, by=administrator, number=2)
    after = looked_for('marmalade')
    retiring.unpublish(privacy)

    assert (before, after, looked_for('marmalade')) == ([], [privacy.pk], [])


def looked_for(words):
    return [hit.row for hit in search.find(words).hits]


def test_the_navigation_is_put_in_order_by_buttons(client, staff):
    pages = [
        Page.objects.create(title=name, address=name.lower(), body='<p>x</p>', published=True)
        for name in ('Aims', 'Board', 'Contact')
    ]
    order = reverse('admin:pages_order')

    staff.post(order, {'up': pages[2].pk})
    first = names(client)
    answer = staff.post(order, {'down': pages[0].pk})
    staff.post(order, {'out': pages[1].pk})
    second = names(client)
    staff.post(order, {'in': pages[1].pk})

    assert (first, second, names(client)) == (
        ['Aims', 'Contact', 'Board'], ['Contact', 'Aims'], ['Contact', 'Aims', 'Board']
    )  # fmt: skip
    assert answer.url == f'{order}#page-{pages[0].pk}'
    assert 'stands last already' in staff.post(order, {'down': pages[1].pk}, follow=True).text
    assert staff.post(order, {'up': 'x' * 40}).status_code == 404


def names(client):
    foot = client.get('/join/').text.partition('aria-label="About this site"')[2]
    return [name for name in sorted(('Aims', 'Board', 'Contact'), key=foot.find) if name in foot]


def test_moving_a_page_that_left_the_navigation_is_refused(privacy, administrator):
    ordering.put(privacy, by=administrator, into=False)

    with pytest.raises(NotNow, match='is not in the navigation any more'):
        ordering.move(privacy, by=administrator, up=True)
    with pytest.raises(NotNow, match='out of the navigation already'):
        ordering.put(privacy, by=administrator, into=False)


def test_a_welsh_page_carries_its_language_on_title_words_and_link(client, staff):
    sent = {
        'title': 'Ein hegwyddorion',
        'language': 'cy',
        'address': 'hegwyddorion',
        'body': '<p>Chwech.</p>',
        'in_footer': 'on',
    }

    staff.post(reverse('admin:ukis_page_add'), {**sent, '_publish': 'yes'})
    page = client.get('/about/hegwyddorion/').text

    assert '<h1><span lang="cy">Ein hegwyddorion</span></h1>' in page
    assert '<div class="prose" lang="cy">' in page
    assert '<a href="/about/hegwyddorion/"><span lang="cy">Ein hegwyddorion</span></a>' in page
