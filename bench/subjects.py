"""What the soak changes while others read, and where it shows: words in rows, and what verbs alone write."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from bench.membership_subjects import TURNS, member, of_membership
from bench.soak import Subject
from blog.models import Byline, Post, Shelf, Shelved, Version
from members.models import Affiliation, Category, EarlierName, Person
from ukis import days
from ukis.society.models import Page, Society
from ukis.tags.models import Tag


def subjects() -> list[Subject]:
    """Of the society that is there: the words and the byline of a post, a tag, a person, the Society itself, a page of
    the staff's own, and of its membership: what a category costs to join, a member organisation's listing and its
    earlier name, the work of somebody there; and what verbs alone change (`bench/membership_subjects.py`)."""
    newest = list(
        Post.objects.live().order_by('-published_at').filter(bylines__person__isnull=False).distinct()[:4]
    )
    one, other = newest[0], newest[1]
    byline = Byline.objects.filter(post=other).exclude(person=None).order_by('order')[0]
    tag = Tag.objects.get(pk=Shelved.objects.filter(shelf=Shelf.TAG).values('key')[:1])
    page, _ = Page.objects.update_or_create(
        address='soak', defaults={'title': 'Soak', 'body': '', 'published': True}
    )
    Society.objects.get_or_create(pk=1)
    category, listed, work, earlier = _membership(byline.person_id)

    def by(rows: Any, column: str) -> Callable[[str], None]:
        def write(words: str) -> None:
            with transaction.atomic():
                rows.update(**{column: words})

        return write

    author, its_page = Person.objects.get(pk=byline.person_id), listed.get().get_absolute_url()
    return [
        Subject(
            'zqa', (one.get_absolute_url(), '/blog/'), by(Version.objects.filter(pk=one.version_id), 'title')
        ),
        Subject('zqb', (other.get_absolute_url(),), by(Byline.objects.filter(pk=byline.pk), 'name')),
        Subject('zqc', (tag.get_absolute_url(),), by(Tag.objects.filter(pk=tag.pk), 'name')),
        Subject('zqd', (f'/blog/authors/{author.slug}/',), by(Person.objects.filter(pk=author.pk), 'name')),
        Subject('zqe', ('/', '/blog/', one.get_absolute_url()), by(Society.objects.filter(pk=1), 'name')),
        Subject('zqf', (page.get_absolute_url(),), by(Page.objects.filter(pk=page.pk), 'title')),
        Subject('zqg', ('/join/',), by(category, 'name')),
        Subject('zqh', (its_page, '/organisations/'), by(listed, 'name')),
        Subject('zqi', (its_page,), by(work, 'job_title')),
        Subject('zqj', (its_page,), by(earlier, 'name')),
        *of_membership(category.get(), author, listed.get()),
    ]


def _membership(person_id: int) -> tuple[Any, Any, Any, Any]:
    """The rows of a category, a member organisation, the work of this person there, and what it was called before."""
    category = Category.objects.create(name='Soak', holders=Category.For.ORGANISATIONS, seats=TURNS)
    organisation = member(category, 'Soak').organisation
    Person.objects.filter(pk=person_id).update(page_for='public', work_for='public')
    rows = [
        category,
        organisation,
        Affiliation.objects.create(person_id=person_id, organisation=organisation, since=days.today()),
        EarlierName.objects.create(organisation=organisation, name='Soak', until=days.today()),
    ]
    return tuple(type(row).objects.filter(pk=row.pk) for row in rows)
