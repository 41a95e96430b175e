"""A reader who was reminded said ‘not now’: it stands in the reading's history, and the editor hears."""

from datetime import date, datetime

from blog.letters import reading_letters
from blog.models import Reading, ReadingStep
from ukis import days


def note_put_off(row: Reading, *, until: date, at: datetime) -> None:
    """The reading is held by whoever calls. The link is in a letter to the reader alone."""
    step = ReadingStep.objects.create(
        reading=row,
        move='put_off',
        from_state=row.state,
        to_state=row.state,
        by=row.reader,
        by_name=row.name,
        note=f'Until {days.in_words(until)}',
        at=at,
    )
    for editor in reading_letters.editors_of(row):
        key = f'reading step {step.pk}'
        reading_letters.tell('reading_put_off', editor, row, key=key, by=None, until=until)
