"""What the soak changes by the verbs of membership, and where it shows: who is listed, who is among the people of a
member organisation, and what stands there of it."""

import random
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from bench.soak import Subject
from members import erasing, joining, leaving, meeting, merging
from members.merging import succeeding
from members.models import (
    Affiliation,
    Category,
    EarlierName,
    Office,
    Organisation,
    Person,
    Seat,
    Succession,
    Term,
)
from members.money import renewing
from members.organisations import offices, proposals
from members.places import seats
from members.seeing import PARTS, Visibility
from ukis import days, pictures

# Merging people and forgetting one both hold what keeps the last Administrator; whoever waits for it waits seconds.
STAFF_IS_HELD = threading.Lock()
TURNS = 8  # so many take turns in what a verb gives and takes: each is renamed while nobody is shown it


def of_membership(category: Category, author: Person, organisation: Organisation) -> list[Subject]:
    """Of topics; of who has a place, is suspended, covered, seen, merged or forgotten; of what follows an organisation,
    and of what its contact proposes and staff accept."""
    staff = Person.objects.create(name='Soak', family_name='Soak', is_superuser=True, is_staff=True)
    return [
        *_of_topics(author, organisation),
        _of_seats(category),
        _of_suspensions(category),
        _of_successions(category, author),
        _of_cover(category),
        _of_visibility(category),
        _of_all_that_one_shows(category),
        _of_merged_people(category, staff),
        _of_merged_organisations(category, staff),
        _of_erasures(category),
        *_of_listings(category, staff),
    ]


def member(category: Category, name: str) -> Any:
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
    membership, yesterday = member(category, 'Soak of places'), days.today() - timedelta(days=1)
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
    memberships = [member(category, f'Soak of suspensions {number}') for number in range(TURNS)]
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
    organisation, today = member(category, 'Soak that was followed').organisation, days.today()
    followed = [Organisation.objects.create(name='Soak', public=False) for _ in range(TURNS)]

    def swap(before: Organisation, after: Organisation) -> None:
        Succession.objects.filter(organisation=organisation).delete()
        succeeding.succeed(organisation, by=by, successors=[after], since=today)

    return Subject('zqp', (organisation.get_absolute_url(),), _in_turn(followed, swap))


def _of_cover(category: Category) -> Subject:
    """Which of several is covered: it alone is listed."""
    terms = [member(category, f'Soak of cover {number}').terms.get() for number in range(TURNS)]
    by_holder = {term.membership.organisation_id: term for term in terms}

    def swap(before: Organisation, after: Organisation) -> None:
        for organisation, payment in ((before, Term.Payment.UNPAID), (after, Term.Payment.FREE)):
            term = by_holder[organisation.pk]
            term.payment = payment
            renewing.keep_terms(term.membership, by=None, terms=[term])

    rows = [term.membership.organisation for term in terms]
    for row in rows:
        swap(row, rows[0])
    return Subject('zqq', ('/organisations/',), _in_turn(rows, swap))


def _works_there(membership: Any, name: str = 'Soak', **fields: Any) -> Person:
    """Somebody with a place, who is shown among its people."""
    fields = {'page_for': 'public', 'work_for': 'public', **fields}
    person = Person.objects.create(name=name, family_name=name, **fields)
    yesterday = days.today() - timedelta(days=1)
    Affiliation.objects.create(person=person, organisation=membership.organisation, since=yesterday)
    seats.give(membership, by=None, person=person, since=yesterday)
    return person


def _of_visibility(category: Category) -> Subject:
    """Who of several lets everybody see where they work."""
    membership = member(category, 'Soak of visibility')
    people = [_works_there(membership, work_for='nobody') for _ in range(TURNS)]

    def swap(before: Person, after: Person) -> None:
        before.work_for, after.work_for = 'nobody', 'public'
        for one in (before, after):
            one.save(update_fields=['work_for'])

    return Subject('zqr', (membership.organisation.get_absolute_url(),), _in_turn(people, swap))


class Shown(Subject):
    """Somebody's own page, on which each part stands exactly while it is meant for everybody."""

    signs = {
        'biography': 'Soak writes.',
        'photo': '<img',
        'nation': 'Northern Ireland',
        'links': 'https://soak.example/',
        'work': 'Soaker of pages',
        'topics': 'Soak offered',
        'sought': 'Soak sought',
    }
    stood: dict[int, set[str]] = {}

    def found(self, page: str) -> int | None:
        """Less than any number where one part is shown that was not, or the other way round."""
        number = super().found(page)
        if number is None:
            return None
        shown = {part for part, sign in self.signs.items() if sign in page}
        return number if shown == self.stood[number] else -1


