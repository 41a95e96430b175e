"""Asking for posts by email, and confirming it. Who asks learns nothing of who is in the list: the answer is the same,
and all else is said to the address alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from blog.models import Byline, Often, Subscriber, Subscription
from blog.subscribing import letters
from members.models import Person
from ukis import addresses
from ukis.engine import locked
from ukis.tags.models import Tag

# One letter to confirm for an address in so long, however often and from wherever it is asked.
ask_again_within = timedelta(days=1)
# What waits under one address to be confirmed; whoever asks for more has no good in mind.
MOST_TO_CONFIRM = 30
Of = Subscription.Of


@dataclass(frozen=True)
class Wish:
    """What somebody may subscribe to: all posts, those with a tag, those of an author."""

    of: str = Of.ALL
    tag: Tag | None = None
    author: Person | None = None

    @property
    def words(self) -> str:
        return Subscription(of=self.of, tag=self.tag, author=self.author).what

    @property
    def columns(self) -> dict[str, Any]:
        return {'of': self.of, 'tag': self.tag, 'author': self.author}


def wish_of(*, tag: str = '', author: str = '') -> Wish | None:
    """By the address, today's or a former one, of a tag or an author that have a page; None where there is none."""
    if tag:
        found = Tag.objects.select_related('merged_into').filter(slug=tag).first() or _formerly('tag', tag)
        return Wish(Of.TAG, tag=found.standing) if found and not found.standing.waiting else None
    if author:
        person = Person.objects.filter(slug=author).first() or _formerly('author', author)
        in_print = person is not None and Byline.objects.filter(person=person).in_print().exists()
        return Wish(Of.AUTHOR, author=person) if in_print else None
    return None


def _formerly(view: str, slug: str) -> Any:
    return addresses.formerly_at(view, [slug]).get(slug)


def wording_of(society_name: str) -> str:
    """What stands beside the button."""
    return (
        f'Send me these posts of the {society_name} by email, as I have chosen. You keep my address for this alone, '
        'and I can stop it at any time by the link in each letter.'
    )


@transaction.atomic
def ask(address: str, *, wish: Wish, often: Often, wording: str, now: datetime | None = None) -> None:
    """Nothing is sent but a letter to confirm, and that once a day."""
    now = now or timezone.now()
    held = _held(address.strip().lower())
    row = held.subscriptions.filter(**wish.columns).first()
    stands = row is not None and row.is_standing
    if not stands and held.subscriptions.to_confirm(now).count() < MOST_TO_CONFIRM:
        row = row or Subscription(subscriber=held, **wish.columns)
        row.often, row.wording, row.asked_at = often, wording, now
        row.save()
    if held.asked_at and held.asked_at > now - ask_again_within:
        return
    held.asked_at = now
    held.save(update_fields=['asked_at'])
    if stands:
        letters.tell_known(held, at=now)
    else:
        letters.tell_asked(held, list(held.subscriptions.to_confirm(now).order_by('pk')), at=now)


def _held(address: str) -> Subscriber:
    """Made where there is none; made anew where the clock forgot the address between the two."""
    made, _ = Subscriber.objects.get_or_create(address=address)
    try:
        return locked(made)
    except Subscriber.DoesNotExist:
        return locked(Subscriber.objects.get_or_create(address=address)[0])


@transaction.atomic
def confirm(subscriber: Subscriber, *, keys: Collection[int]) -> list[Subscription]:
    """Its owner has said yes by the link. Said twice, it does no more; what had run out is left out."""
    now, held = timezone.now(), locked(subscriber)
    rows = list(held.subscriptions.to_confirm(now).filter(pk__in=keys).order_by('pk'))
    for row in rows:
        row.confirmed_at, row.ended_at = now, None
        row.save(update_fields=['confirmed_at', 'ended_at'])
    return rows
