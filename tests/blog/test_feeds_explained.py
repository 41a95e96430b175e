"""A page for people beside each feed, to which a browser is led that opens the feed itself."""

import pytest
from django.urls import reverse

from tests.conftest import make_organisation, make_person, make_post
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db

WINDOW = {'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate'}


@pytest.fixture
def post():
    there = make_organisation('Institute for Careful Change')
    return make_post('A post', people=(make_person('Cy Writer', email=None),), organisation=there)


def places(post) -> dict[str, list[str]]:
    return {
        'feed': [],
        'tag_feed': [post.tags.first().slug],
        'author_feed': [post.bylines.get().person.slug],
        'organisation_feed': [post.bylines.get().organisation.slug],
    }


def test_each_feed_has_a_page_that_says_what_it_is_its_address_and_what_stands_in_it(client, post):
    for name, args in places(post).items():
        page = client.get(reverse(f'{name}_about', args=args)).text

        assert f'<code>http://testserver{reverse(name, args=args)}</code>' in page
        assert f'<code>http://testserver{reverse(f"{name}_rss", args=args)}</code> is RSS' in page
        assert f'<a href="{post.get_absolute_url()}">A post</a>' in page
        assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize('ending', ['', '_rss', '_json'])
def test_a_browser_s_window_is_led_to_it_and_every_other_program_gets_the_feed(client, post, ending):
    for name, args in places(post).items():
        address = reverse(f'{name}{ending}', args=args)

        opened = client.get(address, headers=WINDOW)
        read, asked = client.get(address), client.get(f'{address}?as=it-is', headers=WINDOW)

        assert (opened.status_code, opened['Location']) == (302, reverse(f'{name}_about', args=args))
        assert opened['Vary'] == read['Vary'] == 'Sec-Fetch-Dest'
        assert 'no-store' in opened['Cache-Control']
        assert read.content == asked.content
        assert b'A post' in read.content


def test_the_page_of_a_merged_tag_s_feed_leads_to_that_of_the_other(client, post):
    kept, gone = post.tags.first(), Tag.objects.create(name='Gone')
    Tag.objects.filter(pk=gone.pk).update(merged_into=kept)

    answer = client.get(reverse('tag_feed_about', args=[gone.slug]))

    assert (answer.status_code, answer['Location']) == (301, reverse('tag_feed_about', args=[kept.slug]))


def test_a_page_of_an_empty_feed_says_so(client, society):
    assert 'Nothing yet.' in client.get(reverse('feed_about')).text
