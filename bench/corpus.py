"""A society of any size, made in bulk: the same for the same numbers, shaped as such things are.

Tags, authors and organisations are used as words are (Zipf): a few by many posts, most by few.
"""

import argparse
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from blog import shelving
from blog.models import Byline, Holder, Post, State, Submission, Version
from members.models import Affiliation, Category, Membership, Organisation, Person, Seat, Term
from ukis import days
from ukis.pictures.models import Picture
from ukis.society.models import Page, Society
from ukis.tags import fold
from ukis.tags.models import Tag, TaggedItem

WORDS = """
    evidence practice change team service school clinic nurse teacher child family outcome trial reach adopt fidelity
    context barrier enabler coach lead learn scale sustain measure cost equity voice policy region council hospital
    community partner funding pilot method theory model frame reflect question answer year
""".split()
GIVEN = (
    'Ada Bo Carys Dewi Elin Fergus Gwen Hamish Iona Jack Kirsty Liam Mair Niamh Owen Priya Rhys Siân'.split()
)
FAMILY = (
    'Adair Baird Craig Davies Evans Fraser Griffiths Hughes Innes Jones Kerr Lloyd Morgan Owens Price'.split()
)
NATIONS = ('england', 'scotland', 'wales', 'northern-ireland')
YEARS = 10
# How many in a hundred memberships stand how: the days from today on which the last term starts and ends.
STANDINGS = (
    [(-200, 164)] * 66 + [(-330, 34)] * 10 + [(-395, -30)] * 6 + [(-565, -200)] * 8 + [(-1565, -1200)] * 7
) + [(12, 376)] * 3


class Zipf:
    """Draws from rows, the first of them most often."""

    def __init__(self, chance: random.Random, rows: Sequence[Any]) -> None:
        self.chance, self.rows = chance, rows
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(rows))))

    def draw(self, count: int = 1) -> list[Any]:
        """Up to `count` rows, each once."""
        return list(dict.fromkeys(self.chance.choices(self.rows, cum_weights=self.weights, k=count)))


def make(*, posts: int, organisations: int, people: int, tags: int, seed: int = 1) -> None:
    """Everything in one transaction, into an empty database."""
    with transaction.atomic():
        _Corpus(random.Random(seed)).make(posts, organisations, people, tags)  # noqa: S311
        shelving.rebuild()
    if connection.vendor == 'postgresql':
        with connection.cursor() as cursor:
            # Those here alone: the tables of the whole server wait for everybody else who looks at them.
            names = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            cursor.execute(f'ANALYZE {", ".join(names)}')


