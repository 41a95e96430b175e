"""Who speaks for an organisation: offices given and laid down, with their days. Leaving is never refused: where the
last main contact goes without a successor the office falls vacant, and staff hear of it at once."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import contacts, judging, letters
from members.judging import Problem
from members.letters import recipients
from members.models import Office, Organisation, Person, Seat
from members.places import seats
from ukis import days, history
from ukis.refusals import NotNow

MAIN = Office.Role.MAIN
NOTED = ('person', 'role', 'since', 'until')


@transaction.atomic
def appoint(
    organisation: Organisation, *, by: Person | None, person: Person, role: str, since: date | None = None
) -> Office:
    """From the day `since` they hold it. Contacts give offices to people with a place; staff to anybody."""
    row = Organisation.objects.locked(organisation.pk)
    contacts.check(by, row, 'keeps_people')
    if not _acts_as_staff(by) and not contacts.powers(person, row).any:
        raise NotNow(f'{person} has no place in {row.shown_name}. Invite them first.')
    office = Office(person=person, role=role, since=since or days.today())
    keep_offices(row, by=by, offices=[office])
    return office


@transaction.atomic
def step_down(office: Office, *, by: Person | None, successor: Person | None = None) -> Office:
    """By whoever holds it, by a main contact or by staff. `successor` takes the same office from today."""
    row = Organisation.objects.locked(office.organisation_id)
    if by is None or by.pk != office.person_id:
        contacts.check(by, row, 'keeps_people')
    office = Office.objects.select_related('person').get(pk=office.pk)
    if office.until is not None and office.until < days.today():
        return office  # a second tab
    given = []
    if successor is not None:
        if not _acts_as_staff(by) and not contacts.powers(successor, row).has_seat:
            raise NotNow(f'{successor} has no place in {row.shown_name}. Invite them first.')
        if not row.offices.current().of_role(office.role).filter(person=successor).exists():
            given = [Office(person=successor, role=office.role)]
    office.until = max(office.since, days.today() - timedelta(days=1))
    keep_offices(row, by=by, offices=[office, *given])
    return office


@transaction.atomic
def leave(organisation: Organisation, *, by: Person, successor: Person | None = None) -> None:
    """Somebody gives up their own place, and what they do there with it. `successor` is main contact from then on."""
    held = Seat.objects.active().in_membership().filter(membership__organisation=organisation, person=by)
    for seat in held.order_by('membership', 'pk'):
        seats.end(seat, by=by)
    for office in going_on(organisation, by):
        step_down(office, by=by, successor=successor if office.role == MAIN else None)


@transaction.atomic
def end_place(seat: Seat, *, by: Person, with_offices: bool) -> None:
    """A main contact ends somebody's place, and what they do there, if that is to end as well."""
    organisation, person = seat.membership.organisation, seat.person
    assert organisation is not None
    assert person is not None
    contacts.check(by, organisation, 'keeps_people')
    seats.end(seat, by=by)
    for office in going_on(organisation, person) if with_offices else ():
        step_down(office, by=by)


def going_on(organisation: Organisation, person: Person) -> list[Office]:
    """What somebody does there, also from a day to come."""
    rows = Office.objects.filter(Q(until=None) | Q(until__gte=days.today()))
    return list(rows.filter(organisation=organisation, person=person).order_by('pk'))


def last_held_by(person: Person) -> list[Office]:
    """In which organisations nobody is main contact any more when somebody goes."""
    held = Office.objects.current().of_role(MAIN).filter(person=person).select_related('organisation')
    return [office for office in held.order_by('organisation__name', 'pk') if is_last_main(office)]


@transaction.atomic
def hand_over(named: Mapping[Office, Person], *, by: Person | None) -> None:
    """Before somebody goes altogether: who is main contact from today in their stead."""
    for office, successor in named.items():
        row = Organisation.objects.locked(office.organisation_id)
        if not row.offices.current().of_role(office.role).filter(person=successor).exists():
            appoint(row, by=by, person=successor, role=office.role)


@transaction.atomic
def leave_all(person: Person, *, by: Person | None) -> None:
    """Somebody goes altogether: all their offices end, and none of these is a reason to keep them."""
    held = Office.objects.filter(person=person).filter(Q(until=None) | Q(until__gt=days.today()))
    for office in held.select_related('organisation', 'person').order_by('organisation', 'pk'):
        row = Organisation.objects.locked(office.organisation_id)
        office.until = max(office.since, days.today() - timedelta(days=1))
        keep_offices(row, by=by, offices=[office])


