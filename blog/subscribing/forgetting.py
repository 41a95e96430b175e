"""What of subscriptions goes, and when."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Subscriber, Subscription
from blog.models.subscriptions import SubscriptionQuerySet
from ukis import keeping
from ukis.letters import forgetting
from ukis.letters.models import Letter
from ukis.personal import Leaving

YEAR = timedelta(days=365)


def over(now: datetime) -> SubscriptionQuerySet:
    """Never confirmed within the days for it, or stopped a year ago."""
    return Subscription.objects.never_confirmed(now) | long_stopped(now)


def long_stopped(now: datetime) -> SubscriptionQuerySet:
    return Subscription.objects.stopped().filter(ended_at__lt=now - YEAR, asked_at__lt=now - YEAR)


def forget_strangers(now: datetime) -> None:
    """By the clock: what is over, then the addresses under which nothing is left, with what was written there."""
    keeping.delete(over(now))
    keys = keeping.step(_without_any())
    with transaction.atomic():
        held = Subscriber.objects.filter(pk__in=keys).order_by('pk').select_for_update()
        if keys and list(held.values_list('pk')):
            _delete(Subscriber.objects.filter(pk__in=_without_any().filter(pk__in=keys).values('pk')))


def _without_any() -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(~Exists(Subscription.objects.filter(subscriber=OuterRef('pk'))))


def forget(leaving: Leaving) -> None:
    """Whoever is forgotten gets no more; the letters themselves are forgotten by the outbox."""
    theirs = Subscriber.objects.filter(address__in=[address.lower() for address in leaving.addresses])
    # Held before it is asked what hangs on them: an edition may be listing them at this moment.
    list(theirs.select_for_update().order_by('pk').values_list('pk'))
    theirs.delete()


def forget_following(leaving: Leaving) -> None:
    Subscription.objects.filter(author=leaving.person).delete()


def _delete(rows: QuerySet[Subscriber]) -> None:
    addresses = list(rows.values_list('address', flat=True))
    theirs = Letter.objects.filter(content_type__app_label='blog', to__isnull=True, to_address__in=addresses)
    forgetting.forget_letters(theirs.filter(content_type__model__in=('subscriber', 'delivery')))
    rows.delete()
