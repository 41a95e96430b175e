"""A name that stands in many documents changed: the change says so in a row, and the worker writes those documents
anew, some at a time."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from ukis.search.keeping import AT_ONCE, KINDS, body, kind_of, row_of
from ukis.search.models import ToWriteAnew

BATCHES = 20  # in one turn, so that the other work of the lane has its own
# Longer than anything takes that was written with the old name and does not stand yet.
A_WHILE = timedelta(minutes=1)


def follow(facet: str) -> None:
    """In the transaction that changes the name."""
    ToWriteAnew.objects.create(facet=facet)


def go_on(now: datetime | None = None) -> int:
    """By the clock: how many documents were gone through."""
    done = 0
    for _ in range(BATCHES):
        row = ToWriteAnew.objects.filter(due_at__lte=now or timezone.now()).order_by('due_at', 'pk').first()
        if row is None:
            break
        done += _some(row, now or timezone.now())
    return done


def _some(row: ToWriteAnew, now: datetime) -> int:
    """Should it be ended in between, these are written once more, which changes nothing."""
    keys = body().having(row.facet, row.after, AT_ONCE)
    rows = defaultdict(list)
    for key in keys:
        rows[kind_of(key)].append(row_of(key))
    for kind, its in rows.items():
        if kind in KINDS:
            KINDS[kind].keep(its)
    if len(keys) == AT_ONCE:
        ToWriteAnew.objects.filter(pk=row.pk).update(after=keys[-1])
    elif row.once_more:
        ToWriteAnew.objects.filter(pk=row.pk).update(after=-1, due_at=now + A_WHILE, once_more=False)
    else:
        row.delete()
    return len(keys)
