"""Who has a submission open on the desk: editors, to one another alone. It is no lock, and ends by itself."""

from django.core.cache import cache
from django.utils import timezone

from blog.models import Submission
from blog.models.words import in_a_row
from members.models import Person

LASTS = 90  # seconds after the last sign of somebody


def note(submission: Submission, person: Person) -> str:
    """This person has it open; a sentence that names who else has. Of two signs in the same moment one may be
    missed until its next."""
    key, now = f'open:{submission.pk}', timezone.now().timestamp()
    kept: dict[int, tuple[str, float]] = cache.get(key) or {}
    here = {who: sign for who, sign in kept.items() if now - sign[1] < LASTS}
    here[person.pk] = (person.printed_name, now)
    cache.set(key, here, LASTS)
    others = sorted(name for who, (name, _) in here.items() if who != person.pk)
    return f'Open now by {in_a_row(others)}' if others else ''
