"""A Welsh title is marked as Welsh among English words, and only it."""

import re

import pytest
from django.urls import reverse

from tests.conftest import make_post, make_submission

pytestmark = pytest.mark.usefixtures('society')
TITLE = 'Newid gofalus'


def marked(page: str, words: str = TITLE) -> bool:
    """Whether every showing of the words, but the page's own title, stands in an element marked as Welsh."""
    body = page.partition('<body')[2]
    found = re.findall(r'<(\w+)([^>]*)>[^<]*' + re.escape(words), body)
    return bool(found) and all('lang="cy"' in attributes or tag == 'option' for tag, attributes in found)


@pytest.fixture
def welsh(author):
    return make_submission(author, words={'title': TITLE, 'language': 'cy'})


@pytest.mark.parametrize(
    'name',
    ['submission', 'submission_submit', 'submission_byline', 'submission_withdraw', 'submission_delete'],
)
def test_on_the_pages_of_a_submission(welsh, author, signed_in, name) -> None:
    page = signed_in(author).get(reverse(name, args=[welsh.pk])).content.decode()

    assert marked(page)


@pytest.mark.parametrize('name', ['write', 'account'])
def test_on_the_lists_of_its_author(welsh, author, signed_in, name) -> None:
    assert marked(signed_in(author).get(reverse(name)).content.decode())


def test_in_the_fields_of_the_sheet(welsh, author, signed_in) -> None:
    page = signed_in(author).get(reverse('submission_edit', args=[welsh.pk])).content.decode()

    for name in ('title', 'standfirst', 'body', 'references'):
        assert re.search(rf'<textarea[^>]*name="{name}"[^>]*>', page)[0].count('lang="cy"') == 1


def test_in_lists_of_posts_only_what_is_welsh(author, client) -> None:
    post = make_post(TITLE, people=(author,))
    type(post.version).objects.filter(pk=post.version_id).update(language='cy')

    page = client.get(reverse('blog')).content.decode()

    assert marked(page)
    assert not re.search(r'<li class="item[^>]*lang=', page)