@transaction.atomic
def keep_offices(organisation: Organisation, *, by: Person | None, offices: Iterable[Office]) -> None:
    """Takes new and changed offices together, judged with those that stay."""
    row = Organisation.objects.locked(organisation.pk)
    given = list(offices)
    for office in given:
        office.organisation = row
        judging.check(office, judged_together=['person'])
    stored = {office.pk: office for office in row.offices.select_related('person')}
    kept = {office.pk for office in given}
    judging.refuse(problems([*given, *(office for pk, office in stored.items() if pk not in kept)]))
    lines: list[str] = []
    for office in sorted(given, key=lambda office: office.until is None):
        before = stored.get(office.pk)
        lines += _lines(before, office)
        office.save()
        _tell(before, office, row, by)
    history.note(row, by=by, lines=lines)
    ended = [office for office in given if office.role == MAIN and office.until is not None]
    _see_to_vacancy(row.pk, ended[-1] if ended else None)


def problems(offices: Iterable[Office]) -> Iterator[Problem]:
    """What forbids these, all of one organisation as they are to be."""
    seen: dict[tuple[int, str], Office] = {}
    for office in offices:
        if office.until is not None and office.until < days.today():
            continue
        if (other := seen.setdefault((office.person_id, office.role), office)) and other is not office:
            yield Problem('person', f'{office.person} holds that office already.', (office, other))


def successors(office: Office) -> list[Person]:
    """Who may be asked to take it over: the others with a place, by name."""
    seats: Any = Seat.objects.active().in_membership().filter(membership__organisation=office.organisation_id)
    others = Person.objects.filter(pk__in=seats.values('person'), is_active=True).exclude(pk=office.person_id)
    return list(others.order_by('family_name', 'name', 'pk')[:200])


def is_last_main(office: Office) -> bool:
    others = contacts.main_offices().filter(organisation=office.organisation_id).exclude(pk=office.pk)
    return office.role == MAIN and not others.exists()


def look_for_silent(now: datetime) -> None:
    """By the clock: where the only main contacts may not sign in any more or their addresses take no letters, and
    where the last one's days ran out, staff hear of it, once each time."""
    today = days.london_day(now)
    told = Office.objects.filter(vacant_told_at__isnull=False)
    nobody = contacts.without_main_contact(today + timedelta(days=1))
    filled = told.exclude(organisation__in=nobody.values('pk'))
    for key in list(filled.order_by('organisation').values_list('organisation', flat=True)):
        _see_to_vacancy(key)
    lately = Q(until=None) | Q(until__gte=today - timedelta(days=7))
    held = Office.objects.of_role(MAIN).filter(lately, since__lte=today)
    vacant = held.filter(organisation__in=nobody.members(today).values('pk'))
    for office in vacant.exclude(organisation__in=told.values('organisation')).order_by(
        'organisation', '-pk'
    ):
        _see_to_vacancy(office.organisation_id, office)


@transaction.atomic
def _see_to_vacancy(organisation: int, last: Office | None = None) -> None:
    """Told once for each vacancy: it is over when somebody can be asked, also tomorrow. `last`: who was it."""
    row = Organisation.objects.locked(organisation)
    told = row.offices.filter(vacant_told_at__isnull=False)
    if not contacts.without_main_contact(days.today() + timedelta(days=1)).filter(pk=row.pk).exists():
        told.update(vacant_told_at=None)
    elif last is not None and not told.exists():
        at = timezone.now()
        row.offices.filter(pk=last.pk).update(vacant_told_at=at)
        page = letters.address_of('admin:members_organisation_change', row.pk)
        key = f'organisation {row.pk} vacant {at.isoformat()}'
        letters.tell('office_vacant', recipients.staff(), row, key=key, office=last, page=page)


def _tell(before: Office | None, office: Office, row: Organisation, by: Person | None) -> None:
    """Whoever it is given to or taken from, unless it is their own doing."""
    if by is not None and by.pk == office.person_id:
        return
    over = office.until is not None and office.until <= days.today()
    if before is None and not over:
        kind = 'office_given'
    elif before is not None and over and (before.until is None or before.until > days.today()):
        kind = 'office_ended'
    else:
        return
    page = letters.address_of('contacts', row.pk)
    key = f'office {office.pk} {office.since} {office.until}'
    who = recipients.of_person(office.person)
    letters.tell(kind, who, row, key=key, by=by, office=office, page=page)


def _acts_as_staff(by: Person | None) -> bool:
    return by is None or by.has_perm('members.change_membership')


def _lines(before: Office | None, office: Office) -> list[str]:
    name = str(Office.Role(office.role).label).capitalize()
    if before is None:
        return [f'{name} from {days.in_words(office.since)}: {office.person}']
    return [f'{name} {before.person}: {change}' for change in history.changes(before, office, NOTED)]
