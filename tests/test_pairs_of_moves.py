"""Every two moves that can meet at one row, in two processes on PostgreSQL: whoever comes second moves from where the
first left it, or is refused and leaves no trace. The pairs are read from the matrices of who may do what."""

from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from blog import commissioning, readings, workflow
from blog.models import Commission, CommissionStep, Reading, ReadingStep, State, Step, Submission, Words
from members.models import Person
from tests import commissions as of_commissions
from tests import moving
from tests import readings as of_readings
from tests.blog import test_commissions, test_readings, test_workflow
from tests.conftest import DECLARED, WORDS, make_person, make_submission
from tests.moving import in_line

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != 'postgresql', reason='stands in line for locks of PostgreSQL'),
]

# Where all moves that change the state meet one another. Every other pair meets once, wherever both can be made.
SITUATIONS = (
    *('pitch', 'promised', 'drafting', 'submitted', 'in_review', 'changes_requested', 'editing'),
    *('author_approval', 'ready', 'scheduled', 'live'),
)
# In these stand all the moves there are; in the others fewer of the same.
ASKED, READ = ('sent', 'declined'), ('asked', 'declined', 'returned')
SPARE = 'spare@staff.example'
PARTS = 3  # of the meetings of submissions: each in a time that a test may take


@pytest.fixture
def movers(database_url, society):
    yield from moving.two(database_url)


def pairs_of(moves: list[str]) -> list[tuple[str, str]]:
    """Each with each and with itself, in one order or the other."""
    found = combinations_with_replacement(sorted(moves), 2)
    return [pair if number % 2 else pair[::-1] for number, pair in enumerate(found)]


def fits(steps: list[Any], was: str, now: str, table: Any) -> bool:
    """Whether each step begins where the one before it ended, where its move may begin, and the last ended here."""
    for step in steps:
        if step.from_state != was or was not in table[step.move].frm:
            return False
        was = step.to_state
    return was == now


# --- What a mover calls ---------------------------------------------------------------------------


def move_submission(move: str, pk: int, by: int) -> None:
    cache.clear()  # one author has a hundred letters sent, and more
    # A name that no other process gives.
    test_workflow.make_person = lambda **given: Person.objects.get(email=SPARE)
    test_workflow.make(move, Submission.objects.get(pk=pk), Person.objects.get(pk=by))


def move_commission(move: str, pk: int, by: int | None) -> None:
    row = Commission.objects.get(pk=pk)
    who = Person.objects.get(pk=by) if by else of_commissions.LINK
    getattr(commissioning, move)(row, by=who, **test_commissions.answers(move, row))


def move_reading(move: str, pk: int, by: int | None) -> None:
    row = Reading.objects.get(pk=pk)
    who = Person.objects.get(pk=by) if by else of_readings.LINK
    getattr(readings, move)(row, by=who, **test_readings.answers(move, row))


# --- The pairs ------------------------------------------------------------------------------------


@pytest.fixture
def cast(author, editor, other_editor, chief, administrator):
    make_person('Spare Editor', email=SPARE, group='Editor')
    people = {'helper': 'Hel Helper', 'named': 'Nam Named', 'writing_editor': 'Wri Editor'}
    found = {role: make_person(name) for role, name in people.items()}
    return found | {
        'author': author,
        'editor': editor,
        'other_editor': other_editor,
        'chief': chief,
        'administrator': administrator,
    }


def who_moves(situation: str) -> dict[str, list[str]]:
    """For whom each move is."""
    found: dict[str, list[str]] = {}
    for role in ('author', 'helper', 'editor', 'other_editor', 'chief', 'administrator'):
        for move in test_workflow.expected(situation, role):
            found.setdefault(move, []).append(role)
    return found


def meetings() -> list[tuple[str, str, str]]:
    """The situations, and the pairs that meet in each: silence, approval given elsewhere, revisions, posts that are
    archived or taken down, and moves that change no state, among them."""
    found, known = [], set()
    for situation in (*SITUATIONS, *test_workflow.MATRIX):
        moves = who_moves(situation)
        if situation in SITUATIONS and (situation, True) not in known:
            known.add((situation, True))
            moves = {move: roles for move, roles in moves.items() if workflow.MOVES[move].to}
            new = pairs_of(list(moves))
        else:
            new = [pair for pair in pairs_of(list(moves)) if frozenset(pair) not in known]
        known |= {frozenset(pair) for pair in new}
        found += [(situation, *pair) for pair in new]
    return found


