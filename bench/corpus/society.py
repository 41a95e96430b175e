"""Tags, pictures, organisations and people, and who is a member."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.corpus.drawing import WORDS, Zipf, in_bulk, words
from members.models import Affiliation, Category, Membership, Organisation, Override, Person, Seat, Term
from members.spelling import folded
from ukis import days
from ukis.pictures.models import Picture
from ukis.society.models import Page, Society
from ukis.tags import fold
from ukis.tags.models import Tag

GIVEN = (
    'Ada Bo Carys Dewi Elin Fergus Gwen Hamish Iona Jack Kirsty Liam Mair Niamh Owen Priya Rhys Siân'.split()
)
FAMILY = (
    'Adair Baird Craig Davies Evans Fraser Griffiths Hughes Innes Jones Kerr Lloyd Morgan Owens Price'.split()
)
NATIONS = ('england', 'scotland', 'wales', 'northern-ireland')
# How many in a hundred memberships stand how: the days from today on which the last term starts and ends.
STANDINGS = (
    [(-200, 164)] * 66 + [(-330, 34)] * 10 + [(-395, -30)] * 6 + [(-565, -200)] * 8 + [(-1565, -1200)] * 7
) + [(12, 376)] * 3
# One in so many: ended by a day, suspended for a while, never paid.
ENDED, SUSPENDED, UNPAID = 50, 90, 40


@dataclass(frozen=True)
class Made:
    """What others point at; `at`: where each person works, by their key."""

    tags: list[Tag]
    pictures: list[Picture]
    organisations: list[Organisation]
    people: list[Person]
    memberships: list[Membership]
    at: dict[int, Organisation]


def make_society(chance: random.Random, *, organisations: int, people: int, tags: int, pictures: int) -> Made:
    """`pictures`: for so many posts."""
    Society.objects.get_or_create(pk=1, defaults={'mission': '<p>We bring people together.</p>'})
    Page.objects.get_or_create(
        address='privacy', defaults={'title': 'Privacy', 'body': '<p>Yes.</p>', 'published': True}
    )
    return _Society(chance).make(organisations, people, tags, max(40, pictures // 10))


class _Society:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.today = days.today()

    def make(self, organisations: int, people: int, tags: int, pictures: int) -> Made:
        made_tags = in_bulk(Tag(**self._tag(number)) for number in range(tags))
        self.pictures = in_bulk(self._picture(number) for number in range(pictures))
        self.organisations = in_bulk(self._organisation(number) for number in range(organisations))
        self.people = in_bulk(self._person(number) for number in range(people))
        self._memberships()
        self._affiliations()
        return Made(made_tags, self.pictures, self.organisations, self.people, self.memberships, self.at)

    def _words(self, count: int) -> str:
        return words(self.chance, count)

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
        name = f'{self._words(1)} {self._words(1)} Institute {number}'
        return Organisation(
            name=name,
            folded_name=folded(name),
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
            found_by=f'{family} {given} {family}'.lower(),
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
        self.memberships = in_bulk(
            Membership(
                category=individual if isinstance(holder, Person) else self.chance.choice(bands),
                person=holder if isinstance(holder, Person) else None,
                organisation=None if isinstance(holder, Person) else holder,
                number=1001 + number,
                joined_on=date(2019, 4, 1),
                ended_on=self.today - timedelta(days=9) if number % ENDED == ENDED - 1 else None,
            )
            for number, holder in enumerate(holders)
        )
        in_bulk(term for n, row in enumerate(self.memberships) for term in self._terms(row, n))
        in_bulk(
            Override(membership=row, reason='Not paid.', start=self.today - timedelta(days=20))
            for number, row in enumerate(self.memberships)
            if number % SUSPENDED == SUSPENDED - 1
        )

    def _terms(self, membership: Membership, number: int) -> list[Term]:
        start, end = self.chance.choice(STANDINGS)
        spans = [(start - 365 * back, end - 365 * back) for back in range(self.chance.randrange(6))]
        unpaid = number % UNPAID == UNPAID - 1
        return [
            Term(
                membership=membership,
                start=self.today + timedelta(days=first),
                end=self.today + timedelta(days=min(last, first + 364)),
                fee=450,
                seats=10,
                payment=Term.Payment.UNPAID if unpaid else Term.Payment.PAID,
            )
            for first, last in (spans[:1] if unpaid else spans)
        ]

    def _affiliations(self) -> None:
        """Everybody somewhere; two in three of those at a member organisation with a seat there."""
        places = Zipf(self.chance, self.organisations)
        of = {row.organisation_id: row for row in self.memberships if row.organisation_id}
        self.at = {person.pk: places.draw()[0] for person in self.people}
        in_bulk(
            Affiliation(
                person=person,
                organisation=self.at[person.pk],
                job_title=self._words(2),
                main=True,
                sorted_as=person.sorted_as,
            )
            for person in self.people
        )
        in_bulk(
            Seat(membership=of[self.at[person.pk].pk], person=person, since=date(2020, 1, 1))
            for number, person in enumerate(self.people)
            if number % 3 and self.at[person.pk].pk in of
        )
