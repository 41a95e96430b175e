"""What was written with the moves, and which of it still waits for an answer."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from blog.models import Message, Step, Submission
from blog.told import told_by_letter
from blog.workflow.moves import DECIDED, MOVES


def steps_of(submission: Submission) -> list[Step]:
    """Newest first, with who made them and what they wrote."""
    return list(submission.steps.select_related('by', 'message__by').order_by('-at', '-pk'))


def known_to_author(submission: Submission, steps: Sequence[Step]) -> list[Step]:
    """Of the steps, newest first, those that the author knows of: no decision that is still to be told, and none that
    was taken back before it was."""
    since = submission.told_since
    known = [step for step in steps if since is None or step.at <= since or step.from_state == step.to_state]
    led = [step for step in known if step.from_state != step.to_state]
    undone = [
        (back, made)
        for back, made in pairwise(led)
        if made.move in DECIDED and back.move in MOVES and MOVES[back.move].takes_back
    ]
    if not undone:
        return known
    told = told_by_letter(submission)
    gone = {step.pk for back, made in undone if made.pk not in told for step in (back, made)}
    return [step for step in known if step.pk not in gone]


def written_to_author(submission: Submission) -> Message | None:
    """What stands on top of the submission for its author."""
    authors = {row.person_id for row in submission.authorships.all()}
    return note_to_author(steps_of(submission), authors)


def note_of(step: Step, *, for_author: bool) -> str:
    """What stands under a step of the history: to an author a note once it was told, to the editors all."""
    move = MOVES.get(step.move)
    message = getattr(step, 'message', None)
    if move is None or not move.takes_words or message is None:
        return '' if for_author and move is not None and move.takes_words else step.note
    if not for_author:
        return message.text
    return message.text if message.told_at and not message.is_among_editors else ''


def note_to_author(steps: Sequence[Step], authors: Collection[int | None]) -> Message | None:
    """What the editor wrote last, until an author has answered it. `steps` come newest first, with messages."""
    for step in steps:
        move = MOVES.get(step.move)
        if move is None:
            continue
        if step.by_id in authors:
            if move.author and move.author.answers:
                return None
        elif step.by_id and move.takes_words and note_of(step, for_author=True):
            return step.message
    return None


def note_to_editor(
    steps: Sequence[Step], authors: Collection[int | None], editor: int | None
) -> Message | None:
    """What an author wrote last with a move, or another editor to this one, until an editor has decided."""
    for step in steps:
        move = MOVES.get(step.move)
        if move is None and not step.from_state and step.by_id in authors:
            return getattr(step, 'message', None)  # what it was pitched with
        if move is None or step.by_id is None:
            continue
        if step.by_id not in authors:
            if move.among_editors and step.by_id != editor and note_of(step, for_author=False):
                return step.message
            if move.decision or move.answers_author:
                return None
        elif move.takes_words and note_of(step, for_author=False):
            return step.message
    return None
