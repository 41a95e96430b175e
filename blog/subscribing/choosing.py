"""What its owner changes by the link in a letter: how often, and whether at all. Stopping is undone by the same link,
for a letter that was passed on lets others press it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from blog.models import Often, Subscriber, Subscription
from blog.models.subscriptions import SubscriptionQuerySet
from blog.subscribing import letters
from ukis.engine import locked

TOLD_AGAIN_WITHIN = timedelta(days=1)


def choosable(subscriber: Subscriber) -> SubscriptionQuerySet:
    """What was confirmed once: it can be changed, stopped, and taken up again."""
    rows = subscriber.subscriptions.filter(confirmed_at__isnull=False)
    return rows.select_related('tag', 'author').order_by('pk')


def stopped_last(subscriber: Subscriber) -> SubscriptionQuerySet:
    """What ended with the last that was stopped."""
    last = choosable(subscriber).stopped().order_by('-ended_at').values_list('ended_at', flat=True)[:1]
    return choosable(subscriber).filter(ended_at__in=list(last))


@transaction.atomic
def choose(subscriber: Subscriber, *, said: Mapping[int, str]) -> None:
    """By the keys of what can be chosen: how often, or '' for not at all."""
    now, held = timezone.now(), locked(subscriber)
    before = held.subscriptions.standing().exists()
    for row in choosable(held).filter(pk__in=list(said)):
        if said[row.pk]:
            _take_up(row, often=Often(said[row.pk]), at=now)
        elif row.is_standing:
            _end(row, at=now)
    if before and not held.subscriptions.standing().exists():
        _tell_end(held, at=now)


@transaction.atomic
def stop(subscriber: Subscriber) -> int:
    """Everything under this address; how many. Said twice, it does no more."""
    now, held = timezone.now(), locked(subscriber)
    rows = list(held.subscriptions.standing().order_by('pk'))
    for row in rows:
        _end(row, at=now)
    if rows:
        _tell_end(held, at=now)
    return len(rows)


@transaction.atomic
def end_unwanted(subscriber: Subscriber) -> None:
    """Its reader called a letter unwanted: no other is sent to say that it has ended. Who wants them after all confirms
    anew."""
    now, held = timezone.now(), locked(subscriber)
    for row in held.subscriptions.standing().order_by('pk'):
        _end(row, at=now)


@transaction.atomic
def undo(subscriber: Subscriber) -> int:
    """Everything that was stopped last is as before; how many."""
    now, held = timezone.now(), locked(subscriber)
    rows = list(stopped_last(held))
    for row in rows:
        _take_up(row, often=Often(row.often), at=now)
    return len(rows)


def _end(row: Subscription, *, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=['ended_at'])


def _take_up(row: Subscription, *, often: Often, at: datetime) -> None:
    if row.is_standing and row.often == often:
        return
    if not row.is_standing:
        row.confirmed_at, row.ended_at = at, None
    row.often = often
    row.save(update_fields=['often', 'confirmed_at', 'ended_at'])


def _tell_end(held: Subscriber, *, at: datetime) -> None:
    if held.told_end_at is None or held.told_end_at <= at - TOLD_AGAIN_WITHIN:
        held.told_end_at = at
        held.save(update_fields=['told_end_at'])
        letters.tell_ended(held, at=at)
