"""Who is of the Society's staff, and in which role. Somebody is always left who can give roles."""

import copy
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from members import judging
from members.judging import Problem
from members.models import Erasure, Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, GUEST_EDITOR
from ukis import history
from ukis.refusals import NotAllowed


def may_give_roles(person: object) -> bool:
    return isinstance(person, Person) and (person.is_superuser or person.is_in(ADMINISTRATOR))


@transaction.atomic
def appoint(person: Person, *, by: Person | None, is_staff: bool, groups: Iterable[Group]) -> Person:
    """Sets what somebody may do as staff. NotNow where nobody would be left who can give roles; NotAllowed for
    whoever may not give any."""
    if by is not None and not may_give_roles(by):
        raise NotAllowed('Only an Administrator gives roles.')
    return _appointed(_taken(person), by=by, is_staff=is_staff, groups=groups)


@transaction.atomic
def let_guests_in(keys: Iterable[int], *, by: Person | None) -> None:
    """Whoever looks after one series: the staff's site opens to them, with a second factor, and shows nothing else."""
    group = _guests(by)
    for row in _in_order(keys):
        if group not in (had := list(row.groups.all())) or not row.is_staff:
            _appointed(row, by=by, is_staff=True, groups={*had, group})


@transaction.atomic
def let_guests_out(keys: Iterable[int], *, by: Person | None) -> None:
    group = _guests(by)
    for row in _in_order(keys):
        kept = [one for one in row.groups.all() if one != group]
        _appointed(row, by=by, is_staff=bool(kept) or row.is_superuser, groups=kept)


def _guests(by: Person | None) -> Group:
    if by is not None and not (may_give_roles(by) or by.is_in(COMMISSIONING_EDITOR)):
        raise NotAllowed('The Commissioning Editor or an Administrator chooses guest editors.')
    lock()
    return Group.objects.get_or_create(name=GUEST_EDITOR)[0]


def _in_order(keys: Iterable[int]) -> Iterable[Person]:
    return Person.objects.filter(pk__in=list(keys), is_active=True).order_by('pk')


def _appointed(row: Person, *, by: Person | None, is_staff: bool, groups: Iterable[Group]) -> Person:
    wanted = sorted(groups, key=lambda group: group.name)
    judging.refuse(problems(row, is_staff=is_staff, is_active=row.is_active, groups=wanted, email=row.email))
    before, had = copy.copy(row), sorted(row.groups.values_list('name', flat=True))
    row.is_staff = is_staff
    row.save(update_fields=['is_staff'])
    row.groups.set(wanted)
    lines = history.changes(before, row, ['is_staff'])
    if had != (has := [group.name for group in wanted]):
        lines.append(history.changed('roles', history.said(had), history.said(has)))
    history.note(row, by=by, lines=lines)
    return row


@transaction.atomic
def let_in(person: Person, *, by: Person | None, is_active: bool) -> Person:
    """Whether somebody may sign in. The same refusals; of those who are no staff the secretary decides too."""
    row = _taken(person)
    if by is not None and not may_give_roles(by) and is_of_staff(row):
        raise NotAllowed('Only an Administrator decides that of staff.')
    groups = list(row.groups.all())
    judging.refuse(problems(row, is_staff=row.is_staff, is_active=is_active, groups=groups, email=row.email))
    before = copy.copy(row)
    row.is_active = is_active
    row.save(update_fields=['is_active'])
    history.note(row, by=by, lines=history.changes(before, row, ['is_active']))
    return row


def is_of_staff(person: Person) -> bool:
    return person.is_staff or person.is_superuser or person.groups.exists()


def _taken(person: Person) -> Person:
    lock()
    return Person.objects.get(pk=person.pk)


def lock() -> None:
    """Whoever changes who can give roles waits for whoever does so already, and looks again after that."""
    row = Group.objects.filter(name=ADMINISTRATOR).order_by().select_for_update(no_key=True)
    list(row.values_list('pk'))


def administrators() -> QuerySet[Person]:
    """Who can give roles today: active, of the staff, with an address to sign in with."""
    rows = Person.objects.filter(is_active=True, is_staff=True, email__isnull=False)
    return rows.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)).distinct()


def why_last(person: Person) -> str:
    """Why they cannot go, and what to do first, or nothing: somebody has to be left who can give roles. On whoever has
    asked to be forgotten nobody can count."""
    if not person.is_staff or not administrators().filter(pk=person.pk).exists():
        return ''
    others = administrators().exclude(pk=person.pk)
    going = Erasure.objects.filter(person=OuterRef('pk'), taken_back_at=None)
    if others.filter(~Exists(going)).exists():
        return ''
    beside = ', beside others who have asked to be forgotten' if others.exists() else ''
    return f'{person} is the last active Administrator{beside}. Make somebody else Administrator first'


def problems(
    person: Person, *, is_staff: bool, is_active: bool, groups: Iterable[Group], email: str | None
) -> Iterator[Problem]:
    """What forbids this: it would leave nobody who can give roles."""
    keeps_role = person.is_superuser or ADMINISTRATOR in {group.name for group in groups}
    lost = {'is_active': is_active, 'is_staff': is_staff, 'groups': keeps_role, 'email': bool(email)}
    if all(lost.values()):
        return
    if why := why_last(person):
        field = next(name for name, kept in lost.items() if not kept)
        yield Problem(field, f'{why}; then this can be changed.')