class _Corpus:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.now = timezone.now()
        self.today = days.today()

    def make(self, posts: int, organisations: int, people: int, tags: int) -> None:
        Society.objects.get_or_create(pk=1, defaults={'mission': '<p>We bring people together.</p>'})
        Page.objects.get_or_create(
            address='privacy', defaults={'title': 'Privacy', 'body': '<p>Yes.</p>', 'published': True}
        )
        self.tags = self._bulk(Tag, [Tag(**self._tag(number)) for number in range(tags)])
        self.pictures = self._bulk(Picture, [self._picture(number) for number in range(40)])
        self.organisations = self._bulk(Organisation, [self._organisation(n) for n in range(organisations)])
        self.people = self._bulk(Person, [self._person(n) for n in range(people)])
        self._memberships()
        self._affiliations()
        self._posts(posts)

    def _bulk(self, model: type[models.Model], rows: list[Any]) -> list[Any]:
        for batch in batched(rows, 500):
            model._default_manager.bulk_create(batch)
        return rows

    def _words(self, count: int) -> str:
        return ' '.join(self.chance.choices(WORDS, k=count)).capitalize()

    def _tag(self, number: int) -> dict[str, Any]:
        name = f'{WORDS[number % len(WORDS)]} {WORDS[number // len(WORDS) % len(WORDS)]} {number}'
        return {
            'name': name,
            'folded': fold(name),
            'slug': name.replace(' ', '-'),
            'description': self._words(12) if number % 3 == 0 else '',
        }

    def _picture(self, number: int) -> Picture:
        sizes = [
            {
                'format': kind,
                'width': width,
                'height': width // 2,
                'name': f'{number}-{width}.{kind}',
                'bytes': 1,
            }
            for kind in ('avif', 'webp')
            for width in (320, 640, 960, 1600)
        ]
        return Picture(
            hash=f'{number:064x}',
            file=f'{number}.jpg',
            format='JPEG',
            width=1600,
            height=800,
            size=1,
            sizes=sizes,
        )

    def _organisation(self, number: int) -> Organisation:
        return Organisation(
            name=f'{self._words(1)} {self._words(1)} Institute {number}',
            short_name=f'I{number}' if number % 2 else '',
            slug=f'institute-{number}',
            kind=self.chance.choice(Organisation.Kind.values),
            nations=self.chance.choices(NATIONS, weights=(80, 12, 5, 3), k=1),
            logo=self.chance.choice(self.pictures) if number % 2 else None,
            description=self._words(30),
            public=number % 20 != 0,
        )

    def _person(self, number: int) -> Person:
        given, family = self.chance.choice(GIVEN), f'{self.chance.choice(FAMILY)}{number}'
        return Person(
            email=f'p{number}@people.example',
            name=f'{given} {family}',
            given_names=given,
            family_name=family,
            slug=f'person-{number}',
            biography=self._words(40),
            photo=self.chance.choice(self.pictures) if number % 3 == 0 else None,
            page_for='public' if number % 5 < 2 else 'members',
        )

    def _memberships(self) -> None:
        """One of each public organisation, and of one person in ten; with the terms of some years before."""
        bands = [
            Category.objects.create(name=f'Band {grace}', holders='organisations', grace_days=grace)
            for grace in (60, 30)
        ]
        individual = Category.objects.create(name='Individual', holders='people')
        holders = [row for row in self.organisations if row.public] + self.people[::10]
        self.memberships = self._bulk(
            Membership,
            [
                Membership(
                    category=individual if isinstance(holder, Person) else self.chance.choice(bands),
                    person=holder if isinstance(holder, Person) else None,
                    organisation=None if isinstance(holder, Person) else holder,
                    number=1001 + number,
                    joined_on=date(2019, 4, 1),
                    ended_on=self.today - timedelta(days=9) if number % 50 == 49 else None,
                )
                for number, holder in enumerate(holders)
            ],
        )
        self._bulk(Term, [term for row in self.memberships for term in self._terms(row)])

    def _terms(self, membership: Membership) -> list[Term]:
        start, end = self.chance.choice(STANDINGS)
        spans = [(start - 365 * back, end - 365 * back) for back in range(self.chance.randrange(6))]
        return [
            Term(
                membership=membership,
                start=self.today + timedelta(days=first),
                end=self.today + timedelta(days=min(last, first + 364)),
                fee=450,
                seats=10,
                payment=Term.Payment.PAID,
            )
            for first, last in spans
        ]

    def _affiliations(self) -> None:
        """Everybody somewhere; two in three of those at a member organisation with a seat there."""
        places = Zipf(self.chance, self.organisations)
        of = {row.organisation_id: row for row in self.memberships if row.organisation_id}
        self.at = {person.pk: places.draw()[0] for person in self.people}
        self._bulk(
            Affiliation,
            [
                Affiliation(
                    person=person,
                    organisation=self.at[person.pk],
                    job_title=self._words(2),
                    main=True,
                    sorted_as=person.sorted_as,
                )
                for person in self.people
            ],
        )
        self._bulk(
            Seat,
            [
                Seat(membership=of[self.at[person.pk].pk], person=person, since=date(2020, 1, 1))
                for number, person in enumerate(self.people)
                if number % 3 and self.at[person.pk].pk in of
            ],
        )

    def _posts(self, count: int) -> None:
        authors = Zipf(self.chance, self.people[: max(1, len(self.people) // 6)])
        tags = Zipf(self.chance, self.tags)
        when = [self._when(number, count) for number in range(count)]
        named = [authors.draw(self.chance.choice((1, 1, 1, 2, 3))) for _ in range(count)]
        submissions = self._bulk(
            Submission,
            [
                Submission(
                    working_title=f'Post {number}',
                    state=State.RELEASED,
                    holder=Holder.NOBODY,
                    held_since=at,
                    source=f'bench:{number}',
                )
                for number, at in enumerate(when)
            ],
        )
        versions = self._bulk(Version, [self._version(row, n) for n, row in enumerate(submissions)])
        rows = self._bulk(Post, [self._post(v, n, when[n]) for n, v in enumerate(versions)])
        self._bulk(
            Byline,
            [
                Byline(
                    post=post,
                    order=order,
                    person=person,
                    organisation=self.at[person.pk],
                    name=person.name,
                    role='Researcher',
                    affiliation=self.at[person.pk].name,
                    biography=person.biography,
                    picture_id=person.photo_id,
                )
                for post, people in zip(rows, named, strict=True)
                for order, person in enumerate(people)
            ],
        )
        kind = ContentType.objects.get_for_model(Post)
        self._bulk(
            TaggedItem,
            [
                TaggedItem(tag=tag, content_type=kind, object_id=post.pk)
                for post in rows
                for tag in tags.draw(self.chance.choice((3, 4, 5, 6)))
            ],
        )

    def _when(self, number: int, count: int) -> datetime:
        """Evenly over the years, the newest last; one in five hundred is still to come."""
        if number % 500 == 499:
            return self.now + timedelta(days=1 + number % 50)
        return self.now - timedelta(days=365 * YEARS * (count - number) / count, hours=self.chance.random())

    def _version(self, submission: Submission, number: int) -> Version:
        body = ''.join(f'<p>{self._words(80)}.</p>' for _ in range(8))
        lead = (
            {'lead_picture': self.chance.choice(self.pictures), 'lead_alt': 'A room.'}
            if number % 5 < 2
            else {}
        )
        return Version(
            submission=submission,
            number=1,
            title=self._words(7),
            standfirst=self._words(25),
            body=body,
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
            announced_at=at,
            revised_at=at + (self.now - at) / 2 if revised else None,
            archived_at=self.now if number % 50 == 7 else None,
            taken_down_at=self.now if number % 300 == 11 else None,
            taken_down_why='A slip.' if number % 300 == 11 else '',
            featured=number % 100 == 0,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--posts', type=int, default=10_000)
    parser.add_argument('--organisations', type=int, default=2_000)
    parser.add_argument('--people', type=int, default=20_000)
    parser.add_argument('--tags', type=int, default=400)
    parser.add_argument('--seed', type=int, default=1)
    call_command('migrate', verbosity=0, interactive=False)
    make(**vars(parser.parse_args()))


if __name__ == '__main__':
    main()
