"""What somebody may renew today: offered already, or of their own accord. Their pages call for it, and nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, Q, prefetch_related_objects

from members import answering
from members.models import ExtraSeats, Membership, Organisation, Person, Renewal, Term
from members.renewals import offering, returning
from members.renewals.returning import NewTerm
from members.status import RENEW_DAYS, Status
from ukis import days
from ukis.refusals import NotNow
from ukis.society.models import Society

MOST = 20
RENEWED_IN = (Status.DUE, Status.GRACE, Status.LAPSED)


@dataclass(frozen=True)
class Chance:
    """A membership with its status; `renewal` where its next term is offered already."""

    membership: Any
    renewal: Renewal | None
    to_be: NewTerm

    @property
    def lapsed(self) -> bool:
        return self.membership.status == Status.LAPSED


def chances(person: Person, *, of: Organisation | None = None, on: date | None = None) -> list[Chance]:
    """The first of all that they answer for, or of one organisation."""
    return leaf(person, of=of, on=on)[0]


def leaf(
    person: Person, *, of: Organisation | None = None, after: int = 0, on: date | None = None
) -> tuple[list[Chance], int]:
    """Those whose membership has a number after this one; and the last number looked at, where there are more."""
    theirs: Any = answering.memberships_of(person, on)
    rows = (theirs.filter(organisation=of) if of else theirs).filter(number__gt=after)
    return _among(rows, on or days.today())


def _among(memberships: Any, on: date) -> tuple[list[Chance], int]:
    """Only those that may renew by their status are counted towards the most that are shown."""
    near = Q(status=Status.ACTIVE, cover_until__lte=on + timedelta(days=RENEW_DAYS))
    # Whoever is not covered today would begin another term before any end that is still to come.
    goes_on = (
        Q(ended_on=None) | Q(ended_on__gt=F('cover_until')) | Q(status__in=(Status.GRACE, Status.LAPSED))
    )
    rows = memberships.with_status(on).filter(goes_on, near | Q(status__in=RENEWED_IN))
    terms = Term.objects.exclude(payment=Term.Payment.VOID).select_related('renewal').order_by('-end')
    found: Any = rows.select_related('category', 'organisation', 'person').prefetch_related(
        Prefetch('terms', terms, to_attr='standing_terms'),
        'standing_terms__invoices',
        Prefetch('standing_terms__extra_seats', ExtraSeats.objects.counting(on), to_attr='seats_beside'),
    )
    one_more = list(found.order_by('number')[: MOST + 1])
    shown = [row for row in one_more[:MOST] if row.may_renew]
    society = Society.get() if shown else None
    if society and society.vat_number:
        prefetch_related_objects([row.category for row in shown], 'parts')
    some = [chance for row in shown if (chance := _chance(row, on, society))]
    return some, one_more[MOST - 1].number if len(one_more) > MOST else 0


def begins(row: Any, last: Term | None, on: date) -> Renewal | date | None:
    """How whoever holds it renews: what was offered, which is then its last term that is not void; or else a term from
    a day. None where they cannot. `row`: the membership with its status."""
    renewal = getattr(last, 'renewal', None)
    if last and renewal:
        renewal.term, last.membership = last, row
        if offering.can_renew(renewal, row):
            return renewal
    return offering.next_begins(row, last, on)


def _chance(row: Any, on: date, society: Society | None) -> Chance | None:
    last = row.standing_terms[0] if row.standing_terms else None
    way = begins(row, last, on)
    if last is None or way is None:
        return None
    if isinstance(way, Renewal):
        return Chance(row, way, returning.term_today(row, last, on, society=society))
    places = last.seats + sum(more.number for more in last.seats_beside)
    return Chance(row, None, returning.term_today(row, None, way, places, society))


@transaction.atomic
def begin(membership: Membership, *, by: Person) -> Renewal | None:
    """Of their own accord, before or after the letters: the next term is prepared, or found prepared. None where it is
    free, and needs no answer. NotNow where it may not be renewed."""
    row = Membership.objects.locked(membership.pk)
    theirs: Any = answering.memberships_of(by)
    found = next(iter(_among(theirs.filter(pk=row.pk), days.today())[0]), None)
    if found is None:
        raise NotNow(f'{row.standing().sentence} There is nothing to renew just now.')
    return found.renewal or offering.prepare(row, by=by, unasked=False)
