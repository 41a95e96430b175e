"""What is in print: most of it brought in from elsewhere, one in ten by way of the desk."""

import random
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from bench.corpus.drawing import Zipf, in_bulk, text, words
from bench.corpus.society import Made
from bench.corpus.staff import Staff
from blog.models import Authorship, Byline, Holder, Post, PrintedName, Series, State, Submission, Version
from members.models import Person
from ukis.addresses.models import OldAddress
from ukis.tags.models import TaggedItem

YEARS = 10
AT_ONCE = 1_000
BY_THE_DESK = 10  # one in so many was handed in here


def make_posts(chance: random.Random, society: Made, staff: Staff, count: int) -> None:
    """A thousand at a time, so that their words need not all be kept in mind."""
    press = _Press(chance, society, staff, count)
    for numbers in batched(range(count), AT_ONCE):
        press.make(list(numbers))
    point_at_words()


def point_at_words() -> None:
    """Every submission stands as its newest version has it."""
    newest = Version.objects.filter(submission=OuterRef('pk')).order_by('-number').values('pk')[:1]
    Submission.objects.filter(current=None).update(current=Subquery(newest))
    Submission.objects.filter(handed_in_version=None, first_submitted_at__isnull=False).update(
        handed_in_version=F('current')
    )


def names_of(society: Made, people: list[Person]) -> list[PrintedName]:
    return [
        PrintedName(
            person=person.pk,
            organisation=society.at[person.pk].pk,
            name=person.name,
            role='Researcher',
            affiliation=society.at[person.pk].name,
            biography=person.biography,
            picture=person.photo_id,  # type: ignore[attr-defined]
        )
        for person in people
    ]


def authorships(
    submission: Submission, names: list[PrintedName], agreed: datetime | None
) -> list[Authorship]:
    return [
        Authorship(
            submission=submission,
            order=order,
            corresponding=order == 0,
            can_edit=order == 0,
            agreed_at=agreed,
            **name.columns(),
        )
        for order, name in enumerate(names)
    ]


class _Press:
    def __init__(self, chance: random.Random, society: Made, staff: Staff, count: int) -> None:
        self.chance, self.society, self.staff, self.count = chance, society, staff, count
        self.now = timezone.now()
        self.authors = Zipf(chance, society.people[: max(1, len(society.people) // 6)])
        self.tags = Zipf(chance, society.tags)
        self.kind = ContentType.objects.get_for_model(Post)
        # Of each hundred posts thirty belong together.
        self.series = [Series.objects.create(title=f'Series {one}') for one in range(-(-count // 100))]

    def make(self, numbers: list[int]) -> None:
        when = {number: self._when(number) for number in numbers}
        people = [self.authors.draw(self.chance.choice((1, 1, 1, 2, 3))) for _ in numbers]
        names = [names_of(self.society, some) for some in people]
        submissions = in_bulk(self._submission(number, when[number]) for number in numbers)
        versions = in_bulk(map(self._version, submissions, numbers))
        posts = in_bulk(self._post(v, n, when[n]) for v, n in zip(versions, numbers, strict=True))
        in_bulk(
            row
            for submission, some in zip(submissions, names, strict=True)
            for row in authorships(submission, some, submission.first_submitted_at)
        )
        in_bulk(
            Byline(post=post, order=order, **name.columns())
            for post, some in zip(posts, names, strict=True)
            for order, name in enumerate(some)
        )
        in_bulk(
            TaggedItem(tag=tag, content_type=self.kind, object_id=post.pk)
            for post in posts
            for tag in self.tags.draw(self.chance.choice((3, 4, 5, 6)))
        )
        in_bulk(
            OldAddress(path=f'/blog/was-{post.slug}/', content_type=self.kind, object_id=post.pk)
            for post in posts[::20]
        )

    def _when(self, number: int) -> datetime:
        """Evenly over the years, the newest last; one in five hundred is still to come."""
        if number % 500 == 499:
            return self.now + timedelta(days=1 + number % 50)
        back = 365 * YEARS * (self.count - number) / self.count
        return self.now - timedelta(days=back, hours=self.chance.random())

    def _submission(self, number: int, at: datetime) -> Submission:
        by_the_desk: dict[str, Any] = {
            'editor': self.chance.choice(self.staff.editors),
            'first_submitted_at': at - timedelta(days=60),
            'approved_hash': f'{number:064x}',
        }
        ahead = at > self.now
        return Submission(
            working_title=f'{words(self.chance, 5)} {number}',
            state=State.RELEASED,
            holder=Holder.CALENDAR if ahead else Holder.NOBODY,
            held_since=self.now if ahead else at,
            due_on=at.date() if ahead else None,
            started_at=at - timedelta(days=70),
            series=self.series[number // 100] if number % 10 >= 7 else None,
            **(by_the_desk if ahead or number % BY_THE_DESK == 1 else {'source': f'bench:{number}'}),
        )

    def _version(self, submission: Submission, number: int) -> Version:
        lead = (
            {'lead_picture': self.chance.choice(self.society.pictures), 'lead_alt': 'A room.'}
            if number % 5 < 2
            else {}
        )
        return Version(
            submission=submission,
            number=1,
            title=words(self.chance, 7),
            standfirst=words(self.chance, 25),
            body=text(self.chance),
            why='import',
            hash=f'{number:064x}',
            language='cy' if number % 40 == 0 else 'en-GB',
            **lead,
        )

    def _post(self, version: Version, number: int, at: datetime) -> Post:
        revised = number % 10 == 3 and at < self.now
        return Post(
            submission_id=version.submission_id,
            version=version,
            slug=f'post-{number}',
            published_at=at.astimezone(UTC),
            announced_at=None if at > self.now else at,
            revised_at=at + (self.now - at) / 2 if revised else None,
            archived_at=self.now if number % 50 == 7 else None,
            taken_down_at=self.now if number % 300 == 11 else None,
            taken_down_why='A slip.' if number % 300 == 11 else '',
            featured=number % 100 == 0,
        )
