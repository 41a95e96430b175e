"""What becomes of subscriptions where two tags, or two authors, turn out to be one: each address has it once, and one
that stands is never lost to one that was stopped."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from blog.models import Subscription
from ukis.merging import MergePair
from ukis.tags.models import Tag


def tag_merges(tag: Tag, into: Tag) -> None:
    """Before those of the one are moved to the other."""
    _make_room('tag', tag.pk, into.pk)


def author_merges(pair: MergePair) -> None:
    _make_room('author', pair.gone.pk, pair.kept.pk)


def _make_room(column: str, gone: int, kept: int) -> None:
    stands: Any = Subscription.objects.standing().filter(**{column: gone}, subscriber=OuterRef('subscriber'))
    stopped = Subscription.objects.filter(Q(confirmed_at=None) | Q(ended_at__isnull=False), **{column: kept})
    stopped.filter(Exists(stands)).delete()
