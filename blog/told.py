"""What the author knows of a submission: a decision is theirs to read when a letter of it has left.

Until then their pages say what was before. A letter that was recalled leaves it so, and the desk says so; where every
letter failed, or its address takes none, the page is the one way there is, and says how things stand.
"""

import re
from copy import copy
from datetime import datetime

from django.db.models import F, QuerySet

from blog.models import State, Step, Submission
from blog.models.versions import VersionQuerySet
from blog.states import row_of
from ukis.letters.models import Letter

UNSENT = (Letter.State.WAITING, Letter.State.HELD, Letter.State.SENDING)
FIELDS = ('told_state', 'told_since', 'told_due_on')
_STEP = re.compile(r'step (\d+) ')


def keep(submission: Submission) -> None:
    """Called before a decision is written: how it stands now is what its author knows, unless that is older still."""
    if not submission.told_state:
        submission.told_state = submission.state
        submission.told_since, submission.told_due_on = submission.held_since, submission.due_on


def forget(submission: Submission) -> None:
    """The author knows how it stands. The caller saves it."""
    submission.told_state, submission.told_since, submission.told_due_on = '', None, None


def as_told(submission: Submission) -> Submission:
    """The submission as its author knows it, for their pages: to be read; it refuses to be saved."""
    if not submission.told_state or (row_of(submission.state).in_print and submission.has_live_post):
        return submission
    known, row = copy(submission), row_of(submission.told_state)
    known.is_a_copy = True
    known.state = State(submission.told_state)
    known.holder = (row.holder_live if submission.has_live_post else None) or row.holder
    known.held_since, known.due_on = submission.told_since or submission.held_since, submission.told_due_on
    return known


def with_words_known(known: Submission) -> Submission:
    """The same with the words as they stood then: what an editor changed since a decision is read once it is told."""
    if known.is_a_copy and known.told_since:
        first = _decisions(known, known.told_since).order_by('at', 'pk').first()
        known.known_until = first.at if first else None
        known.current = versions_known(known).order_by('-number').first() or known.current
    return known


def versions_known(submission: Submission) -> VersionQuerySet:
    versions = submission.versions.all()
    if submission.words_withheld:
        return versions.none()
    return versions.filter(made_at__lt=submission.known_until) if submission.known_until else versions


def told_by_letter(submission: Submission) -> set[int]:
    """The steps of which a letter has left, or was given up: their keys."""
    quiet = (*UNSENT, Letter.State.RECALLED)
    keys = Letter.objects.about(submission).exclude(state__in=quiet).values_list('key', flat=True)
    return {int(found[1]) for key in keys if (found := _STEP.match(key))}


def heard(letter: Letter) -> None:
    """A letter of a decision has left, or none of it ever will: its author knows where that step led. The submission
    is held by whoever calls."""
    found = _STEP.match(letter.key)
    submission = Submission.objects.get(pk=letter.object_id)
    since = submission.told_since
    if not found or since is None:
        return
    decisions = _decisions(submission, since)
    step = decisions.filter(pk=int(found[1])).first() or _told_anew(letter, decisions)
    if step is None:
        return
    forget(submission)
    if decisions.filter(at__gt=step.at).exists():
        submission.told_state, submission.told_since = step.to_state, step.at
    submission.save(update_fields=FIELDS)


def said(submission: Submission) -> None:
    """An editor wrote to its author, who may read how it stands; of a decision whose letter still waits that letter
    tells them, with its note. The submission is held by whoever calls."""
    since = submission.told_since
    if not submission.told_state or (since is not None and _waits(submission, since)):
        return
    forget(submission)
    submission.save(update_fields=FIELDS)


def _waits(submission: Submission, since: datetime) -> bool:
    decisions = _decisions(submission, since)
    for letter in Letter.objects.about(submission).filter(state__in=UNSENT):
        found = _STEP.match(letter.key)
        if found and (decisions.filter(pk=int(found[1])).exists() or _told_anew(letter, decisions)):
            return True
    return False


def _decisions(submission: Submission, since: datetime) -> QuerySet[Step]:
    return submission.steps.filter(at__gt=since).exclude(from_state=F('to_state'))


def _told_anew(letter: Letter, decisions: QuerySet[Step]) -> Step | None:
    """The decision whose own letter of this kind was recalled for this one: a date that moved before it was told."""
    recalled = Letter.objects.filter(
        object_id=letter.object_id,
        content_type=letter.content_type,
        kind=letter.kind,
        state=Letter.State.RECALLED,
    )
    steps = [int(found[1]) for key in recalled.values_list('key', flat=True) if (found := _STEP.match(key))]
    return decisions.filter(pk__in=steps).order_by('-at').first()


def others_of_its_step(letter: Letter) -> QuerySet[Letter]:
    """The other letters that the same step sent; of what is no step's none."""
    found = _STEP.match(letter.key)
    if not found:
        return Letter.objects.none()
    of_its_row = Letter.objects.filter(object_id=letter.object_id, content_type=letter.content_type)
    return of_its_row.filter(key__startswith=found[0]).exclude(pk=letter.pk)
