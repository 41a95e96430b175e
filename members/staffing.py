"""Who is of the Society's staff, and in which role. Somebody is always left who can give roles."""

import copy
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet

from members import judging
from members.judging import Problem
from members.models import Person
from members.roles import ADMINISTRATOR
from ukis import history
from ukis.refusals import NotAllowed


def may_give_roles(person: object) -> bool:
    return isinstance(person, Person) and (person.is_superuser or person.is_in(ADMINISTRATOR))


@transaction.atomic
def appoint(
    person: Person, *, by: Person | None, is_staff: bool, is_active: bool, groups: Iterable[Group]
) -> Person:
    """Sets what somebody may do as staff, and whether they may sign in at all. NotNow where nobody would be left
    who can give roles; NotAllowed for whoever may not give any."""
    if by is not None and not may_give_roles(by):
        raise NotAllowed('Only an Administrator gives roles.')
    lock()
    row = Person.objects.get(pk=person.pk)
    wanted = sorted(groups, key=lambda group: group.name)
    judging.refuse(problems(row, is_staff=is_staff, is_active=is_active, groups=wanted, email=row.email))
    before = copy.copy(row)
    had = sorted(row.groups.values_list('name', flat=True))
    row.is_staff, row.is_active = is_staff, is_active
    row.save(update_fields=['is_staff', 'is_active'])
    row.groups.set(wanted)
    lines = history.changes(before, row, ['is_active', 'is_staff'])
    if had != (has := [group.name for group in wanted]):
        lines.append(history.changed('roles', history.said(had), history.said(has)))
    history.note(row, by=by, lines=lines)
    return row


def lock() -> None:
    """Whoever changes who can give roles waits for whoever does so already, and looks again after that."""
    row = Group.objects.filter(name=ADMINISTRATOR).order_by().select_for_update(no_key=True)
    list(row.values_list('pk'))


def administrators() -> QuerySet[Person]:
    """Who can give roles today: active, of the staff, with an address to sign in with."""
    rows = Person.objects.filter(is_active=True, is_staff=True, email__isnull=False)
    return rows.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)).distinct()


def problems(
    person: Person, *, is_staff: bool, is_active: bool, groups: Iterable[Group], email: str | None
) -> Iterator[Problem]:
    """What forbids this: it would leave nobody who can give roles."""
    keeps_role = person.is_superuser or ADMINISTRATOR in {group.name for group in groups}
    lost = {'is_active': is_active, 'is_staff': is_staff, 'groups': keeps_role, 'email': bool(email)}
    if all(lost.values()):
        return
    others = administrators().exclude(pk=person.pk)
    if administrators().filter(pk=person.pk).exists() and not others.exists():
        field = next(name for name, kept in lost.items() if not kept)
        yield Problem(
            field,
            f'{person} is the last active Administrator. Make somebody else Administrator first; '
            'then this can be changed.',
        )
