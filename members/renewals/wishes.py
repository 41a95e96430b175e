"""What was wished before a renewal has been seen to."""

from django.db import transaction
from django.utils import timezone

from members.models import Person, RenewalWish
from ukis import history
from ukis.engine import locked


@transaction.atomic
def settle(wish: RenewalWish, *, by: Person) -> RenewalWish:
    """Said twice, it was done the first time."""
    held = locked(wish)
    if held.met_at is None:
        held.met_at = timezone.now()
        held.save(update_fields=['met_at'])
        history.note(held.renewal.term.membership, by=by, lines=[f'Saw to a wish before {held.renewal}'])
    return held
