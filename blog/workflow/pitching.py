"""An idea for a blog: a member pitches it, an editor takes it up with a date or says why not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from blog import letters
from blog.messages import notes
from blog.models import Message, Series, Submission, Words
from blog.states import PITCHED, row_of
from blog.workflow.author import begun
from blog.workflow.desk import refuse_as_editor
from blog.workflow.engine import moving, record
from blog.workflow.moves import EVENTS
from blog.workflow.words import write_version
from members.models import Person
from ukis import days, markup
from ukis.refusals import NotAllowed, NotNow

FEWEST_WORDS, MOST_WORDS = 50, 150


def why_not_so_long(text: str) -> str:
    """What is to be done about the length of a pitch, or nothing."""
    count = markup.word_count(text)
    has = f'It has {count} word{"" if count == 1 else "s"}.'
    if count < FEWEST_WORDS:
        return f'{has} Say a little more: at least {FEWEST_WORDS}, so that the editors can judge.'
    if count > MOST_WORDS:
        return f'{has} Make it shorter: {MOST_WORDS} at most. The rest belongs in the blog.'
    return ''


def pitch(
    *, by: Person, title: str, note: str, tags: Sequence[str] = (), series: Series | None = None
) -> Submission:
    """An idea in a few words, which are the first message of its conversation; nothing else is written yet."""
    if not by.may_submit():
        raise NotAllowed(
            'Only members can suggest a blog. Your membership, or your organisation’s, does not allow it today.'
        )
    if not title.strip():
        raise NotNow('Give it a working title.')
    if too_long_or_short := why_not_so_long(note):
        raise NotNow(too_long_or_short)
    if series is not None and not Series.objects.that_take_ideas().filter(pk=series.pk).exists():
        raise NotNow(f'“{series}” takes no more ideas. Choose another series, or none.')
    with transaction.atomic():
        now, row = timezone.now(), row_of(PITCHED)
        held: dict[str, Any] = {
            'state': PITCHED,
            'holder': row.holder,
            'due_on': row.due(days.london_day(now)),
        }
        submission = begun(title, by=by, at=now, promised_at=now, series=series, **held)
        words = Words(title=submission.working_title, tag_words=list(tags))
        write_version(submission, words, by=by, at=now, why='start')
        step = record(submission, 'pitch', '', by=by, at=now, note=note.strip())
        facts = letters.Facts()
        letters.tell_of_step(EVENTS['pitch'].letters, submission, step=step, by=by, hold=False, facts=facts)
        notes.write(step, step.note, by=by, among_editors=False, waits=False, at=now)
    return submission


def pitch_of(submission: Submission) -> Message | None:
    """The words with which it was pitched, if it was."""
    if submission.promised_at is None:
        return None
    return submission.messages.filter(step__move='pitch').select_related('by').first()


def take_up(
    submission: Submission, *, by: Person, due_on: date | None = None, note: str = '', fair: str = ''
) -> Submission:
    """Yes to an idea: its author writes it by a day, for the editor who says so."""
    with moving('take_up', submission, by=by, note=note, fair=fair) as move:
        move.due_on = _to_come(due_on, days.london_day(move.at))
        move.submission.editor = by
    return submission


def assign_pitch(
    submission: Submission,
    *,
    by: Person,
    editor: Person,
    due_on: date | None = None,
    note: str = '',
    fair: str = '',
) -> Submission:
    """Yes to an idea, for another editor."""
    with moving('assign_pitch', submission, by=by, note=note, fair=fair) as move:
        refuse_as_editor(move.submission, editor)
        move.due_on = _to_come(due_on, days.london_day(move.at))
        move.submission.editor = editor
    return submission


def decline_pitch(submission: Submission, *, by: Person, note: str, fair: str = '') -> Submission:
    with moving('decline_pitch', submission, by=by, note=note, fair=fair):
        pass
    return submission


def _to_come(day: date | None, today: date) -> date | None:
    if day is not None and day < today:
        raise NotNow('Choose a day that is not past.')
    return day
