"""The tags of what is in hand, folded, in rows of their own: kept by what changes words, tags or state."""

from collections.abc import Sequence

from blog.models import Submission, TopicWord
from blog.states import IN_PROCESS
from ukis.tags import fold


def keep(submission: Submission) -> None:
    """Under the lock, after the change."""
    if not submission.is_known_to_editors:
        return
    wanted = {fold(name) for name in _tags(submission)}
    rows = TopicWord.objects.filter(submission=submission)
    stand = set(rows.values_list('folded', flat=True))
    if gone := stand - wanted:
        rows.filter(folded__in=gone).delete()
    if new := sorted(wanted - stand):
        TopicWord.objects.bulk_create(TopicWord(submission=submission, folded=word) for word in new)


def _tags(submission: Submission) -> Sequence[str]:
    """As it would be tagged in print. Of what is only promised, as it was asked for or pitched: what its author tags
    it with meanwhile is theirs until it is handed in. Nothing of what is out of the process."""
    if submission.state not in IN_PROCESS:
        return ()
    if not submission.is_promised:
        return submission.tags_to_print()
    first = submission.versions.order_by('number').values_list('tag_words', flat=True).first()
    return first or ()


def follow(submission: Submission, was: str) -> None:
    """Where a move led it into the process, or out of it."""
    if (was in IN_PROCESS) != (submission.state in IN_PROCESS):
        keep(submission)


def renamed(was: str, now: str) -> None:
    """A tag was given another name, and what is in hand under it goes on being found there. An author's own word for
    it stays theirs: it is folded anew when they write another."""
    rows = TopicWord.objects.filter(folded=was)
    rows.filter(submission__in=TopicWord.objects.filter(folded=now).values('submission')).delete()
    rows.update(folded=now)
