"""Two real processes at the site's own pages and at the home page: whoever comes second meets what the first made."""

import pytest
from django.db import connection

from blog import featuring
from blog.models import Post
from members.models import Person
from tests import moving
from tests.conftest import make_post
from tests.moving import in_line
from ukis.society import ordering, versions, writing
from ukis.society.models import Page, Society
from ukis.society.versions import PageVersion, PageWords

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures('society'),
    pytest.mark.skipif(connection.vendor != 'postgresql', reason='stands in line for locks of PostgreSQL'),
]


@pytest.fixture
def movers(database_url, society):
    yield from moving.two(database_url)


def save(pk: int, by: int, body: str) -> None:
    writing.save_words(
        Page.objects.get(pk=pk), PageWords('Aims', 'en-GB', body), by=Person.objects.get(pk=by)
    )


def publish(pk: int, by: int, number: int) -> None:
    writing.publish(Page.objects.get(pk=pk), by=Person.objects.get(pk=by), number=number)


def move(pk: int, by: int) -> None:
    ordering.move(Page.objects.get(pk=pk), by=Person.objects.get(pk=by), up=True)


def feature(pk: int, by: int) -> None:
    post = Post.objects.select_related('version', 'submission').get(pk=pk)
    featuring.feature(post, by=Person.objects.get(pk=by), last_day=None)


def ask(movers, held, *calls):
    called = [
        (mover, f'{__name__}.{call}', given) for mover, (call, given) in zip(movers, calls, strict=True)
    ]
    return in_line(held, *called)


def test_what_two_do_to_pages_and_the_home_page(movers, chief):
    by = chief.pk
    page = Page.objects.create(title='Aims', address='aims', body='<p>One.</p>', published=True, position=1)
    others = [
        Page.objects.create(title=name, address=name.lower(), body='<p>x</p>', published=True, position=place)
        for place, name in enumerate(('Board', 'Contact'), 2)
    ]
    posts = [make_post(f'Post {number}') for number in range(2)]
    held = Page.objects.filter(pk=page.pk)
    saving = [('save', {'pk': page.pk, 'by': by, 'body': f'<p>{word}.</p>'}) for word in ('Two', 'Three')]

    # Two saves: both are kept, one after the other.
    saved = ask(movers, held, *saving)
    numbers = list(page.versions.values_list('number', 'body'))
    # What was looked at is published, or not at all.
    late = ask(
        movers,
        held,
        ('save', {**saving[0][1], 'body': '<p>Four.</p>'}),
        ('publish', {'pk': page.pk, 'by': by, 'number': 3}),
    )
    page.refresh_from_db()
    unread = page.body
    soon = ask(
        movers,
        held,
        ('publish', {'pk': page.pk, 'by': by, 'number': 4}),
        ('save', {**saving[0][1], 'body': '<p>Five.</p>'}),
    )
    page.refresh_from_db()
    # Two at the order, and two that feature.
    moved = ask(movers, held, *(('move', {'pk': one.pk, 'by': by}) for one in others))
    featured = ask(
        movers,
        Society.objects.filter(pk=1),
        *(('feature', {'pk': one.pk, 'by': by}) for one in posts),
    )

    assert (saved, numbers) == (
        ['made', 'made'],
        [(3, '<p>Three.</p>'), (2, '<p>Two.</p>'), (1, '<p>One.</p>')],
    )
    assert (late, unread) == (['made', 'NotNow'], '<p>One.</p>')
    assert (soon, page.body, versions.newest(page).number) == (['made', 'made'], '<p>Four.</p>', 5)
    assert PageVersion.objects.count() == 5
    assert moved == ['made', 'made']
    assert sorted(Page.objects.values_list('position', flat=True)) == [1, 2, 3]
    assert featured == ['made', 'made']
    assert sorted(Post.objects.values_list('featured_place', flat=True)) == [1, 2]
