"""What the soak changes while others read, and where it shows: words in rows, and what verbs alone write."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from bench.soak import Subject
from blog.models import Byline, Post, Shelf, Shelved, Version
from members import joining, leaving, meeting, seats
from members.merging import succeeding
from members.models import (
    Affiliation,
    Category,
    EarlierName,
    Organisation,
    Person,
    Seat,
    Succession,
    Term,
)
from ukis import days
from ukis.society.models import Page, Society
from ukis.tags.models import Tag

TURNS = 8  # so many take turns in what a verb gives and takes: each is renamed while nobody is shown it


def subjects() -> list[Subject]:
    """Of the society that is there: the words and the byline of a post, a tag, a person, the Society itself, a page of
    the staff's own, and of its membership: what a category costs to join, a member organisation's listing and its
    earlier name, the work of somebody there; and by verbs topics, whose a place is, who is suspended, what followed."""
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
        *_of_topics(author, listed.get()),
        _of_seats(category.get()),
        _of_suspensions(category.get()),
        _of_successions(category.get(), author),
    ]


def _membership(person_id: int) -> tuple[Any, Any, Any, Any]:
    """The rows of a category, a member organisation, the work of this person there, and what it was called before."""
    category = Category.objects.create(name='Soak', holders=Category.For.ORGANISATIONS, seats=TURNS)
    organisation = _member(category, 'Soak').organisation
    Person.objects.filter(pk=person_id).update(page_for='public', work_for='public')
    rows = [
        category,
        organisation,
        Affiliation.objects.create(person_id=person_id, organisation=organisation, since=days.today()),
        EarlierName.objects.create(organisation=organisation, name='Soak', until=days.today()),
    ]
    return tuple(type(row).objects.filter(pk=row.pk) for row in rows)


def _member(category: Category, name: str) -> Any:
    """The membership of an organisation that is listed."""
    today = days.today()
    organisation = Organisation.objects.create(name=name, public=True)
    membership = joining.admit(organisation, by=None, category=category, joined_on=today)
    first, last = category.term_from(today)
    membership.terms.create(start=first, end=last, fee=0, seats=TURNS, payment=Term.Payment.FREE)
    return membership


def _of_topics(person: Person, organisation: Organisation) -> list[Subject]:
    Person.objects.filter(pk=person.pk).update(topics_for='public', sought_for='public')
    its_page, their_page = organisation.get_absolute_url(), person.get_absolute_url()
    return [
        Subject('zqk', (its_page,), lambda words: organisation.topics.set([words])),
        Subject('zql', (their_page,), lambda words: person.topics.set([words])),
        Subject('zqm', (their_page,), lambda words: meeting.seek(person, [words])),
    ]


def _in_turn(rows: Sequence[Any], swap: Callable[[Any, Any], None]) -> Callable[[str], None]:
    """Names the next of them while no page shows it, and puts it into the place of the one before, at once."""
    count = 0

    def write(words: str) -> None:
        nonlocal count
        count += 1
        before, after = rows[(count - 1) % len(rows)], rows[count % len(rows)]
        after.name = words
        after.save(update_fields=['name'])
        with transaction.atomic():
            swap(before, after)

    return write


def _of_seats(category: Category) -> Subject:
    """Whose the one place is: without it nobody is shown among the people there."""
    membership, yesterday = _member(category, 'Soak of places'), days.today() - timedelta(days=1)
    people = [
        Person.objects.create(name='Soak', family_name='Soak', page_for='public', work_for='public')
        for _ in range(TURNS)
    ]
    for person in people:
        Affiliation.objects.create(person=person, organisation=membership.organisation, since=yesterday)
    places = {person.pk: seats.give(membership, by=None, person=person, since=yesterday) for person in people}
    for place in places.values():
        seats.end(place, by=None)

    def swap(before: Person, after: Person) -> None:
        ends, begins = places[before.pk], places[after.pk]
        ends.state, ends.until = Seat.State.ENDED, yesterday
        begins.state, begins.until = Seat.State.ACTIVE, None
        seats.keep_seats(membership, by=None, seats=[ends, begins])

    return Subject('zqn', (membership.organisation.get_absolute_url(),), _in_turn(people, swap))


def _of_suspensions(category: Category) -> Subject:
    """Which of several is not suspended: that one alone is listed."""
    yesterday = days.today() - timedelta(days=1)
    memberships = [_member(category, f'Soak of suspensions {number}') for number in range(TURNS)]
    suspensions = {
        one.organisation_id: leaving.suspend(one, by=None, reason='Soak', start=yesterday)
        for one in memberships
    }

    def swap(before: Organisation, after: Organisation) -> None:
        for organisation, until in ((before, None), (after, yesterday)):
            row = suspensions[organisation.pk]
            row.until = until
            leaving.keep_suspensions(row.membership, by=None, suspensions=[row])

    rows = [one.organisation for one in memberships]
    return Subject('zqo', ('/organisations/',), _in_turn(rows, swap))


def _of_successions(category: Category, by: Person) -> Subject:
    """What followed an organisation, which its page names."""
    organisation, today = _member(category, 'Soak that was followed').organisation, days.today()
    followed = [Organisation.objects.create(name='Soak', public=False) for _ in range(TURNS)]

    def swap(before: Organisation, after: Organisation) -> None:
        Succession.objects.filter(organisation=organisation).delete()
        succeeding.succeed(organisation, by=by, successors=[after], since=today)

    return Subject('zqp', (organisation.get_absolute_url(),), _in_turn(followed, swap))