@pytest.mark.parametrize('part', range(PARTS))
def test_of_two_moves_of_a_submission_the_second_begins_where_the_first_ended(part, movers, cast):
    odd = {}

    allowed = {situation: who_moves(situation) for situation in test_workflow.MATRIX}

    for situation, first, second in meetings()[part::PARTS]:
        by = allowed[situation]
        cache.clear()
        submission = test_workflow.bring_to(situation, cast)
        was, known = submission.state, set(submission.steps.values_list('pk', flat=True))
        mine = by[first][0]
        theirs = next((role for role in by[second] if role != mine), mine)
        asked = [
            (mover, f'{__name__}.move_submission', {'move': move, 'pk': submission.pk, 'by': cast[role].pk})
            for mover, move, role in zip(movers, (first, second), (mine, theirs), strict=True)
        ]

        said = in_line(Submission.objects.filter(pk=submission.pk), *asked)

        submission.refresh_from_db()
        steps = list(Step.objects.filter(submission=submission).exclude(pk__in=known).order_by('pk'))
        made = [one for one in steps if one.move in workflow.MOVES]
        if (
            said[0] != 'made'
            or not fits(made, was, submission.state, workflow.MOVES)
            or len(made) != said.count('made')
        ):
            odd[situation, first, second] = (said, [(one.move, one.from_state, one.to_state) for one in made])

    assert odd == {}


def test_of_two_moves_of_a_commission_the_second_begins_where_the_first_ended(movers, editor, chief):
    odd = {}
    of_states = [
        (state, test_commissions.POSSIBLE[state], *pair)
        for state in ASKED
        for pair in pairs_of(list(test_commissions.POSSIBLE[state]))
    ]

    for number, (state, who, first, second) in enumerate(of_states):
        row = of_commissions.brought_to(state, editor, email=f'ivo{number}@far.example')
        known = set(row.steps.values_list('pk', flat=True))
        asked = [
            (mover, f'{__name__}.move_commission', {'move': move, 'pk': row.pk, 'by': by})
            for mover, move, by in zip(
                movers,
                (first, second),
                (_editor(who[first], editor), _editor(who[second], chief)),
                strict=True,
            )
        ]

        said = in_line(Commission.objects.filter(pk=row.pk), *asked)

        row.refresh_from_db()
        steps = list(CommissionStep.objects.filter(commission=row).exclude(pk__in=known).order_by('pk'))
        made = [one for one in steps if one.move in commissioning.MOVES]
        if said[0] != 'made' or not fits(made, state, row.state, commissioning.MOVES):
            odd[state, first, second] = (said, [(one.move, one.from_state, one.to_state) for one in made])

    assert odd == {}


def hand_in(pk: int, by: int) -> None:
    submission = Submission.objects.get(pk=pk)
    number = submission.current.number
    workflow.submit(submission, by=Person.objects.get(pk=by), version=number, declarations=DECLARED)


@pytest.mark.parametrize('move', ['take_back', 'note_no', 'decline', 'suggest'])
def test_words_that_are_handed_in_while_their_promise_ends_are_not_said_to_be_nothing(
    move, movers, author, editor
):
    row = of_commissions.brought_to('accepted', editor, email=author.email, invitee=author)
    submission = row.submissions.get()
    workflow.save_words(submission, by=author, base=1, words=Words(**WORDS))
    by = editor.pk if move in ('take_back', 'note_no') else author.pk

    said = in_line(
        Submission.objects.filter(pk=submission.pk),
        (movers[0], f'{__name__}.hand_in', {'pk': submission.pk, 'by': author.pk}),
        (movers[1], f'{__name__}.move_commission', {'move': move, 'pk': row.pk, 'by': by}),
    )

    row.refresh_from_db()
    submission.refresh_from_db()
    assert (said[0], row.state, submission.state) == ('made', 'accepted', State.IN_REVIEW), said
    assert 'made' not in said[1:]


def test_of_two_moves_of_a_reading_the_second_begins_where_the_first_ended(movers, author, editor, chief):
    submission, odd = make_submission(author, State.IN_REVIEW, editor=editor), {}
    likes = {
        state: of_readings.brought_to(state, submission, editor, email=f'{state}@far.example')
        for state in READ
    }
    of_states = [
        (state, test_readings.POSSIBLE[state], *pair)
        for state in READ
        for pair in pairs_of(list(test_readings.POSSIBLE[state]))
    ]

    for state, who, first, second in of_states:
        row = test_readings.another(likes[state])
        asked = [
            (mover, f'{__name__}.move_reading', {'move': move, 'pk': row.pk, 'by': by})
            for mover, move, by in zip(
                movers,
                (first, second),
                (_editor(who[first], editor), _editor(who[second], chief)),
                strict=True,
            )
        ]

        said = in_line(Submission.objects.filter(pk=submission.pk), *asked)

        row.refresh_from_db()
        steps = list(ReadingStep.objects.filter(reading=row).order_by('pk'))
        made = [one for one in steps if one.move in readings.MOVES]
        if said[0] != 'made' or not fits(made, state, row.state, readings.MOVES):
            odd[state, first, second] = (said, [(one.move, one.from_state, one.to_state) for one in made])

    assert odd == {}


def _editor(whom: tuple[str, ...], person: Person) -> int | None:
    return person.pk if 'editor' in whom else None
