"""What becomes of subscriptions where two tags, or two authors, turn out to be one: each address has it once, and one
that stands is never lost to one that was stopped. And where one tag becomes two."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from blog.models import Subscriber, Subscription
from ukis.merging import MergePair
from ukis.tags.models import Tag


def tag_merges(tag: Tag, into: Tag) -> None:
    """Before those of the one are moved to the other."""
    _make_room('tag', tag.pk, into.pk)


def author_merges(pair: MergePair) -> None:
    _make_room('author', pair.gone.pk, pair.kept.pk)


@transaction.atomic
def tag_splits(tag: Tag, into: Tag) -> int:
    """Who follows the one follows its part as well, as often and by the same consent; how many do newly. Whoever has
    stopped the part has said so, and one that waits to be confirmed goes on waiting."""
    theirs = Subscription.objects.standing().filter(tag=tag)
    # Held before it is read: one of them may be stopping everything at this moment. Then the tags, as in `ask`.
    held = Subscriber.objects.filter(pk__in=theirs.values('subscriber')).order_by('pk')
    list(held.select_for_update().values_list('pk'))
    both = Tag.objects.select_for_update(no_key=True).filter(pk__in=[tag.pk, into.pk]).order_by('pk')
    if any(row.waiting or row.merged_into_id for row in both):
        return 0
    has_it = Subscription.objects.filter(tag=into, subscriber=OuterRef('subscriber'))
    rows = [
        Subscription(
            subscriber_id=row.subscriber_id,
            of=Subscription.Of.TAG,
            tag=into,
            often=row.often,
            wording=row.wording,
            taken_from=tag.name,
            asked_at=row.asked_at,
            confirmed_at=row.confirmed_at,
        )
        for row in theirs.filter(~Exists(has_it)).order_by('pk')
    ]
    return len(Subscription.objects.bulk_create(rows, batch_size=500))


def _make_room(column: str, gone: int, kept: int) -> None:
    stands: Any = Subscription.objects.standing().filter(**{column: gone}, subscriber=OuterRef('subscriber'))
    stopped = Subscription.objects.filter(Q(confirmed_at=None) | Q(ended_at__isnull=False), **{column: kept})
    stopped.filter(Exists(stands)).delete()
