"""All mail paused: every letter waits, none is lost, and none that is true no more goes out afterwards."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from ukis import lately
from ukis.letters.texts.models import Foreseen, MailPause
from ukis.refusals import NotNow
from ukis.society.models import Society


def standing() -> MailPause | None:
    return MailPause.objects.filter(is_on=True).select_related('by').first()


# For pages, which must not ask each time.
known = lately.Lately(standing)


def is_on_for_a_claim() -> bool:
    """Asked in the transaction of a worker's claim, and held until it ends: whoever pauses waits for that, so that no
    letter is taken in hand once the pause stands."""
    _hold()
    return MailPause.objects.filter(is_on=True).exists()


def is_on() -> bool:
    return MailPause.objects.filter(is_on=True).exists()


@transaction.atomic
def begin(*, by: Any, reason: str) -> MailPause:
    """NotNow where somebody paused it meanwhile."""
    _hold()
    if found := standing():
        raise NotNow(f'All mail is paused already, by {found.by}: {found.reason}')
    if not reason.strip():
        raise NotNow('Say why: staff read it on every page while it lasts.')
    Foreseen.objects.all().delete()  # what the clock was still writing as the last one ended
    transaction.on_commit(lately.forget)
    return MailPause.objects.create(by=by, reason=' '.join(reason.split())[:300], since=timezone.now())


@transaction.atomic
def end(pause: MailPause, *, by: Any) -> MailPause:
    """NotNow where it has ended."""
    _hold()
    row = MailPause.objects.select_for_update(of=('self',)).select_related('ended_by').get(pk=pause.pk)
    if not row.is_on:
        raise NotNow(f'{row.ended_by} has ended this pause already.')
    row.is_on, row.ended_at, row.ended_by = False, timezone.now(), by
    row.save(update_fields=['is_on', 'ended_at', 'ended_by'])
    Foreseen.objects.all().delete()
    transaction.on_commit(lately.forget)
    return row


def _hold() -> None:
    list(Society.objects.select_for_update(no_key=True).filter(pk=1).values_list('pk'))
