"""What staff see of those who follow the blog by email: what each gets and agreed to, and whether it reaches them."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from blog.models import Subscriber, Subscription
from ukis import days
from ukis.letters.models import Bounce, SuppressedAddress
from ukis.letters.reports import Meaning

Scope = SuppressedAddress.Scope
COMPLAINTS_WITHIN = timedelta(days=30)


def with_what_they_get(rows: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
    """Each with `subscriptions`, and what speaks against the address: `dead_why`; `refuses_since`, `refuses_why`."""
    against = SuppressedAddress.objects.standing().filter(address=OuterRef('address'))
    dead, refuses = against.filter(scope=Scope.ALL), against.filter(scope=Scope.REFUSABLE)
    theirs = Subscription.objects.select_related('tag', 'author').order_by('pk')
    return rows.prefetch_related(Prefetch('subscriptions', theirs)).annotate(
        dead_why=Subquery(dead.values('reason')[:1]),
        refuses_since=Subquery(refuses.values('since')[:1]),
        refuses_why=Subquery(refuses.values('reason')[:1]),
    )


def why_not_reached(subscriber: Subscriber) -> str:
    """Of one that `with_what_they_get` asked for: a sentence, or nothing."""
    dead, since = getattr(subscriber, 'dead_why', None), getattr(subscriber, 'refuses_since', None)
    if dead is not None:
        return f'No letter reaches it: {dead}'
    if since is None or any(
        row.confirmed_at and row.confirmed_at > since for row in subscriber.subscriptions.all()
    ):
        return ''
    return f'It refuses such letters since {days.moment_in_words(since)}: {getattr(subscriber, "refuses_why", "")}'


def history_of(row: Subscription) -> str:
    """When it was asked for, by which words, and what became of it."""
    said = [f'asked for on {days.moment_in_words(row.asked_at)} beside the words “{row.wording}”']
    if row.confirmed_at:
        said.append(f'confirmed on {days.moment_in_words(row.confirmed_at)}')
    else:
        said.append('not confirmed yet')
    if row.taken_from:
        said.append(f'of the tag “{row.taken_from}”, taken along when that was split')
    if row.ended_at:
        said.append(f'stopped on {days.moment_in_words(row.ended_at)}')
    return ', '.join(said)


def complaints(now: datetime) -> int:
    """How many readers called a letter with posts unwanted of late."""
    rows = Bounce.objects.filter(verdict=Meaning.UNWANTED, at__gt=now - COMPLAINTS_WITHIN)
    of_ours = rows.filter(letter__content_type__app_label='blog', letter__content_type__model='delivery')
    return of_ours.values('address').distinct().count()
