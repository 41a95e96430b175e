"""Second readings: states × moves × who, written out; what each move writes and to whom; what must not happen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import readings, states, workflow
from blog.letters import reading_letters
from blog.models import Authorship, Holder, Message, Reading, State, Submission
from blog.readings import Advice, ByLink
from blog.states.reading_states import ReadingState as S
from tests.conftest import letters_leave, make_person, make_submission
from tests.readings import ADVICE, LINK, ask, brought_to
from ukis import days, personal
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

RHEA = 'rhea@far.example'


@pytest.fixture
def submission(author, editor):
    found = make_submission(author, State.IN_REVIEW, editor=editor)
    letters_leave()
    return found


# --- The matrix -----------------------------------------------------------------------------------

READER, EDITOR, CHIEF, OTHER, AUTHOR = 'reader', 'editor', 'chief', 'another editor', 'author'
R, E = (READER,), (EDITOR, CHIEF)
_ASKED = {
    **dict.fromkeys(('agree', 'decline', 'return_advice'), R),
    **dict.fromkeys(('remind', 'move_date', 'correct_address', 'note_no', 'note_advice', 'take_back'), E),
}
# By state: each move that is possible there, and for whom. What is not named is refused to everybody.
POSSIBLE: dict[str, dict[str, tuple[str, ...]]] = {
    S.ASKED: _ASKED,
    S.AGREED: {name: who for name, who in _ASKED.items() if name not in ('agree', 'correct_address')},
    S.DECLINED: {'agree': R, 'return_advice': R, 'note_advice': E, 'revive': E},
    S.RETURNED: {'return_advice': R, 'share': E},
    S.TAKEN_BACK: {'revive': E},
}
# Once the editor has decided nobody is waited for; what comes still is taken.
DECIDED: dict[str, dict[str, tuple[str, ...]]] = {
    S.ASKED: {name: who for name, who in _ASKED.items() if name not in ('agree', 'remind', 'move_date')},
    S.AGREED: {
        name: who
        for name, who in _ASKED.items()
        if name not in ('agree', 'remind', 'move_date', 'correct_address')
    },
    S.DECLINED: {'return_advice': R, 'note_advice': E},
    S.RETURNED: {'return_advice': R, 'share': E},
    S.TAKEN_BACK: {},
}


def another(like: Reading) -> Reading:
    """As it stands, asked of somebody else."""
    row = Reading.objects.get(pk=like.pk)
    row.pk, row.email = None, f'r{Reading.objects.count()}@far.example'
    row.save()
    return row


def answers(move: str, row: Reading) -> dict:
    later = days.today() + timedelta(days=30)
    return {
        'return_advice': {'advice': Advice('no', 'No.', '', True)},
        'move_date': {'due_on': later},
        'revive': {'due_on': later},
        'correct_address': {'name': 'Rhea Reader', 'email': row.email.replace('far', 'right')},
        'note_no': {'note': 'By telephone.'},
        'note_advice': {'note': 'By telephone.'},
        'take_back': {'reason': 'It is not needed.'},
        'share': {'for_author': 'Shorter.'},
    }.get(move, {})


@pytest.mark.parametrize('decided', [False, True])
@pytest.mark.parametrize('state', list(S))
def test_each_move_is_possible_where_the_matrix_says_so_and_nowhere_else(
    state, decided, submission, author, editor, chief, other_editor
):
    actors = {READER: LINK, EDITOR: editor, CHIEF: chief, OTHER: other_editor, AUTHOR: author}
    moves = [move for move in readings.MOVES.values() if move.frm]
    like = brought_to(state, submission, editor)
    rows = {(who, move.name): another(like) for who in actors for move in moves}
    if decided:
        workflow.accept(submission, by=editor)
    found: dict[str, set[str]] = {}
    for (who, name), row in rows.items():
        row.refresh_from_db()
        try:
            getattr(readings, name)(row, by=actors[who], **answers(name, row))
        except NotAllowed:
            assert not readings.MOVES[name].who & readings.roles_of(row, actors[who])
        except NotNow:
            pass
        else:
            found.setdefault(name, set()).add(who)

    expected = (DECIDED if decided else POSSIBLE)[state]
    assert found == {name: set(whom) for name, whom in expected.items()}


def test_every_state_and_every_move_stands_in_the_matrix():
    moves = {name for row in POSSIBLE.values() for name in row}

    assert set(POSSIBLE) == set(DECIDED) == set(S)
    assert moves == set(readings.MOVES) - {'ask'}


def placed(state, editor) -> dict:
    row = states.row_of(state)
    day = None if row.holder == Holder.NOBODY else days.today()
    back = State.IN_REVIEW if row.closed else ''
    approved = 'x' if row.needs_approval else ''
    return {
        'state': state,
        'holder': row.holder,
        'due_on': day,
        'reopens_to': back,
        'approved_hash': approved,
        'editor': editor,
    }


ASKS = [(state, who) for state in State for who in (EDITOR, CHIEF, OTHER, AUTHOR)]


def test_a_reader_is_asked_while_an_editor_reads_and_by_whoever_decides(
    submission, author, editor, chief, other_editor
):
    actors = {EDITOR: editor, CHIEF: chief, OTHER: other_editor, AUTHOR: author}
    found = set()
    for number, (state, who) in enumerate(ASKS):
        Submission.objects.filter(pk=submission.pk).update(**placed(state, editor))
        try:
            ask(submission, actors[who], email=f'r{number}@far.example')
        except (NotAllowed, NotNow):
            continue
        found.add((state, who))

    assert found == {(State.IN_REVIEW, EDITOR), (State.IN_REVIEW, CHIEF)}


# --- Whom each move writes to ---------------------------------------------------------------------


def told(row: Reading) -> list[tuple[str, str]]:
    waiting = Letter.objects.about(row).filter(state=Letter.State.WAITING).order_by('pk')
    return [(letter.kind.removeprefix('reading_'), letter.to_address) for letter in waiting]


LETTERS = [
    (S.ASKED, 'agree', READER, [('yes', RHEA), ('answered_yes', EDITOR)]),
    (S.ASKED, 'decline', READER, [('no', RHEA), ('answered_no', EDITOR)]),
    (S.ASKED, 'return_advice', READER, [('thanks', RHEA), ('returned', EDITOR)]),
    (S.AGREED, 'return_advice', READER, [('thanks', RHEA), ('returned', EDITOR)]),
    (S.AGREED, 'decline', READER, [('no', RHEA), ('answered_no', EDITOR)]),
    (S.DECLINED, 'agree', READER, [('yes', RHEA), ('answered_yes', EDITOR)]),
    (S.RETURNED, 'return_advice', READER, [('thanks', RHEA), ('returned', EDITOR)]),
    (S.ASKED, 'remind', EDITOR, [('reminded', RHEA)]),
    (S.AGREED, 'remind', CHIEF, [('reminded', RHEA)]),
    (S.ASKED, 'move_date', EDITOR, [('date_moved', RHEA)]),
    (S.ASKED, 'correct_address', EDITOR, [('asked', 'rhea@right.example')]),
    (S.ASKED, 'note_no', EDITOR, []),
    (S.ASKED, 'note_advice', EDITOR, []),
    (S.AGREED, 'take_back', EDITOR, [('taken_back', RHEA)]),
    (S.DECLINED, 'revive', EDITOR, [('asked', RHEA)]),
    (S.TAKEN_BACK, 'revive', CHIEF, [('asked', RHEA)]),
    (S.RETURNED, 'share', EDITOR, []),
]


@pytest.mark.parametrize(('state', 'move', 'who', 'expected'), LETTERS)
def test_each_move_writes_to_these_and_to_nobody_else(state, move, who, expected, submission, editor, chief):
    row = brought_to(state, submission, editor)
    letters_leave()

    by = {READER: LINK, EDITOR: editor, CHIEF: chief}[who]
    getattr(readings, move)(row, by=by, **answers(move, row))

    assert told(row) == [(kind, editor.email if to == EDITOR else to) for kind, to in expected]


def test_asking_writes_to_the_reader_alone_and_the_author_hears_nothing(submission, editor, author):
    row = ask(submission, editor)

    assert told(row) == [('asked', RHEA)]
    assert not Letter.objects.filter(state=Letter.State.WAITING).exclude(to_address=RHEA).exists()
    assert not submission.steps.filter(move='ask').exists()
    assert not Message.objects.exists()


def test_an_answer_changed_within_its_minutes_is_told_once_and_as_it_stands(submission, editor):
    row = brought_to(S.ASKED, submission, editor)
    letters_leave()

    readings.decline(row, by=LINK)
    readings.agree(row, by=LINK)

    assert told(row) == [('yes', RHEA), ('answered_yes', editor.email)]


def test_who_never_heard_of_it_does_not_hear_that_it_is_taken_back(submission, editor):
    row = ask(submission, editor)

    readings.take_back(row, by=editor, reason='A slip.')

    assert told(row) == []


def test_an_answer_waits_for_the_editor_though_the_chief_acts_meanwhile(submission, editor, chief):
    row = brought_to(S.ASKED, submission, editor)
    letters_leave()
    readings.agree(row, by=LINK)

    readings.remind(row, by=chief, note='Gently.')

    assert told(row) == [('answered_yes', editor.email), ('reminded', RHEA)]


# --- Deciding without waiting ---------------------------------------------------------------------

DECISIONS = [
    ('accept', {}),
    ('request_changes', {'note': 'Shorter.', 'due_on': None}),
    ('decline', {'note': 'Sorry.'}),
]


@pytest.mark.parametrize(('move', 'given'), DECISIONS)
def test_whoever_still_reads_is_told_once_that_it_is_decided(move, given, submission, editor, chief):
    rows = {
        state: brought_to(state, submission, editor, email=f'{state.replace("_", "")}@far.example')
        for state in S
    }
    letters_leave()
    given = {
        **given,
        **({'due_on': days.today() + timedelta(days=9)} if 'due_on' in given else {}),
    }

    getattr(workflow, move)(submission, by=chief if move == 'decline' else editor, **given)

    assert {state: told(row) for state, row in rows.items() if told(row)} == {
        S.ASKED: [('decided', 'asked@far.example')],
        S.AGREED: [('decided', 'agreed@far.example')],
    }


def test_a_decision_that_is_taken_back_in_time_is_told_to_no_reader(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    letters_leave()
    workflow.accept(submission, by=editor)

    workflow.send_back(submission, by=editor, note='Too soon.')
    letters_leave()

    kept = Letter.objects.about(row).get(kind='reading_decided')
    assert (kept.state, kept.overtaken_why) == (Letter.State.RECALLED, 'The decision was taken back.')
    workflow.accept(submission, by=editor)
    assert told(row) == [('decided', RHEA)]


def test_what_its_author_withdraws_is_told_as_that(submission, author, editor):
    row = brought_to(S.AGREED, submission, editor)
    letters_leave()

    workflow.withdraw(submission, by=author, reason='Not ready.')

    letter = Letter.objects.about(row).get(kind='reading_decided')
    row = Reading.objects.whole().get(pk=row.pk)
    assert 'its author has taken it back' in letter.subject
    assert 'Its author has taken it back meanwhile' in row.reader_sentence


def test_late_advice_is_kept_and_the_editor_hears_that_it_came_after_the_decision(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    workflow.accept(submission, by=editor)
    letters_leave()

    readings.return_advice(row, by=LINK, advice=ADVICE)

    letter = Letter.objects.about(row).get(kind='reading_returned')
    assert (row.state, row.for_author) == (S.RETURNED, 'Say more about the second year.')
    assert 'after your decision' in letter.body


# --- Who is never asked, and who stays unnamed ----------------------------------------------------


def test_an_author_its_editor_and_whoever_is_asked_already_are_refused(submission, author, editor, coauthor):
    Authorship.objects.create(submission=submission, name='Gwen Guest', email='gwen@far.example', order=9)
    ask(submission, editor)

    for email in (author.email, editor.email, 'gwen@far.example', RHEA):
        with pytest.raises(NotNow):
            ask(submission, editor, email=email)

    assert submission.readings.count() == 1


def test_a_reader_who_is_named_on_it_later_has_no_part_in_the_reading(submission, author, editor):
    rhea = make_person('Rhea Reader', email=RHEA)
    row = brought_to(S.AGREED, submission, editor)
    Authorship.objects.create(submission=submission, person=rhea, name='Rhea Reader', order=9)
    row.refresh_from_db()

    assert readings.roles_of(Reading.objects.whole().get(pk=row.pk), rhea) == frozenset()
    with pytest.raises(NotAllowed):
        readings.return_advice(row, by=ByLink(), advice=ADVICE)


def test_the_asking_page_knows_who_an_address_is(submission, author, editor, organisation, chief):
    rhea = make_person('Rhea Renamed', email=RHEA)
    other = make_submission(author, State.IN_REVIEW, editor=editor)
    brought_to(S.DECLINED, other, editor)
    rhea.affiliations.create(organisation=organisation)
    author.affiliations.get_or_create(organisation=organisation)

    known = readings.known_reader(submission, name='Rhea Reader', email=' RHEA@far.example', by=editor)

    assert (known.person, known.other_name, known.refused) == (rhea, 'Rhea Renamed', '')
    assert list(known.shared_with) == [organisation.shown_name]
    assert [one.state for one in known.before] == [S.DECLINED]


@pytest.mark.parametrize(
    ('may_name', 'first'), [(True, 'Rhea Reader writes:'), (False, 'A second reader writes:')]
)
def test_what_is_shared_names_its_reader_only_where_they_said_so(
    may_name, first, submission, author, editor, mailoutbox
):
    advice = Advice('small', 'Between us: it is thin.', 'Say more.', may_name)
    row = brought_to(S.RETURNED, submission, editor, advice=advice)

    readings.share(row, by=editor, for_author='Say a little more.')
    letters_leave()

    message = Message.objects.visible_to(author, submission).get()
    assert message.text == f'{first}\n\nSay a little more.'
    assert (message.by, row.for_author) == (editor, 'Say more.')
    to_author = [letter.body for letter in mailoutbox if author.email in str(letter.to)]
    assert any('Say a little more.' in body for body in to_author)
    assert [body for body in to_author if 'Rhea' in body and not may_name] == []
    assert [body for body in to_author if 'it is thin' in body] == []
    with pytest.raises(NotNow):
        readings.share(row, by=editor, for_author='Twice.')
    with pytest.raises(NotNow):
        readings.return_advice(row, by=LINK, advice=ADVICE)


def test_advice_says_whether_the_author_may_learn_the_name_and_says_something(submission, editor):
    row = brought_to(S.AGREED, submission, editor)

    for advice in (Advice('small', 'x', 'y', None), Advice('small', ' ', '', True)):
        with pytest.raises(NotNow):
            readings.return_advice(row, by=LINK, advice=advice)

    row.refresh_from_db()
    assert row.state == S.AGREED


def test_an_editor_who_reads_for_another_is_the_reader_and_no_editor_of_it(submission, editor, other_editor):
    row = ask(submission, editor, email=other_editor.email, name=other_editor.name)

    assert row.reader == other_editor
    assert readings.roles_of(row, other_editor) == {readings.ReadingParty.READER}
    readings.agree(row, by=other_editor)
    assert not submission.steps.filter(by=other_editor).exists()


def test_the_letters_are_kept_from_the_author_who_is_an_editor_too(submission, editor, other_editor):
    row = brought_to(S.RETURNED, submission, editor)
    Authorship.objects.create(submission=submission, person=other_editor, name='Olga', order=9)

    about = Letter.objects.about(row)
    assert about.filter(reading_letters.kept_from(other_editor)).count() == about.count() > 0
    assert about.filter(reading_letters.kept_from(editor)).count() == 0


# --- Notes, addresses, forgetting -----------------------------------------------------------------


def test_notes_are_kept_without_being_sent_and_nothing_of_another_tab_is_written_over(submission, editor):
    row = brought_to(S.AGREED, submission, editor)
    letters_leave()
    seen = row.notes_seen

    readings.keep_notes(row, by=LINK, advice=Advice('', 'First.', '', None), seen=seen)
    with pytest.raises(NotNow):
        readings.keep_notes(row, by=LINK, advice=Advice('', 'Second.', '', None), seen=seen)

    row.refresh_from_db()
    assert (row.state, row.for_editor, told(row)) == (S.AGREED, 'First.', [])


def test_a_wrong_address_put_right_kills_the_old_links(submission, editor):
    row = brought_to(S.ASKED, submission, editor)
    letters_leave()
    PrivateLink.make(purpose='reading', about=row, days=9)

    readings.correct_address(row, by=editor, name='Rhea Reader', email='rhea@right.example')

    assert not PrivateLink.objects.filter(purpose='reading').exists()
    assert row.steps.get(move='correct_address').note == 'Rhea Reader, rhea@far.example'


def test_what_its_author_may_read_of_themselves_holds_nothing_of_the_reader(submission, author, editor):
    rhea = make_person('Rhea Reader', email=RHEA)
    row = brought_to(S.RETURNED, submission, editor)
    readings.share(row, by=editor, for_author='Say more.')

    given = [str(list(one.given_out(author).values())) for one in personal.holdings() if one.columns]
    assert [text for text in given if RHEA in text or rhea.name in text] == []


def test_three_years_after_its_last_move_it_goes(submission, editor):
    row = brought_to(S.RETURNED, submission, editor)

    assert list(readings.long_over(timezone.now())) == []
    assert list(readings.long_over(timezone.now() + timedelta(days=3 * 365 + 1))) == [row]
