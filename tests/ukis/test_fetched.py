"""What the database sent becomes rows only where somebody looks at them."""

from datetime import timedelta

import pytest
from django.db.models import Count, Model
from django.db.models.signals import post_init
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from blog.models import Byline, Post, Shelf, ShelfCount, Shelved, Version
from blog.shelves import listing
from members.models import Organisation
from tests.conftest import make_organisation, make_person, make_post
from ukis.fetched import later
from ukis.pagecache.trails import listen, reading
from ukis.pictures.models import Picture
from ukis.prepared import asked, prepared
from ukis.remembered import PARTS, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """The kinds of the rows that Django makes from here on."""
    found: list[type[Model]] = []

    def note(sender, **given):
        found.append(sender)

    post_init.connect(note)
    yield found
    post_init.disconnect(note)


@prepared()
def _called(*, name: str):
    return Organisation.objects.filter(name=name).annotate(lines=Count('bylines'))


def test_how_many_and_what_was_sent_is_known_without_a_row(society, made):
    care = make_organisation('Care')
    made.clear()

    found = _called(name='Care')

    assert (len(found), bool(found), bool(_called(name='Cure'))) == (1, True, False)
    assert (found.sent('id'), found.sent('name'), found.sent('lines')) == ((care.pk,), ('Care',), (0,))
    assert made == []
    assert (found[0], found[0].lines, list(found), found == [care]) == (care, 0, [care], True)
    assert made == [Organisation]


def test_of_rows_that_come_with_others_those_others_are_a_part(society):
    """Whatever is looked at: what is told of them holds what hangs on them."""
    make_post('One', people=(make_person('Ann Lee'),))

    def told():
        return values_of(listing.with_bylines(asked(Post.objects.for_listing())))

    before = told()
    assert told() == before
    Byline.objects.update(name='Bo Rhys')
    assert told() != before


def test_rows_of_other_questions_are_others_though_they_hold_the_same(society):
    make_organisation('Care')

    assert values_of(asked(Organisation.objects.only('name'))) != values_of(
        asked(Organisation.objects.only('slug'))
    )
    assert values_of(asked(Organisation.objects.none())) == values_of(asked(Post.objects.none()))


def test_what_is_made_later_is_made_once_and_told_by_what_it_is_made_of(society):
    made = []

    def joined(one, other):
        made.append(one)
        return f'{one} {other}'

    assert joined.__closure__
    with pytest.raises(TypeError, match='nothing else'):
        later(joined, 'a', 'b')

    found = later(_joined, 'a', 'b')
    assert values_of(found) == values_of(later(_joined, 'a', 'b'))
    assert values_of(found) != values_of(later(_joined, 'a', 'c'))
    assert values_of(found) != values_of(later(_joined_otherwise, 'a', 'b'))
    assert found == 'a b'


def test_what_fails_while_it_is_made_is_never_an_empty_place():
    with pytest.raises(RuntimeError, match='_failing failed'):
        Template('{{ reading.title }}').render(Context({'reading': later(_failing, 'words')}))


def _failing(words):
    return words.titel


def _joined(one, other):
    return f'{one} {other}'


def _joined_otherwise(one, other):
    return f'{one}, {other}'


def test_a_page_has_read_what_was_sent_also_if_no_row_is_made(society):
    """And nothing twice: rows that are made later do not count as another statement's."""
    listen()
    post = make_post('One', people=(make_person('Ann Lee'),))

    def read(look):
        with reading() as trail:
            posts, _ = listing.OnShelf(Shelf.ALL).page(1)
            Organisation.objects.count()
            if look:
                assert [line.name for one in posts for line in one.bylines.all()] == ['Ann Lee']
            Organisation.objects.count()
        return trail.rows, trail.shared

    assert f'blog_post {post.pk}' in read(look=False)[0]
    assert read(look=False) == read(look=True)


def test_how_many_rows_are_passed_over_is_a_value_like_others(society, django_assert_num_queries):
    posts = [
        make_post(f'Post {number}', published_at=timezone.now() - timedelta(days=number))
        for number in range(9)
    ]

    @prepared('count')
    def some(*, skip: int, count: int, but: int):
        return Post.objects.exclude(pk=but).newest_first()[skip : skip + count]

    assert [list(some(skip=skip, count=2, but=0)) for skip in (1, 3, 8, 9)] == [
        posts[1:3], posts[3:5], posts[8:], [],
    ]  # fmt: skip
    assert len(some._written) == 1


@pytest.mark.parametrize('name', ['post', 'blog', 'archive', 'organisations', 'home', 'feed', 'tag'])
def test_of_a_page_that_was_drawn_before_no_row_is_made(shown, client, name, made):
    """What the database sends is compared with what the page was drawn from, and no more. The Society with its editor,
    the tag itself and the first members are looked at each time, unless they are kept."""
    post = Post.objects.get()
    page = reverse(name, args={'post': [post.slug], 'tag': [post.tags.all()[0].slug]}.get(name))
    first = client.get(page)
    made.clear()

    again = client.get(page)

    assert (again.status_code, again.content) == (200, first.content)
    assert not {Post, Version, Byline, Picture, ShelfCount, Shelved}.intersection(made)
    PARTS.forget()
    assert client.get(page).content == first.content
