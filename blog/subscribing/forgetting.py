"""What of subscriptions goes, and when."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Delivery, Subscriber, Subscription
from blog.models.subscriptions import SubscriptionQuerySet
from blog.subscribing.letters import ENDED
from members.models import Person
from ukis import keeping
from ukis.engine import locked
from ukis.letters import forgetting
from ukis.letters.models import Letter
from ukis.personal import Leaving
from ukis.refusals import NotNow

log = logging.getLogger(__name__)

YEAR = timedelta(days=365)
LEAVING = (Letter.State.WAITING, Letter.State.SENDING)
STILL_TOLD = (
    'A short letter that says that it has ended is still on its way to this address. Press the button again in some '
    'minutes.'
)


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


@transaction.atomic
def forget_address(subscriber: Subscriber) -> None:
    """Its owner wants nothing kept of it, and says so by the link sent there. Subscriber.DoesNotExist where that is so,
    NotNow before the letter has left that says it was stopped: a letter with posts may have been passed on, and whoever
    presses its link is not always the owner."""
    held = _held(subscriber)
    tells = Letter.objects.filter(kind=ENDED, to_address=held.address, state__in=LEAVING)
    if held.subscriptions.standing().exists() or tells.exists():
        raise NotNow(STILL_TOLD)
    _delete(Subscriber.objects.filter(pk=held.pk))


@transaction.atomic
def forget_as_asked(subscriber: Subscriber, *, by: Person) -> None:
    """Its owner has asked staff, who know that it was the owner: at once, whatever it gets. Subscriber.DoesNotExist
    where it is forgotten already."""
    held = _held(subscriber)
    log.info('%s forgets follower %s, who has asked for it', by.pk, held.pk)
    _delete(Subscriber.objects.filter(pk=held.pk))


def _held(subscriber: Subscriber) -> Subscriber:
    """What is on its way is held first, as by whoever sends it, so that neither waits for the other for ever."""
    theirs = Delivery.objects.filter(subscriber=subscriber).order_by('pk')
    list(theirs.select_for_update().values_list('pk'))
    return locked(subscriber)


def forget_following(leaving: Leaving) -> None:
    Subscription.objects.filter(author=leaving.person).delete()


def _delete(rows: QuerySet[Subscriber]) -> None:
    addresses = list(rows.values_list('address', flat=True))
    theirs = Letter.objects.filter(content_type__app_label='blog', to__isnull=True, to_address__in=addresses)
    forgetting.forget_letters(theirs.filter(content_type__model__in=('subscriber', 'delivery')))
    rows.delete()
