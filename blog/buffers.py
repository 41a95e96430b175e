"""What is typed and not yet saved as a version: one buffer for each writer of a submission, the newest wins."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog.models import Buffer, Submission
from members.models import Person

MOST = 1_500_000  # characters of all fields together


class TooMuch(Exception):
    """Longer than any blog; nothing of it was kept."""


def keep(
    submission: Submission,
    *,
    by: Person,
    base: int,
    data: Mapping[str, str],
    typed_at: datetime | None = None,
) -> Buffer:
    """Keeps the form's fields as typed. `base` is the number of the version they started from.

    `typed_at`, where it is not now: something typed since is left as it stands. Raises TooMuch.
    """
    if sum(map(len, data.values())) > MOST:
        raise TooMuch('That is more than a blog can hold. Take something out, and it is kept again.')
    at = typed_at or timezone.now()
    with transaction.atomic():
        Submission.objects.select_for_update().only('pk').get(pk=submission.pk)
        present = submission.buffers.filter(writer=by).first()
        if present and present.saved_at > at:
            return present
        buffer, _ = Buffer.objects.update_or_create(
            submission=submission, writer=by, defaults={'base': base, 'data': dict(data), 'saved_at': at}
        )
    return buffer


def of(submission: Submission, *, by: Person) -> Buffer | None:
    return submission.buffers.filter(writer=by).first()


def drop(submission: Submission, *, by: Person) -> None:
    submission.buffers.filter(writer=by).delete()
