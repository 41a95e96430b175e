"""A note sent with a move: one text, a message of the conversation, and what the move's letters carry.

The other side sees it when its letter leaves. Changed in the outbox it is changed here; recalled there it is
never shown, and the desk says so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from blog import told
from blog.models import Message, Step, Submission
from members.models import Person
from ukis.letters.models import Letter


def key_of(step: Step) -> str:
    """What the letters of one step share, their note among it."""
    return f'step {step.pk}'


def _of(letter: Letter):
    """The message whose text this letter carries."""
    step = letter.note_key.removeprefix('step ')
    return Message.objects.filter(step=int(step)) if step.isdigit() else Message.objects.none()


def write(step: Step, text: str, *, by: Person, among_editors: bool, waits: bool, at: datetime) -> Message:
    """The note as a message; `waits`: until its letter leaves the other side does not see it."""
    audience = Message.Audience.EDITORS if among_editors else Message.Audience.AUTHORS
    return Message.objects.create(
        submission=step.submission,
        by=by,
        at=at,
        text=text,
        audience=audience,
        step=step,
        told_at=None if waits else at,
    )


def lock(letter: Letter) -> None:
    Submission.objects.select_for_update().filter(pk=letter.object_id).values_list('pk').first()


def changed(letter: Letter) -> None:
    if letter.note:
        _of(letter).filter(told_at=None).update(text=letter.note)


def left(letter: Letter) -> None:
    if letter.note_key:
        _of(letter).filter(told_at=None).update(told_at=timezone.now(), recalled_at=None)
    told.heard(letter)


def given_up(letter: Letter) -> None:
    """It could not be sent: where no other letter brings it, what it says stands on the author's page alone. Where an
    editor recalled another of them, it is not to be told, whichever came first."""
    others = told.others_of_its_step(letter)
    if others.filter(state=Letter.State.RECALLED).exists():
        recalled(letter)
    elif not others.filter(state__in=told.UNSENT).exists():
        left(letter)


def recalled(letter: Letter) -> None:
    """Where no other letter can bring the note any more, it will not be told."""
    if letter.note_key and not told.others_of_its_step(letter).filter(state__in=told.UNSENT).exists():
        _of(letter).filter(told_at=None).update(recalled_at=timezone.now())


@dataclass(frozen=True)
class Untold:
    """A decision of which its author has not heard: its letters wait, are held, were recalled or failed."""

    step: Step
    why: str
    # Whether no letter will tell them by itself any more.
    is_over: bool


_WHY = (
    (Letter.State.HELD, 'the letter is held'),
    (Letter.State.WAITING, 'the letter waits a few minutes'),
    (Letter.State.SENDING, 'the letter is being sent'),
    (Letter.State.FAILED, 'the letter could not be sent'),
    (Letter.State.SUPPRESSED, 'the address refuses letters'),
    (Letter.State.BOUNCED, 'the letter came back'),
    (Letter.State.RECALLED, 'the letter was recalled'),
)


def untold(
    submission: Submission,
    steps: Sequence[Step],
    decisions: Collection[str],
    letters: Sequence[Letter] | None = None,
) -> Untold | None:
    """The last decision, where nobody it was written to has been told. `steps` come newest first: who of the authors
    has acted since knows of it. `letters`: all about it, newest first, where they are at hand."""
    authors = {name.person_id for name in submission.authorships.all() if name.person_id}
    step = next((one for one in steps if one.move in decisions or one.by_id in authors), None)
    if step is None or step.move not in decisions:
        return None
    states = _states_of(submission, step, letters)
    if not states or Letter.State.SENT in states:
        return None
    why = next(words for state, words in _WHY if state in states)
    return Untold(step, why, is_over=not states & set(told.UNSENT))


def _states_of(submission: Submission, step: Step, known: Sequence[Letter] | None) -> set[str]:
    """What became of its letters, and of those that say the same anew, as when a date moved before it was told."""
    if known is None:
        letters = list(Letter.objects.about(submission).order_by('pk').values_list('key', 'kind', 'state'))
    else:
        letters = [(one.key, one.kind, one.state) for one in sorted(known, key=lambda one: one.pk)]
    own = [at for at, (key, _, _) in enumerate(letters) if key.startswith(f'{key_of(step)} ')]
    kinds = {letters[at][1] for at in own}
    return {state for _, kind, state in letters[own[0] :] if kind in kinds} if own else set()
