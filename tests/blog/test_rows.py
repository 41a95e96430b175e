"""A state is one row, a move is one row: nothing that is known of either is missing, or said elsewhere."""

import ast
import re
from collections.abc import Container, Iterator
from inspect import Parameter, signature
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import reverse

from blog import workflow
from blog.desk import queues
from blog.models import Holder, State
from blog.states import STATES, Savers, where
from blog.workflow.moves import EVENTS, MOVES
from blog.workflow.moves.row import DECISIONS

ROOT = Path(__file__).resolve().parents[2]
# Questions of a move, and the keyword of its verb that answers them.
KEYWORDS = {
    'note': {'note'},
    'quoting': {'quoting'},
    'optional_note': {'note'},
    'reason': {'reason'},
    'due_on': {'due_on'},
    'editor': {'editor'},
    'when': {'at'},
    'tags': {'tags'},
    'views': {'views'},
    'correction': {'correction'},
    'typo': {'base', 'words', 'reason'},
}


@pytest.mark.parametrize('state', State)
def test_everything_is_known_of_a_state(state):
    row = STATES[state]

    assert row.author.plain
    assert (row.part is None) == row.closed
    assert row.part is None or row.part in queues.QUEUES
    assert row.holder == Holder.AUTHOR or row.savers != Savers.AUTHORS
    assert row.holder != Holder.AUTHOR or (row.yours and row.guest)
    assert row.holder not in (Holder.EDITORS, Holder.EDITOR) or row.next
    assert row.holder != Holder.EDITOR or row.editor_next
    assert row.holder != Holder.EDITORS or row.taken_by in MOVES
    assert not row.taken_by or not MOVES[row.taken_by].asks or row.editor_next
    if row.editor_next and row.editor_next.move:
        assert state in MOVES[row.editor_next.move].frm


@pytest.mark.parametrize('state', State)
def test_one_comes_into_each_state_and_out_of_it_by_a_move(state):
    into = [move for move in MOVES.values() if move.to == state]
    out = [move for move in MOVES.values() if state in move.frm]

    assert into or state in (State.PITCH, State.DRAFTING) or where(lambda row: row.back_to == state)
    assert out


@pytest.mark.parametrize('name', MOVES)
def test_everything_is_known_of_a_move(name):
    move = MOVES[name]
    verb = getattr(workflow, name)

    keywords = {
        key for key, given in signature(verb).parameters.items() if given.kind == Parameter.KEYWORD_ONLY
    }
    assert 'by' in keywords
    assert all(KEYWORDS[question] <= keywords for question in move.asks)
    assert move.label
    assert move.history
    assert move.tells
    assert move.letters
    assert move.frm
    assert move.who
    for letter in move.letters:
        get_template(f'blog/letters/{letter.kind}.txt')
    if move.unheard:
        assert move.unheard.of in move.overtakes
    if move.author:
        assert move.author.leads
        assert reverse(move.author.page, args=[1])
    elif workflow.Role.AUTHOR in move.who or workflow.Role.CORRESPONDING in move.who:
        pytest.fail('a move of the author says nothing to the author')


def test_what_a_move_overtakes_is_a_letter_that_some_move_sends():
    sent = {letter.kind for row in (*MOVES.values(), *EVENTS.values()) for letter in row.letters}
    overtaken = {kind for row in (*MOVES.values(), *EVENTS.values()) for kind in row.overtakes}
    told = {kind for row in STATES.values() for kind in row.told_by}

    assert overtaken | told | set(DECISIONS) <= sent


@pytest.mark.parametrize('name', EVENTS)
def test_everything_is_known_of_what_else_stands_in_the_history(name):
    event = EVENTS[name]

    assert event.label
    assert event.history
    for letter in event.letters:
        get_template(f'blog/letters/{letter.kind}.txt')


# Whatever else names a state or asks which move it is, and why it may.
NAMING_STATES = {
    'blog/cards/made_cards.py': 'a card is drawn before publication: for whatever is approved',
    'blog/models/submissions.py': 'a constraint on states and holders: what the database promises stands still',
    'blog/workflow/importing.py': 'the verb that begins in print',
}
COMPARING_MOVES = {
    'blog/views/byline.py': 'what an address carries after a name was put back',
    'blog/views/objecting.py': 'which of two buttons of one form was pressed',
    'members/admin/proposals.py': 'what staff decide on a change of a listing',
    'members/forms/listing.py': 'what staff decide on a change of a listing',
    'members/views/applications.py': 'which button of an application’s form was pressed',
    'ukis/letters/admin/changing.py': 'what is done with a letter',
    'ukis/markup/block.py': 'the number with which a list starts',
}
ROWS = ('blog/states/__init__.py', 'blog/workflow/moves/')


def trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ('blog', 'members', 'ukis'):
        for path in sorted((ROOT / room).rglob('*.py')):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(ROWS) and '/migrations/' not in name:
                yield name, ast.parse(path.read_text())


def names_a_state(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == 'State'
        and node.attr in State.__members__
    )


def knows_submissions(tree: ast.Module) -> bool:
    """Letters, seats and buffers have states of their own."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module in ('blog.models', 'blog.states')
        and 'State' in {alias.name for alias in node.names}
        for node in ast.walk(tree)
    )


def compares(node: ast.AST, names: Container[object]) -> bool:
    """Whether it asks if something is, or is among, one of these words."""
    if not isinstance(node, ast.Compare):
        return False
    asked = [part for side in (node.left, *node.comparators) for part in ast.walk(side)]
    keys = {id(part.slice) for part in asked if isinstance(part, ast.Subscript)}  # a row is read by its name
    words = [part.value for part in asked if isinstance(part, ast.Constant) and id(part) not in keys]
    return any(word in names for word in words)


def test_only_rows_name_a_state():
    """What may be asked of a state elsewhere is asked of its row."""
    found = {
        name
        for name, tree in trees()
        if knows_submissions(tree) and any(names_a_state(node) for node in ast.walk(tree))
    }

    assert found == set(NAMING_STATES)


def test_nothing_but_the_rows_tells_moves_apart_by_name():
    """A verb names its own move; what differs between moves stands in their rows."""
    names = {*MOVES, *EVENTS}

    found = {name for name, tree in trees() if any(compares(node, names) for node in ast.walk(tree))}

    assert found == set(COMPARING_MOVES)


def test_no_template_compares_a_state():
    compared = re.compile(r'\{%[^%]*\bstate\s*(?:==|!=|in)\s')
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / 'templates').rglob('*')
        if path.is_file() and compared.search(path.read_text())
    ]

    assert found == []
