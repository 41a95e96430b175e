"""Former members: long after the last place ended, what is held of them goes as if they had asked to be forgotten. They
are written to a week before, and can say that it stays."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from members import erasing
from members.models import Application, Erasure, Membership, Office, Person, Seat
from ukis import days, keeping
from ukis.society.models import Society

AT_ONCE = 20
HAD_PLACE = (Seat.State.ACTIVE, Seat.State.ENDED)

# For whom the rooms above keep a page: who is in print, or wrote something.
needed: list[Exists] = []


def due(now: datetime) -> QuerySet[Person]:
    """With nothing of theirs in a financial year that ended less than six years ago."""
    first = keeping.books_closed_before(now, Society.get().year_begins_month)
    begins = datetime.combine(first, time.min, tzinfo=days.LONDON)
    rows: Any = Person.objects.standing().filter(joined_at__lt=begins, is_staff=False, is_superuser=False)
    rows = rows.filter(Q(last_login=None) | Q(last_login__lt=begins))
    own = Membership.objects.filter(person=OuterRef('pk'))
    seats = Seat.objects.filter(person=OuterRef('pk'), state__in=HAD_PLACE)
    rows = rows.filter(Exists(own) | Exists(seats))
    for reason in (*_since(first, begins), *needed):
        rows = rows.filter(~reason)
    return rows


def _since(first: date, begins: datetime) -> list[Exists]:
    """What happened from that day on, or goes on."""
    theirs = {'person': OuterRef('pk')}
    standing = Q(taken_back_at=None) | Q(taken_back_at__gte=begins)
    ran = Q(joined_on__gte=first) | Q(terms__end__gte=first)
    sat = Q(since__gte=first) | Q(until__gte=first) | Q(until=None, membership__terms__end__gte=first)
    rows: list[QuerySet[Any]] = [
        Erasure.objects.filter(standing, **theirs),
        Membership.objects.filter(ran, **theirs),
        Seat.objects.filter(sat, state__in=HAD_PLACE, **theirs),
        Office.objects.filter(Q(until=None) | Q(until__gte=first), **theirs),
        Application.objects.filter(saved_at__gte=begins, **theirs),
    ]
    return [Exists(one) for one in rows]


def ask_to_go(now: datetime) -> None:
    """By the clock: each has the week that whoever asks has."""
    for person in due(now).order_by('pk')[:AT_ONCE]:
        erasing.ask(person, by=None, bylines=Erasure.Bylines.KEEP, at=now)
