"""Who speaks for an organisation: offices given and laid down, with their days. Leaving is never refused: where the
last main contact goes without a successor the office falls vacant, and staff hear of it at once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from members import contacts, judging, letters, recipients
from members.judging import Problem
from members.models import Membership, Office, Organisation, Person, Seat
from ukis import days, history
from ukis.letters.models import SuppressedAddress
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
    if ended and not _will_have_main(row):
        _tell_vacant(row, ended[-1])


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
    others = Office.objects.current().of_role(MAIN).filter(organisation=office.organisation_id)
    return office.role == MAIN and not others.exclude(pk=office.pk).exists()


def look_for_silent(now: datetime) -> None:
    """By the clock: where the only main contacts may not sign in any more or their addresses take no letters, and
    where the last one's days ran out, staff hear of it, once each."""
    today = days.london_day(now)
    silent = Q(person__is_active=False) | Q(person__email=None)
    silent |= Q(Exists(SuppressedAddress.objects.of_all_mail().filter(address=OuterRef('person__email'))))
    held = Office.objects.current(today).of_role(MAIN).filter(silent)
    lately = Office.objects.of_role(MAIN).filter(until__lt=today, until__gte=today - timedelta(days=7))
    for office in (held | lately).select_related('organisation').order_by('pk'):
        with transaction.atomic():
            row = Organisation.objects.locked(office.organisation_id)
            if not any(map(recipients.of_person, contacts.main_contacts(row))) and _is_member(row):
                _tell_vacant(row, office)


def _is_member(row: Organisation) -> bool:
    today = days.today()
    return Membership.objects.filter(organisation=row).running_between(today, today).exists()


def _will_have_main(row: Organisation) -> bool:
    return (
        Office.objects.current(days.today() + timedelta(days=1))
        .of_role(MAIN)
        .filter(organisation=row)
        .exists()
    )


def _tell_vacant(row: Organisation, office: Office) -> None:
    key = f'office {office.pk} vacant'
    page = letters.address_of('admin:members_organisation_change', row.pk)
    letters.tell('office_vacant', recipients.staff(), row, key=key, office=office, page=page)


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
