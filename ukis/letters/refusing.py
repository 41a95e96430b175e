"""Where a letter must not go: one rule, for the outbox as it queues, as it sends, and as staff try again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from ukis.engine import locked
from ukis.letters.choosing import choice_of, wants
from ukis.letters.models import SuppressedAddress, SuppressionQuerySet
from ukis.letters.subjects import proving
from ukis.refusals import NotNow

Cause, Scope = SuppressedAddress.Cause, SuppressedAddress.Scope
# What each cause keeps back. Staff choose for themselves.
KEEPS_BACK = {
    Cause.BOUNCED: Scope.ALL,
    Cause.BOUNCED_FOR_DAYS: Scope.ALL,
    Cause.COMPLAINT: Scope.REFUSABLE,
    Cause.UNSUBSCRIBED: Scope.REFUSABLE,
    Cause.DISOWNED: Scope.PASSWORDS,
    Cause.READ_AGAIN: Scope.PASSWORDS,
}
# What a code proves that was sent there and came back to us.
PROVED_ANEW = 'Its owner confirmed it by a code.'
READ_ANEW = 'Its reader used the link in a letter that was sent there since.'
_CAME_BACK = (Cause.BOUNCED, Cause.BOUNCED_FOR_DAYS)
_BY_ITSELF = (*_CAME_BACK, Cause.DISOWNED, Cause.READ_AGAIN)


def is_refused(address: str, kind: str, person: Any = None) -> bool:
    """Whether a letter of this kind must not go there: the address takes none, or its reader does not want it."""
    choice = choice_of(kind)
    scopes = [Scope.ALL, Scope.REFUSABLE] if choice else [Scope.ALL]
    rows = SuppressedAddress.objects.standing()
    if kind in proving():
        rows = rows.exclude(cause__in=_CAME_BACK)
    if rows.filter(address=address.strip().lower(), scope__in=scopes).exists():
        return True
    return choice is not None and not wants(choice, address, person)


def unreachable(addresses: Iterable[str]) -> set[str]:
    """Those of them to which no letter goes at all, in small letters."""
    asked = {address.strip().lower() for address in addresses}
    rows = SuppressedAddress.objects.of_all_mail().filter(address__in=asked)
    return set(rows.values_list('address', flat=True))


def sets_no_password(address: str) -> bool:
    """A mailbox that was given up may be somebody else's tomorrow."""
    return _doubted().filter(address=address.strip().lower()).exists()


def proves_nothing(field: str) -> Exists:
    """Of rows whose address stands in `field`: whether it may be somebody else's by now."""
    return Exists(_doubted().filter(address=Lower(OuterRef(field))))


def _doubted() -> SuppressionQuerySet:
    return SuppressedAddress.objects.standing().filter(scope__in=[Scope.ALL, Scope.PASSWORDS])


def proved(address: str, by: Any) -> None:
    """Its owner has read a letter there: what spoke against the address does so no more."""
    rows = SuppressedAddress.objects.standing().filter(address=address.strip().lower(), cause__in=_BY_ITSELF)
    rows.update(lifted_at=timezone.now(), lifted_by=by, lifted_why=PROVED_ANEW)


@transaction.atomic
def read_again(address: str, *, by_letter_of: datetime) -> None:
    """Somebody followed a link in a letter that went there after others had come back, so letters go there again. Who
    they are nobody knows: no password is set there before a code has told."""
    rows = SuppressedAddress.objects.standing().filter(address=address.strip().lower(), cause__in=_CAME_BACK)
    row = rows.filter(since__lt=by_letter_of).select_for_update(of=('self',)).first()
    if row is not None:
        lift(row, by=None, why=READ_ANEW)
        suppress(address, Cause.READ_AGAIN, row.reason)


def suppress(
    address: str, cause: SuppressedAddress.Cause, reason: str, *, at: datetime | None = None
) -> SuppressedAddress:
    """Writes it down; once while it stands."""
    row, _ = SuppressedAddress.objects.get_or_create(
        address=address.strip().lower(),
        scope=KEEPS_BACK[cause],
        lifted_at=None,
        defaults={'cause': cause, 'reason': reason, 'since': at or timezone.now()},
    )
    return row


@transaction.atomic
def lift(row: SuppressedAddress, *, by: Any, why: str) -> SuppressedAddress:
    """Letters go there again. NotNow where somebody lifted it before."""
    row = locked(row)
    if row.is_lifted:
        raise NotNow(f'It was lifted already: {row.lifted_why}')
    row.lifted_at, row.lifted_by, row.lifted_why = timezone.now(), by, why.strip()
    row.save(update_fields=['lifted_at', 'lifted_by', 'lifted_why'])
    return row
