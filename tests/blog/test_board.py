"""The board: columns, cards, moves by buttons, and the way back to the card."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.admin.desk.frame import WAYS
from blog.desk import queues
from blog.desk.board import CARDS
from blog.models import State, Submission
from blog.states import STATES
from blog.workflow import MOVES
from tests.commissions import brought_to
from tests.conftest import make_submission
from ukis import days

BOARD = reverse('admin:desk_board')
KINDS = (
    *(State.PITCH, 'promised', State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.EDITING),
    *(State.AUTHOR_APPROVAL, State.READY, 'scheduled'),
)


def column(page, key: str):
    return next(one for one in page.context['columns'] if one.column.queue.key == key)


def titles(page) -> list[str]:
    return [card.submission.title for one in page.context['columns'] for card in one.cards]


def test_every_state_that_is_open_has_a_column_in_the_words_of_its_row():
    shown = {queue.key for queue in queues.BY_STATE}

    assert len(shown) == sum(row.part is not None for row in STATES.values())
    assert [queue.label for queue in queues.BY_STATE] == [
        *('New pitch', 'Promised / drafting', 'Needs an editor', 'Reading', 'Waiting for the author'),
        *('Copy-edit', 'Waiting for approval', 'Ready to schedule', 'Scheduled'),
    ]


def test_every_way_to_look_at_the_desk_leads_to_all_of_them(editor, signed_in, society):
    client, ways = signed_in(editor), [reverse(f'admin:{name}') for name, _ in WAYS]

    for here in ways:
        page = client.get(here).text
        assert [f'<a href="{way}"' in page for way in ways] == [True] * len(ways)
        assert f'<a href="{here}" aria-current="page">' in page


def test_each_submission_stands_in_the_column_of_its_state_and_in_no_other(
    author, editor, chief, signed_in, society
):
    for kind in KINDS:
        make_submission(author, kind, editor=editor)
    make_submission(author)  # a draft that no editor knows of
    make_submission(author, 'live', editor=editor)
    make_submission(author, State.DECLINED, editor=editor)

    page = signed_in(chief).get(BOARD)

    assert [(one.column.queue.key, one.column.count) for one in page.context['columns']] == [
        (queue.key, 1) for queue in queues.BY_STATE
    ]
    assert [len(one.cards) for one in page.context['columns']] == [1] * len(queues.BY_STATE)


def test_each_column_is_the_list_to_which_it_leads(author, editor, chief, signed_in, society):
    for kind in KINDS:
        make_submission(author, kind, editor=editor)
    client = signed_in(chief)

    for one in client.get(BOARD).context['columns']:
        listed = client.get(reverse('admin:desk'), {'queue': one.column.queue.key})
        assert [line.submission.pk for line in listed.context['lines']] == [
            card.submission.pk for card in one.cards
        ]


def test_a_card_says_what_by_whom_from_where_which_editor_and_how_late(
    author, editor, chief, signed_in, society
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today() - timedelta(days=3))

    page = signed_in(chief).get(BOARD).text

    for words in ('Careful change', 'Ada Author (ICC)', 'Editor: Ed Editor', '3 days late</strong>, was due'):
        assert words in page, words


def test_a_column_shows_so_many_cards_the_oldest_wait_first_and_says_how_many_there_are(
    author, editor, signed_in, society
):
    rows = [make_submission(author, State.SUBMITTED) for _ in range(CARDS + 2)]
    Submission.objects.filter(pk=rows[-1].pk).update(held_since=timezone.now() - timedelta(days=9))

    page = signed_in(editor).get(BOARD)

    shown = column(page, 'submitted')
    assert (shown.column.count, len(shown.cards)) == (CARDS + 2, CARDS)
    assert shown.cards[0].submission == rows[-1]
    assert f'All {CARDS + 2} in the list' in page.text
    assert '(2 more are not shown)' in page.text


def test_one_sees_ones_own_and_what_nobody_has_taken(author, editor, chief, signed_in, society):
    make_submission(author, State.IN_REVIEW, editor=editor, words={'title': 'Of another'})
    make_submission(author, State.IN_REVIEW, editor=chief, words={'title': 'My own'})
    make_submission(author, State.SUBMITTED, words={'title': 'Of nobody'})

    page = signed_in(chief).get(BOARD, {'editor': 'mine'})

    assert titles(page) == ['Of nobody', 'My own']
    assert (column(page, 'in_review').column.count, column(page, 'in_review').column.all) == (1, 2)


def test_what_one_has_a_part_in_writing_is_neither_shown_nor_counted(
    author, chief, editor, signed_in, society
):
    make_submission(author, State.IN_REVIEW, editor=chief, coauthors=(editor,))

    page = signed_in(editor).get(BOARD)

    assert (titles(page), [one.column.all for one in page.context['columns']]) == ([], [0] * 9)


def test_a_commission_without_words_stands_before_the_columns_and_ones_own_does_not(
    author, editor, chief, signed_in, society
):
    brought_to('sent', editor, working_title='Asked of Ivo')
    brought_to('accepted', editor, working_title='Promised by Ivo', email='else@far.example')
    brought_to(
        'sent', chief, invitee=editor, email=editor.email, name='Ed Editor', working_title='Asked of me'
    )
    brought_to('draft', editor, working_title='Not asked yet')

    asked = signed_in(editor).get(BOARD).context['asked']

    assert [one.working_title for one in asked.commissions] == ['Asked of Ivo', 'Promised by Ivo']
    assert asked.count == 2


# --- Moves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize('role', ['chief', 'editor', 'administrator'])
def test_a_card_offers_what_the_table_lets_one_do(role, request, author, editor, signed_in, society):
    person = request.getfixturevalue(role)
    request.getfixturevalue('chief')
    rows = [make_submission(author, kind, editor=editor) for kind in KINDS]

    page = signed_in(person).get(BOARD)

    cards = {card.submission.pk: card for one in page.context['columns'] for card in one.cards}
    for row in rows:
        row = Submission.objects.get(pk=row.pk)
        card = cards[row.pk]
        offered = {one.name for one in (card.first, *card.others) if one and one.name}
        assert offered == {offer.move.name for offer in workflow.moves_for(row, person)}


def test_a_move_that_writes_to_somebody_is_a_link_to_its_page(author, editor, signed_in, society):
    submission = make_submission(author, State.SUBMITTED)

    page = signed_in(editor).get(BOARD)

    address = reverse('admin:desk_move', args=[submission.pk, 'take'])
    assert f'<a class="button second" href="{address}?from=board">Take it…' in page.text
    assert '<form method="post" action="/admin/desk' not in page.text


def test_a_move_that_asks_nothing_and_writes_to_nobody_is_made_in_place(
    author, editor, signed_in, society, monkeypatch
):
    monkeypatch.setitem(MOVES, 'take', replace(MOVES['take'], letters=()))
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(editor)

    page = client.get(BOARD)
    address = reverse('admin:desk_move', args=[submission.pk, 'take']) + '?from=board'
    assert f'<form method="post" action="{address}">' in page.text
    response = client.post(address)

    assert response.url == f'{BOARD}?moved={submission.pk}#card-{submission.pk}'


def test_no_move_that_decides_asks_or_writes_is_made_in_place():
    in_place = [move for move in MOVES.values() if move.is_made_in_place]

    assert [move for move in in_place if move.letters or move.asks or move.decision or move.grave] == []


def test_after_a_move_one_is_back_at_the_card_which_says_what_was_done(author, editor, signed_in, society):
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(editor)

    moved = client.post(
        reverse('admin:desk_move', args=[submission.pk, 'take']) + '?from=board&editor=mine', follow=True
    )

    assert moved.redirect_chain == [(f'{BOARD}?editor=mine&moved={submission.pk}#card-{submission.pk}', 302)]
    assert (
        '<div class="board-said" role="status"><p>Done: “Take it”. It is now: Reading.</p></div>'
        in moved.text
    )
    assert 'messagelist' not in moved.text


def test_the_card_that_moved_is_shown_however_many_stand_before_it(author, editor, signed_in, society):
    for _ in range(CARDS + 1):
        make_submission(author, State.IN_REVIEW, editor=editor)
    submission = make_submission(author, State.SUBMITTED)
    client = signed_in(editor)

    moved = client.post(reverse('admin:desk_move', args=[submission.pk, 'take']) + '?from=board', follow=True)

    shown = column(moved, 'in_review')
    assert len(shown.cards) == CARDS + 1
    assert (shown.cards[-1].submission, shown.cards[-1].has_moved) == (submission, True)
    assert shown.column.more == 1


def test_what_has_left_the_board_is_told_above_it(author, editor, signed_in, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)

    moved = signed_in(editor).post(
        reverse('admin:desk_move', args=[submission.pk, 'decline']) + '?from=board',
        {'note': 'It does not fit.'},
        follow=True,
    )

    assert '<ul class="messagelist">' in moved.text
    assert titles(moved) == []


def test_a_move_that_is_not_possible_now_leads_back_to_the_card_with_the_reason(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.EDITING, editor=editor)

    page = signed_in(editor).get(
        reverse('admin:desk_move', args=[submission.pk, 'keep_approval']) + '?from=board', follow=True
    )

    assert page.redirect_chain[0][0] == f'{BOARD}?moved={submission.pk}#card-{submission.pk}'
    assert 'The author has not approved any version yet.' in page.text


@pytest.mark.parametrize('moved', ['0', '-1', 'x', '٣', '9' * 30, '999999'])
def test_odd_addresses_are_answered(moved, author, editor, signed_in, society):
    make_submission(author, State.SUBMITTED)

    assert signed_in(editor).get(BOARD, {'moved': moved}).status_code == 200


def test_a_submission_of_ones_own_is_not_shown_though_an_address_names_it_as_moved(
    author, chief, editor, signed_in, society
):
    own = make_submission(author, State.IN_REVIEW, editor=chief, coauthors=(editor,))

    assert titles(signed_in(editor).get(BOARD, {'moved': own.pk})) == []


def test_the_board_asks_as_much_for_five_of_each_as_for_one(
    author, editor, chief, administrator, signed_in, society
):
    clients = {one: signed_in(one) for one in (chief, editor, administrator)}
    asked = []
    for number in range(5):
        cache.clear()  # how many letters one person may cause
        for kind in KINDS:
            make_submission(author, kind, editor=editor)
        brought_to('sent', editor, email=f'{number}@far.example')
        if number in (0, 4):
            for client in clients.values():
                client.get(BOARD)
                with CaptureQueriesContext(connection) as questions:
                    client.get(BOARD)
                asked.append(len(questions))

    assert asked == [14, 14, 15] * 2
