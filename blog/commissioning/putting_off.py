"""Somebody who was reminded said ‘not now’: it stands in the history, and the editor hears."""

from datetime import date, datetime

from blog.commissioning.engine import record
from blog.letters import commission_letters
from blog.letters.commission_letters import editors_of
from blog.models import Commission
from members.models import Person
from ukis import days


def note_put_off(row: Commission, *, by: Person | None, until: date, at: datetime) -> None:
    """The commission is held by whoever calls."""
    by_editor = by is not None and by.is_editor and by.pk != row.invitee_id
    name = '' if by_editor else row.name
    note = f'Until {days.in_words(until)}'
    step = record(row, 'put_off', row.state, by=by if by_editor else None, by_name=name, note=note, at=at)
    for editor in [] if by_editor else editors_of(row):
        key = f'commission step {step.pk}'
        commission_letters.tell('commission_put_off', editor, row, key=key, by=None, until=until)
