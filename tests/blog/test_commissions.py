"""Commissions: states × moves × who, written out; what each move writes and to whom; what must not happen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import commissioning, workflow
from blog.commissioning import Suggested
from blog.models import Commission, State, Words
from blog.states.commission_states import CommissionState as S
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import DECLARED, WORDS, letters_leave, make_person
from ukis import days
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

# --- The matrix -----------------------------------------------------------------------------------

INVITEE, EDITOR, CHIEF, OTHER, CLOCK = 'invitee', 'editor', 'chief', 'another editor', 'clock'
I, E = (INVITEE,), (EDITOR, CHIEF)  # noqa: E741
# By state: each move that is possible there, and for whom. What is not named is refused to everybody.
POSSIBLE: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {'send': E},
    S.SENT: {
        **dict.fromkeys(('accept', 'propose', 'decline', 'suggest'), I),
        **dict.fromkeys(('move_dates', 'correct_address', 'note_yes', 'note_no', 'take_back'), E),
    },
    S.ACCEPTED: {
        **dict.fromkeys(('propose', 'decline', 'suggest'), I),
        **dict.fromkeys(('move_dates', 'note_no', 'take_back'), E),
    },
    S.DECLINED: {
        **dict.fromkeys(('accept', 'propose', 'decline', 'suggest'), I),
        **dict.fromkeys(('note_yes', 'revive'), E),
    },
    S.EXPIRED: {
        **dict.fromkeys(('accept', 'propose', 'decline', 'suggest'), I),
        **dict.fromkeys(('note_yes', 'note_no', 'revive'), E),
    },
    S.TAKEN_BACK: {'revive': E},
    S.FULFILLED: {},
}


def answers(move: str, row: Commission) -> dict:
    later = row.deadline + timedelta(days=30)
    return {
        'propose': {'day': later},
        'suggest': {'other': Suggested('Nia Named', 'nia@far.example', 'She knows it.')},
        'move_dates': {'answer_by': later, 'deadline': later},
        'revive': {'answer_by': later, 'deadline': later},
        'correct_address': {'name': 'Ivo Invitee', 'email': 'ivo@right.example'},
        'note_yes': {'note': 'By telephone.'},
        'note_no': {'note': 'By telephone.'},
        'refuse_date': {'note': 'Too late for us.'},
        'take_back': {'reason': 'It is not needed.'},
    }.get(move, {})


@pytest.mark.parametrize('who', [INVITEE, EDITOR, CHIEF, OTHER])
@pytest.mark.parametrize('state', list(S))
def test_each_move_is_possible_where_the_matrix_says_so_and_nowhere_else(
    state, who, editor, chief, other_editor
):
    by = {INVITEE: LINK, EDITOR: editor, CHIEF: chief, OTHER: other_editor}[who]
    found = set()
    for name, move in commissioning.MOVES.items():
        if name in ('expire', 'fulfil'):
            continue
        row = brought_to(state, editor, email=f'{name.replace("_", "")}@far.example')
        try:
            getattr(commissioning, name)(row, by=by, **answers(name, row))
        except NotAllowed:
            assert not move.who & commissioning.roles_of(row, by)
        except NotNow:
            pass
        else:
            found.add(name)

    assert found == {name for name, whom in POSSIBLE[state].items() if who in whom}


def test_every_state_and_every_move_stands_in_the_matrix():
    moves = {name for row in POSSIBLE.values() for name in row} | {
        'agree_date',
        'refuse_date',
        'expire',
        'fulfil',
    }

    assert set(POSSIBLE) == set(S)
    assert moves == set(commissioning.MOVES)


# --- Whom each move writes to ---------------------------------------------------------------------


def told(row: Commission) -> list[tuple[str, str]]:
    waiting = Letter.objects.about(row).filter(state=Letter.State.WAITING).order_by('pk')
    return [(letter.kind.removeprefix('commission_'), letter.to_address) for letter in waiting]


IVO = 'ivo@far.example'
LETTERS = [
    (S.DRAFT, 'send', EDITOR, [('invited', IVO)]),
    (S.SENT, 'accept', INVITEE, [('yes', IVO), ('answered_yes', EDITOR)]),
    (S.SENT, 'decline', INVITEE, [('no', IVO), ('answered_no', EDITOR)]),
    (S.SENT, 'propose', INVITEE, [('answered_later', EDITOR)]),
    (S.SENT, 'suggest', INVITEE, [('no', IVO), ('answered_other', EDITOR)]),
    (S.SENT, 'note_yes', EDITOR, [('yes', IVO)]),
    (S.SENT, 'note_no', EDITOR, []),
    (S.SENT, 'move_dates', EDITOR, [('dates_moved', IVO)]),
    (S.SENT, 'correct_address', EDITOR, [('invited', 'ivo@right.example')]),
    (S.SENT, 'take_back', EDITOR, [('taken_back', IVO)]),
    (S.ACCEPTED, 'decline', INVITEE, [('no', IVO), ('answered_no', EDITOR)]),
    (S.ACCEPTED, 'take_back', CHIEF, [('taken_back', IVO)]),
    (S.DECLINED, 'accept', INVITEE, [('yes', IVO), ('answered_yes', EDITOR)]),
    (S.DECLINED, 'revive', EDITOR, [('invited', IVO)]),
    (S.EXPIRED, 'accept', INVITEE, [('yes', IVO), ('answered_yes', EDITOR)]),
]


@pytest.mark.parametrize(('state', 'move', 'who', 'expected'), LETTERS)
def test_each_move_writes_to_these_and_to_nobody_else(state, move, who, expected, editor, chief):
    row = brought_to(state, editor)
    letters_leave()

    by = {INVITEE: LINK, EDITOR: editor, CHIEF: chief}[who]
    getattr(commissioning, move)(row, by=by, **answers(move, row))

    assert told(row) == [(kind, editor.email if to == EDITOR else to) for kind, to in expected]


def test_silence_is_told_to_both_sides_the_day_after_and_not_before(editor):
    row = brought_to(S.SENT, editor, answer_by=days.today())
    letters_leave()
    commissioning.expire_due(timezone.now())
    assert told(row) == []

    Commission.objects.filter(pk=row.pk).update(answer_by=days.today() - timedelta(days=1))
    commissioning.expire_due(timezone.now())
    commissioning.expire_due(timezone.now())

    assert told(row) == [('expired', IVO), ('unanswered', editor.email)]


def test_who_proposed_a_date_is_not_let_go_by_silence_of_the_editor(editor):
    row = brought_to(S.SENT, editor)
    commissioning.propose(row, by=LINK, day=row.deadline + timedelta(days=9))
    Commission.objects.filter(pk=row.pk).update(answer_by=days.today() - timedelta(days=1))

    commissioning.expire_due(timezone.now())

    row.refresh_from_db()
    assert row.state == S.SENT


# --- Answers --------------------------------------------------------------------------------------


def test_an_answer_can_be_changed_within_five_minutes_and_one_letter_leaves(editor):
    row = brought_to(S.SENT, editor)
    letters_leave()

    commissioning.decline(row, by=LINK, words='I have no time.')
    commissioning.accept(row, by=LINK, words='I have found the time.')

    assert told(row) == [('yes', IVO), ('answered_yes', editor.email)]
    assert 'I have found the time.' in Letter.objects.get(kind='commission_answered_yes').text()
    assert Letter.objects.get(kind='commission_answered_no').state == Letter.State.RECALLED


def test_a_later_date_is_agreed_to_and_becomes_the_deadline(editor):
    row = brought_to(S.SENT, editor)
    letters_leave()
    later = row.deadline + timedelta(days=20)
    commissioning.propose(row, by=LINK, day=later, words='After the conference.')
    letters_leave()

    commissioning.agree_date(row, by=editor)
    commissioning.accept(row, by=LINK)

    assert (row.state, row.deadline, row.proposed_on) == (S.ACCEPTED, later, None)


def test_a_later_date_that_is_refused_leaves_the_first(editor):
    row = brought_to(S.SENT, editor)
    letters_leave()
    first = row.deadline
    commissioning.propose(row, by=LINK, day=first + timedelta(days=20))
    letters_leave()

    commissioning.refuse_date(row, by=editor, note='It must be in before the summer.')

    assert (row.state, row.deadline, row.proposed_on) == (S.SENT, first, None)
    assert told(row) == [('date_refused', IVO)]


@pytest.mark.parametrize('move', ['agree_date', 'refuse_date'])
def test_no_date_is_answered_that_nobody_proposed(move, editor):
    row = brought_to(S.SENT, editor)

    with pytest.raises(NotNow, match='No other date is proposed'):
        getattr(commissioning, move)(row, by=editor, **answers(move, row))


def test_an_earlier_day_is_no_proposal(editor):
    row = brought_to(S.SENT, editor)

    with pytest.raises(NotNow, match='needs no asking'):
        commissioning.propose(row, by=LINK, day=row.deadline)


def test_who_is_named_instead_stands_in_the_next_draft_and_hears_nothing_yet(editor):
    row = brought_to(S.SENT, editor)
    letters_leave()

    commissioning.suggest(row, by=LINK, other=Suggested('Nia Named', 'NIA@far.example', 'She knows it.'))
    commissioning.suggest(row, by=LINK, other=Suggested('Nia Named', 'nia@far.example', 'She knows it well.'))

    following = row.followed_by.get()
    assert (following.state, following.name, following.email) == (S.DRAFT, 'Nia Named', 'nia@far.example')
    assert (following.brief, following.editor) == (row.brief, editor)
    assert not Letter.objects.filter(to_address='nia@far.example').exists()


def test_nobody_is_asked_twice_for_one_piece_under_one_address(editor):
    row = brought_to(S.SENT, editor)
    commissioning.suggest(row, by=LINK, other=Suggested('Nia Named', 'nia@far.example', ''))
    following = row.followed_by.get()
    commissioning.send(following, by=editor)
    commissioning.suggest(following, by=LINK, other=Suggested('Ivo', IVO, ''))

    with pytest.raises(NotNow, match='was asked for this already'):
        commissioning.send(following.followed_by.get(), by=editor)


def test_second_thoughts_come_too_late_once_somebody_else_was_make_commission(editor):
    row = brought_to(S.SENT, editor)
    commissioning.suggest(row, by=LINK, other=Suggested('Nia Named', 'nia@far.example', ''))
    commissioning.send(row.followed_by.get(), by=editor)

    with pytest.raises(NotNow, match='Somebody else has been asked meanwhile'):
        commissioning.accept(row, by=LINK)


def test_before_it_is_sent_the_editor_reads_what_they_answered_before(editor):
    known_as = make_person('Professor Ivo Invitee', email=IVO)
    commissioning.decline(brought_to(S.SENT, editor), by=LINK, ask_after=days.today() + timedelta(days=90))
    open_one = brought_to(S.SENT, editor, working_title='Another')

    found = commissioning.known(make_commission(editor), to=editor)

    assert (found.person, found.other_name) == (known_as, 'Professor Ivo Invitee')
    assert [one.pk for one in found.open] == [open_one.pk]
    assert 'may be asked again after' in found.before[0].editor_sentence


# --- Links ----------------------------------------------------------------------------------------


def test_old_links_lead_nowhere_once_the_address_is_put_right(editor):
    row = brought_to(S.SENT, editor)
    letters_leave()
    assert PrivateLink.objects.count() == 1

    commissioning.correct_address(row, by=editor, name='Ivo Invitee', email='Ivo@Right.example')
    assert PrivateLink.objects.count() == 0
    letters_leave()

    assert row.email == 'ivo@right.example'
    assert PrivateLink.objects.count() == 1
    assert IVO in row.steps.get(move='correct_address').note


def test_who_never_heard_of_it_hears_of_no_change(editor):
    row = brought_to(S.SENT, editor)

    commissioning.take_back(row, by=editor, reason='Sent by mistake.')

    assert told(row) == []


# --- Writing --------------------------------------------------------------------------------------


def test_a_yes_of_somebody_we_know_begins_their_draft_with_day_and_editor(editor):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)

    submission = row.submissions.get()
    assert (submission.state, submission.due_on, submission.editor) == (State.DRAFTING, row.deadline, editor)
    assert (submission.title, submission.current.tag_words) == (row.working_title, row.tag_words)
    assert submission.authorships.get().person == ivo
    assert submission.promised_at is not None


def test_first_words_wait_for_the_code_and_go_into_the_draft(editor):
    row = brought_to(S.ACCEPTED, editor)
    commissioning.keep_first_words(row, by=LINK, title='The second year', body='<p>It begins.</p>')
    ivo = make_person('Ivo Invitee', email=IVO)

    first, second = commissioning.begin(row, by=ivo), commissioning.begin(row, by=ivo)

    row.refresh_from_db()
    assert first == second
    assert (first.current.title, first.current.body) == ('The second year', '<p>It begins.</p>')
    assert (row.invitee, row.first_words) == (ivo, '')


def test_nobody_else_begins_it(editor, stranger):
    row = brought_to(S.ACCEPTED, editor)

    with pytest.raises(NotAllowed):
        commissioning.begin(row, by=stranger)


def test_no_membership_is_needed_to_hand_in_and_it_goes_to_its_editor(editor):
    ivo = make_person('Ivo Invitee', email=IVO)
    submission = brought_to(S.ACCEPTED, editor, invitee=ivo).submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(**WORDS))

    workflow.submit(submission, by=ivo, version=submission.current.number, declarations=DECLARED)

    assert (submission.state, submission.editor) == (State.IN_REVIEW, editor)


def test_backing_out_closes_the_draft_and_leaves_its_words_to_their_writer(editor):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)

    commissioning.decline(row, by=ivo, reason='time')

    submission = row.submissions.get()
    assert (row.state, submission.state) == (S.DECLINED, State.WITHDRAWN)
    assert submission.current is not None


def test_what_was_handed_in_is_not_backed_out_of(editor):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    submission = row.submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(**WORDS))
    workflow.submit(submission, by=ivo, version=submission.current.number, declarations=DECLARED)

    with pytest.raises(NotNow, match='You have sent your words'):
        commissioning.decline(row, by=LINK)
    with pytest.raises(NotNow, match='Decide on the submission itself'):
        commissioning.take_back(row, by=editor, reason='No.')


def test_it_is_fulfilled_when_its_piece_is_out(editor):
    ivo = make_person('Ivo Invitee', email=IVO)
    row = brought_to(S.ACCEPTED, editor, invitee=ivo)
    submission = row.submissions.get()
    workflow.save_words(submission, by=ivo, base=1, words=Words(**WORDS))
    workflow.submit(submission, by=ivo, version=submission.current.number, declarations=DECLARED)
    workflow.accept_as_it_stands(submission, by=editor)
    workflow.approve(submission, by=ivo, fingerprint=submission.current.hash)
    commissioning.fulfil_due(timezone.now())
    row.refresh_from_db()
    assert row.state == S.ACCEPTED

    workflow.release(submission, by=editor, at=None)
    commissioning.fulfil_due(timezone.now())

    row.refresh_from_db()
    assert row.state == S.FULFILLED


def test_an_editor_who_is_asked_has_the_invitees_moves_alone(chief, editor):
    row = brought_to(S.SENT, editor, email=chief.email, name=chief.printed_name, invitee=chief)

    assert commissioning.roles_of(row, chief) == {commissioning.CommissionParty.INVITEE}
    assert not Commission.objects.on_the_desk_of(chief).exists()
    with pytest.raises(NotAllowed):
        commissioning.take_back(row, by=chief, reason='No.')


def test_nobody_is_the_editor_of_what_they_are_asked_for(editor):
    with pytest.raises(NotNow, match='Its editor cannot be asked'):
        make_commission(editor, invitee=editor, email=editor.email)


@pytest.mark.parametrize(
    ('low', 'high', 'words'),
    [
        (800, 1_000, '800 to 1,000 words'),
        (800, 800, '800 words'),
        (None, 1_000, 'up to 1,000 words'),
        (800, None, '800 words or more'),
        (None, None, ''),
    ],
)
def test_the_length_reads_as_people_say_it(low, high, words):
    assert Commission(words_from=low, words_to=high).length_in_words == words
