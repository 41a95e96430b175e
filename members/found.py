"""Everybody and every organisation by their names: for the staff, and for those who may look them up. Who asks adds
which of them may be seen: the index says nothing of that."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from members.models import EarlierName, Organisation, Person
from ukis import search
from ukis.personal import Leaving
from ukis.search.asking import SHORTEST_BEGINNING


def _of_people(rows: Collection[int]) -> Iterable[search.Text]:
    """An address is none of their names: only the staff look for it."""
    for person in Person.objects.standing().filter(pk__in=rows).order_by('pk').select_for_update(no_key=True):
        yield search.Text(
            person.pk,
            person.name,
            names=[*filter(None, [person.given_names, person.family_name])],
            body=person.email or '',
        )


def _of_organisations(rows: Collection[int]) -> Iterable[search.Text]:
    found = list(
        Organisation.objects.standing().filter(pk__in=rows).order_by('pk').select_for_update(no_key=True)
    )
    earlier = defaultdict(list)
    for row in EarlierName.objects.filter(organisation__in=rows).order_by('pk'):
        earlier[row.organisation_id].append(row.name)
    for one in found:
        yield search.Text(one.pk, one.name, names=[*filter(None, [one.short_name]), *earlier[one.pk]])


PEOPLE = search.KindOfDocument(
    6,
    'members.person',
    'people by name',
    _of_people,
    lambda: Person.objects.standing().order_by().values_list('pk', flat=True),
    for_everybody=False,
    dated=False,
    is_of_names=True,
    columns=frozenset({'name', 'given_names', 'family_name', 'email', 'merged_into', 'erased_at'}),
)
ORGANISATIONS = search.KindOfDocument(
    7,
    'members.organisation',
    'organisations by name',
    _of_organisations,
    lambda: Organisation.objects.standing().order_by().values_list('pk', flat=True),
    for_everybody=False,
    dated=False,
    is_of_names=True,
    columns=frozenset({'name', 'short_name', 'merged_into'}),
    names_others='o',
)


def called(rows: QuerySet[Any], typed: str, kind: search.KindOfDocument) -> QuerySet[Any]:
    """Of these rows those in whose names all that was typed stands; all of them where nothing was."""
    return _having(rows, typed, kind, first=True)


def looked_for(rows: QuerySet[Any], typed: str, kind: search.KindOfDocument) -> QuerySet[Any]:
    """For the staff: by an address too, and where they choose as they type, from the first letter on."""
    found = _having(rows, typed, kind, first=False)
    begun = typed.strip()
    if not begun or len(begun) >= SHORTEST_BEGINNING:
        return found
    return found | rows.filter(name__istartswith=begun)


def _having(rows: QuerySet[Any], typed: str, kind: search.KindOfDocument, *, first: bool) -> QuerySet[Any]:
    if not typed.strip():
        return rows
    having = search.rows_having(typed, kind, first=first)
    return rows.none() if having is None else rows.filter(having)


def forget(leaving: Leaving) -> None:
    """Before any row is blanked."""
    PEOPLE.drop([leaving.person.pk])
