"""The engine carries any noun with states: here letters of application that nobody's models know."""

import re
from dataclasses import dataclass, field

import pytest

from ukis import engine
from ukis.refusals import NotAllowed, NotNow


@dataclass
class Application:
    state: str = 'sent'
    history: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)


@dataclass
class Made:
    row: Application
    move: engine.Move
    at: object
    note: str


class Applications(engine.Process):
    moves = {
        move.name: move
        for move in (
            engine.Move(
                name='decline',
                label='Decline',
                frm=('sent',),
                to='declined',
                who=frozenset({'secretary'}),
                asks=('note',),
            ),
            engine.Move(
                name='approve',
                label='Approve',
                frm=('sent',),
                to='approved',
                who=frozenset({'secretary'}),
                guard=lambda case: 'They agreed to nothing yet.' if 'agreed' not in case.row.history else '',
            ),
        )
    }

    def lock(self, row):
        return row

    def roles_of(self, row, by, at):
        return frozenset({by})

    def why_not(self, move, situation):
        if situation.row.state not in move.frm:
            return f'It is {situation.row.state}.'
        return move.guard(situation)

    def begin(self, move, situation, by, note):
        return Made(situation.row, move, situation.at, note)

    def write(self, made):
        made.row.state = made.move.to
        made.row.history.append(made.move.name)

    def tell(self, made):
        made.row.letters.append(made.note or made.move.label)


def make(name, row, by='secretary', note=''):
    with engine.moving(Applications(), name, row, by=by, note=note) as made:
        return made


@pytest.mark.django_db
def test_a_second_noun_moves_by_its_own_table():
    row = Application(history=['agreed'])

    make('approve', row)

    assert (row.state, row.history, row.letters) == ('approved', ['agreed', 'approve'], ['Approve'])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ('move', 'by', 'note', 'refusal', 'words'),
    [
        ('approve', 'applicant', '', NotAllowed, '“Approve” is not yours to do here.'),
        ('approve', 'secretary', '', NotNow, 'They agreed to nothing yet.'),
        (
            'decline',
            'secretary',
            '  ',
            NotNow,
            'Write a line that says why: it goes to the people concerned.',
        ),
    ],
)
def test_a_refused_move_leaves_the_row_as_it_was(move, by, note, refusal, words):
    row = Application()

    with pytest.raises(refusal, match=re.escape(words)):
        make(move, row, by=by, note=note)

    assert (row.state, row.history, row.letters) == ('sent', [], [])


@pytest.mark.django_db
def test_a_move_that_was_made_meanwhile_is_refused_with_where_it_stands():
    row = Application(state='declined', history=['agreed'])

    with pytest.raises(NotNow, match=r'It is declined\.'):
        make('approve', row)
