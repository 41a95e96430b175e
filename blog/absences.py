"""Who is away, until when, and who stands in: said by editors and readers, asked wherever somebody is waited for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from blog.models import Absence, Commission, Submission
from members.models import Person
from ukis import days
from ukis.engine import locked
from ukis.refusals import NotNow

KEPT = timedelta(days=90)
WARNING = '{} is away until {}. Choose another editor, or press the button again if you mean it.'
FURTHEST = timedelta(days=3 * 365)


def say(person: Person, *, by: Person, first: date, last: date, deputy: Person | None = None) -> Absence:
    """`by` is the person. NotNow where the time is past, or meets another time of theirs or of the deputy's."""
    if by.pk != person.pk:
        raise NotNow('Everybody says for themselves when they are away.')
    with transaction.atomic():
        for key in sorted({one.pk for one in (person, deputy) if one}):
            locked(Person(pk=key))
        if why_not := why_not_away(person, first=first, last=last, deputy=deputy):
            raise NotNow(why_not)
        return Absence.objects.create(person=person, first=first, last=last, deputy=deputy)


def why_not_away(person: Person, *, first: date, last: date, deputy: Person | None) -> str:
    if last < first:
        return 'The last day is not before the first.'
    if last < days.today():
        return 'These days are past.'
    if last > days.today() + FURTHEST:
        return 'Choose days within the next three years.'
    met = Absence.objects.filter(person=person).meeting(first, last).first()
    if met:
        return f'You have said so already for {met}. End that one first.'
    stood_in_for = Absence.objects.filter(deputy=person).meeting(first, last).select_related('person').first()
    if stood_in_for:
        return (
            f'You stand in for {stood_in_for.person.printed_name} then, {stood_in_for}. '
            'Ask them to choose somebody else first.'
        )
    if deputy is None:
        return ''
    if deputy.pk == person.pk or not (deputy.is_active and deputy.is_editor):
        return 'Choose another editor, who stands in for you.'
    theirs = Absence.objects.filter(person=deputy).meeting(first, last).first()
    if theirs:
        return f'{deputy.printed_name} is away too, {theirs}. Choose somebody else.'
    return ''


def end(row: Absence, *, by: Person) -> None:
    """They are back, or do not go."""
    with transaction.atomic():
        locked(Person(pk=by.pk))
        mine = Absence.objects.filter(pk=row.pk, person=by).first()
        today = days.today()
        if mine is None or mine.last < today:
            raise NotNow('That is over already.')
        if mine.first >= today:
            mine.delete()
        else:
            mine.last = today - timedelta(days=1)
            mine.save(update_fields=['last'])


def among(people: Iterable[Person], on: date) -> dict[int, Absence]:
    """Those of them who are away, by key."""
    keys = {one.pk for one in people}
    found = Absence.objects.on(on).filter(person__in=keys).select_related('deputy', 'person') if keys else []
    return {one.person_id: one for one in found}


def until(person: Person | None, on: date | None = None) -> date | None:
    """The last day of somebody who is away."""
    if person is None:
        return None
    row = Absence.objects.on(on or days.today()).filter(person=person).first()
    return row.last if row else None


def now_and_soon(on: date) -> list[Absence]:
    """Who is away, or will be within a month."""
    rows = Absence.objects.not_over(on).filter(first__lte=on + timedelta(days=30))
    return list(rows.select_related('person', 'deputy')[:50])


def may_stand_in(deputy: Person, about: Submission | Commission) -> bool:
    """On what they write themselves they have their author's eyes only."""
    if not (deputy.is_active and deputy.is_editor):
        return False
    if isinstance(about, Commission):
        return about.invitee_id != deputy.pk
    return not about.authorships.filter(person=deputy).exists()


def long_over(now: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(last__lt=days.london_day(now) - KEPT)