def _of_all_that_one_shows(category: Category) -> Subject:
    """Each of seven choices falls anew with each change, whoever sees it before and after."""
    drawn, signs = _drawing(120), Shown.signs
    person = _works_there(
        member(category, 'Soak of what one shows'), biography=signs['biography'], photo=drawn,
        nation='northern-ireland', website=signs['links'],
    )  # fmt: skip
    person.affiliations.update(job_title=signs['work'])
    person.topics.set([signs['topics']])
    meeting.seek(person, [signs['sought']])
    columns = {part: f'{part}_for' for part in PARTS}

    def write(words: str) -> None:
        person.name = words
        for column in columns.values():
            setattr(person, column, random.choice(Visibility.values))  # noqa: S311
        shown = {part for part, column in columns.items() if getattr(person, column) == Visibility.PUBLIC}
        Shown.stood[int(words.strip('zqx'))] = shown
        person.save(update_fields=['name', *columns.values()])

    return Shown('zqx', (person.get_absolute_url(),), write)


def _merge(look: Any, merge: Any, kept: Any, gone: Any, staff: Person) -> None:
    """Under the name of the one that goes."""
    looked = look(kept, gone, by=staff)
    answers = {one.name: 'other' if one.name == 'name' else one.initial for one in looked.choices}
    merge(kept, gone, by=staff, state=looked.state, answers=answers)


def _of_merged_people(category: Category, staff: Person) -> Subject:
    """Somebody who was here twice, and once more with each change."""
    membership = member(category, 'Soak of merged people')
    kept = _works_there(membership)

    def write(words: str) -> None:
        with STAFF_IS_HELD, transaction.atomic():
            gone = _works_there(membership, words)
            _merge(merging.look_at_people, merging.merge_people, Person.objects.get(pk=kept.pk), gone, staff)

    return Subject('zqs', (membership.organisation.get_absolute_url(),), write)


def _of_merged_organisations(category: Category, staff: Person) -> Subject:
    kept = member(category, 'Soak of merged organisations').organisation

    def write(words: str) -> None:
        with transaction.atomic():
            gone, now = Organisation.objects.create(name=words), Organisation.objects.get(pk=kept.pk)
            _merge(merging.look_at_organisations, merging.merge_organisations, now, gone, staff)
            EarlierName.objects.filter(organisation=kept).delete()  # which the page would show too

    return Subject('zqt', (kept.get_absolute_url(), '/organisations/'), write)


def _of_erasures(category: Category) -> Subject:
    """Whoever is there is forgotten as the next one comes."""
    membership = member(category, 'Soak of erasures')
    there: list[Person] = []

    def write(words: str) -> None:
        with STAFF_IS_HELD, transaction.atomic():
            there.append(_works_there(membership, words))
            for gone in there[:-1]:
                asked = erasing.ask(gone, by=gone, bylines='keep', at=timezone.now() - erasing.WAITS)
                erasing.carry_out(asked)
            del there[:-1]

    return Subject('zqu', (membership.organisation.get_absolute_url(),), write)


def _of_listings(category: Category, staff: Person) -> list[Subject]:
    """What a contact proposes of an organisation's page, and staff accept."""
    described, marked = (member(category, f'Soak of {what}') for what in ('listings', 'logos'))
    drawn = [_drawing(shade) for shade in (40, 80)]

    def proposer(membership: Any, wanted: Callable[[str], Any]) -> Callable[[str], None]:
        organisation, contact = membership.organisation, _works_there(membership)
        offices.appoint(organisation, by=None, person=contact, role=Office.Role.MAIN)

        def write(words: str) -> None:
            with transaction.atomic():
                for row in proposals.propose(organisation, by=contact, **wanted(words)):
                    proposals.accept(row, by=staff, seen=row.was)

        return write

    def logo(words: str) -> dict[str, Any]:
        drawn.append(drawn.pop(0))
        return {'wanted': {'logo': {'picture': drawn[0].pk, 'words': words}}, 'picture': drawn[0]}

    return [
        Subject(
            'zqv',
            (described.organisation.get_absolute_url(),),
            proposer(described, lambda words: {'wanted': {'description': words}}),
        ),
        Subject('zqw', (marked.organisation.get_absolute_url(),), proposer(marked, logo)),
    ]


def _drawing(shade: int) -> Any:
    drawn = BytesIO()
    Image.new('RGB', (64, 64), (shade, shade, shade)).save(drawn, 'PNG')
    return pictures.accept(SimpleUploadedFile('drawing.png', drawn.getvalue(), 'image/png'), None)
