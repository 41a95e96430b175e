"""Renewals that reached nobody: staff find another way, and meanwhile nobody lapses."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from members.models import Membership, Term
from members.money import bank
from members.renewals.reminders import WANTED, OfTerms
from members.status import Status
from ukis import days
from ukis.clock.models import Reminded

# Where no letter reached anybody: so long before grace ends it is made longer, and by so much.
HELD_BEFORE, HELD_FOR, HELD_AT_ONCE = timedelta(days=7), timedelta(days=14), 200


def _going_on(on: date) -> Q:
    """Terms that begin before any end of their membership that is still to come."""
    return Q(membership__ended_on=None) | Q(membership__ended_on__gte=F('start'), membership__ended_on__gt=on)


def renewals() -> QuerySet[Reminded]:
    """Renewals of which the last step reached nobody, and which are still to be paid: staff find another way, before
    the membership lapses without its members' knowing."""
    later = Reminded.objects.filter(
        plan=OfTerms.name,
        content_type=OuterRef('content_type'),
        object_id=OuterRef('object_id'),
        outcome=Reminded.Outcome.SENT,
        due_on__gt=OuterRef('due_on'),
    )
    newer = Reminded.objects.filter(
        plan=OfTerms.name,
        content_type=OuterRef('content_type'),
        object_id=OuterRef('object_id'),
        outcome=Reminded.Outcome.UNHEARD,
        due_on__gt=OuterRef('due_on'),
    )
    open_ones = Term.objects.filter(
        _going_on(days.today()), pk=OuterRef('object_id'), payment__in=WANTED, renewal__begins_anew=False
    )
    rows = Reminded.objects.filter(plan=OfTerms.name, outcome=Reminded.Outcome.UNHEARD)
    return rows.filter(Exists(open_ones), ~Exists(later), ~Exists(newer)).order_by('due_on', 'pk')


def about_to_lapse(on: date) -> QuerySet[Reminded]:
    """Of the unheard those whose membership would count no more within a week, with days of grace or without. What
    needs nothing yet keeps none of them waiting."""
    rows: Any = Membership.objects
    soon = on + HELD_BEFORE
    in_grace = rows.in_status(Status.GRACE, on).filter(grace_until__lte=soon)
    covered = rows.in_status(Status.DUE, on).filter(
        cover_until__lte=soon, category__grace_days__lte=HELD_BEFORE.days
    )
    not_held = covered.exclude(terms__held_until__gt=soon)
    terms = Term.objects.filter(
        Q(membership__in=in_grace.values('pk')) | Q(membership__in=not_held.values('pk'))
    )
    return renewals().filter(object_id__in=terms.values('pk'))


def waiting_for_the_bank(on: date) -> QuerySet[Term]:
    """Terms of which no step left since cover ended, because the bank's file does not reach so far, and whose
    membership would count no more within a week; without days of grace, tomorrow: no file reaches to a day that is not
    over. Once it does, the last step leaves."""
    known = bank.known_until()
    if known is None:
        return Term.objects.none()
    rows: Any = Membership.objects
    in_grace = rows.in_status(Status.GRACE, on).filter(
        grace_until__lte=on + HELD_BEFORE, last_cover__gt=known - timedelta(days=OfTerms.steps[-1].days)
    )
    told = Reminded.objects.filter(
        plan=OfTerms.name,
        content_type=ContentType.objects.get_for_model(Term),
        object_id=OuterRef('pk'),
        outcome=Reminded.Outcome.SENT,
        step__in=[step.name for step in OfTerms.steps if step.days >= 0],
    )
    wanted = Term.objects.filter(
        _going_on(on),
        payment__in=WANTED,
        renewal__begins_anew=False,
        start__lte=on + timedelta(days=1),
    )
    held = Q(membership__in=in_grace.values('pk'))
    if bank.is_behind(on):
        last_day = rows.in_status(Status.DUE, on).filter(cover_until=on, category__grace_days=0)
        held |= Q(membership__in=last_day.values('pk'))
    return wanted.filter(held, ~Exists(told)).order_by('pk')


def hold(now: datetime) -> None:
    """By the clock: nobody lapses whom no letter reached, until staff say that they know, or the bank's file is there.
    The membership is kept on by a fortnight at a time."""
    on = days.london_day(now)
    for entry in about_to_lapse(on)[:HELD_AT_ONCE]:
        _held(entry.object_id, about_to_lapse(on).filter(pk=entry.pk), on)
    for term in waiting_for_the_bank(on)[:HELD_AT_ONCE]:
        _held(term.pk, waiting_for_the_bank(on).filter(pk=term.pk), on)


@transaction.atomic
def _held(key: int, asked_again: QuerySet[Any], on: date) -> None:
    term = OfTerms().row(key)
    if term is not None:
        membership = OfTerms().lock(term).membership
        if asked_again.exists():
            _hold(membership, on)


def _hold(membership: Membership, on: date) -> None:
    standing: Any = membership.standing(on)
    last_day = standing.last_cover if standing.status == Status.GRACE else standing.cover_until
    membership.terms.filter(cover_end=last_day).update(held_until=on + HELD_FOR)
