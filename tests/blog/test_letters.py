"""Exact recipients of every move, and what stands in a letter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import announcing, workflow
from blog.models import State
from tests.blog.test_workflow import bring_to, make
from tests.conftest import letters_leave, make_person, make_submission
from tests.readings import ask
from ukis.letters.models import Letter, PrivateLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(author, stranger, editor, other_editor, chief, administrator, secretary, society):
    return {
        'author': author,
        'helper': make_person('Hel Helper'),
        'named': make_person('Nam Named'),
        'editor': editor,
        'other_editor': other_editor,
        'chief': chief,
        'administrator': administrator,
        'writing_editor': make_person('Wri Editor', group='Editor'),
    }


def letters_of(cast: dict, do) -> set[tuple[str, str]]:
    before = set(Letter.objects.values_list('pk', flat=True))
    do()
    names = {person.email: role for role, person in cast.items()}
    return {
        (names.get(letter.to_address, letter.to_address), letter.kind)
        for letter in Letter.objects.exclude(pk__in=before)
    }


def both(kind: str, *roles: str) -> set[tuple[str, str]]:
    return {(role, kind) for role in roles}


# Situation, move, who makes it, exactly who is written to and with what. 'helper' has edit right, so is an author.
MOVES = [
    ('pitch', 'take_up', 'editor', both('taken_up', 'author', 'helper')),
    ('pitch', 'decline_pitch', 'other_editor', both('declined', 'author', 'helper')),
    ('pitch', 'withdraw', 'author', both('withdrawn', 'chief', 'helper', 'named', 'writing_editor')),
    ('pitch', 'say', 'author', {('chief', 'message'), *both('message', 'helper', 'named', 'writing_editor')}),
    ('promised', 'submit', 'author', {('editor', 'arrived'), ('author', 'received'), *both('named', 'helper', 'named', 'writing_editor')}),
    ('promised', 'extend', 'author', both('extended', 'editor')),
    ('promised', 'decline', 'editor', both('declined', 'author', 'helper')),
    ('promised', 'withdraw', 'author', both('withdrawn', 'editor', 'chief', 'helper', 'named', 'writing_editor')),
    ('drafting', 'submit', 'author', {('chief', 'arrived'), ('author', 'received'), *both('named', 'helper', 'named', 'writing_editor')}),
    ('drafting', 'withdraw', 'author', both('withdrawn', 'helper', 'named', 'writing_editor')),
    ('submitted', 'take_back', 'author', both('taken_back', 'chief')),
    ('submitted', 'take', 'editor', both('taken', 'author', 'helper')),
    ('submitted', 'withdraw', 'author', both('withdrawn', 'chief', 'helper', 'named', 'writing_editor')),
    ('in_review', 'request_changes', 'editor', both('changes_requested', 'author', 'helper')),
    ('in_review', 'accept', 'editor', both('accepted', 'author', 'helper')),
    ('in_review', 'accept_as_it_stands', 'editor', both('final_copy', 'author', 'helper')),
    ('in_review', 'decline', 'editor', both('declined', 'author', 'helper')),
    ('in_review', 'send_back', 'editor', both('sent_back', 'chief')),
    ('in_review', 'extend', 'chief', both('extended', 'author', 'helper', 'editor')),
    ('in_review', 'extend', 'editor', both('extended', 'author', 'helper')),
    ('drafting', 'say', 'author', {('chief', 'question'), ('helper', 'message')}),
    ('in_review', 'say', 'author', {('editor', 'message'), *both('message', 'helper', 'named', 'writing_editor')}),
    ('in_review', 'withdraw', 'author', both('withdrawn', 'editor', 'chief', 'helper', 'named', 'writing_editor')),
    ('changes_requested', 'resubmit', 'helper', both('resubmitted', 'editor')),
    ('changes_requested', 'extend', 'author', both('extended', 'editor')),
    ('changes_requested', 'send_back', 'chief', both('sent_back', 'editor')),
    ('changes_requested', 'note_answer', 'chief', both('answered_elsewhere', 'editor')),
    ('editing', 'send_for_approval', 'editor', both('final_copy', 'author', 'helper')),
    ('author_approval', 'approve', 'author', both('approved', 'editor')),
    ('author_approval', 'ask_for_correction', 'author', both('correction_asked', 'editor')),
    ('approval_silent', 'proceed_without_reply', 'chief', both('proceeded', 'author', 'helper')),
    ('approval_told', 'note_approval', 'chief', both('approval_noted', 'author', 'helper', 'editor')),
    ('noted', 'deny_approval', 'author', both('approval_denied', 'editor', 'chief')),
    ('noted_scheduled', 'deny_approval', 'author', both('approval_denied', 'editor', 'chief')),
    ('ready', 'release', 'chief', both('scheduled', 'author', 'helper')),
    # The letter with the first date had not gone: none tells of its fall, and the new one takes its place.
    ('scheduled', 'unschedule', 'editor', set()),
    ('scheduled', 'reschedule', 'editor', both('scheduled', 'author', 'helper')),
    ('scheduled', 'publish_now', 'editor', both('scheduled', 'author', 'helper')),
    ('scheduled and told', 'publish_now', 'editor', both('scheduled', 'author', 'helper')),
    ('scheduled and told', 'unschedule', 'editor', both('unscheduled', 'author', 'helper')),
    ('scheduled and told', 'reschedule', 'editor', both('rescheduled', 'author', 'helper')),
    ('live', 'revise', 'editor', both('revising', 'author', 'helper')),
    ('live', 'correct_typo', 'editor', both('typo_corrected', 'author', 'helper')),
    ('live', 'archive', 'chief', both('archived', 'author', 'helper', 'editor', 'other_editor')),
    ('live', 'take_down', 'administrator', both('taken_down', 'author', 'helper', 'editor', 'other_editor', 'chief')),
    ('archived', 'restore', 'chief', both('restored', 'author', 'helper', 'editor', 'other_editor')),
    ('taken_down', 'put_back', 'chief', both('put_back', 'author', 'helper', 'editor', 'other_editor')),
    ('revising', 'drop_revision', 'editor', set()),
    ('revision_worked_on', 'drop_revision', 'editor', both('revision_dropped', 'author', 'helper')),
    ('revising', 'keep_approval', 'editor', both('approval_kept', 'author', 'helper')),
    ('revision_asked', 'drop_revision', 'editor', both('revision_dropped', 'author', 'helper')),
    ('revision_ready', 'release_revision', 'editor', both('revised', 'author', 'helper')),
    ('declined', 'reopen', 'chief', set()),
    ('declined and told', 'reopen', 'chief', both('reopened', 'author', 'helper')),
    ('withdrawn', 'reopen', 'author', both('reopened', 'chief')),
    ('withdrawn draft', 'reopen', 'author', set()),
    ('drafting', 'leave', 'named', both('name_taken_off', 'author')),
    ('scheduled', 'leave', 'named', both('name_taken_off', 'author', 'editor')),
]  # fmt: skip


@pytest.mark.parametrize(('situation', 'move', 'by', 'expected'), MOVES)
def test_exactly_who_is_written_to(situation, move, by, expected, cast):
    submission = bring_to(situation, cast)

    assert letters_of(cast, lambda: make(move, submission, cast[by])) == expected


def send_all() -> None:
    """As if the worker had been there and nothing waited any more."""
    Letter.objects.update(state=Letter.State.SENT)


def test_the_table_above_names_every_move():
    covered = {move for _, move, _, _ in MOVES} - {'say', 'leave'}

    assert set(workflow.MOVES) - covered == {'assign', 'assign_pitch', 'change_editor'}


def test_assigning_tells_the_editor_and_the_author(cast):
    submission = bring_to('submitted', cast)

    told = letters_of(cast, lambda: workflow.assign(submission, by=cast['chief'], editor=cast['editor']))

    assert told == {('editor', 'assigned'), ('author', 'taken'), ('helper', 'taken')}


def test_pitching_tells_the_commissioning_editor_and_sends_a_receipt(cast):
    told = letters_of(cast, lambda: make_submission(cast['author'], State.PITCH))

    assert told == {('chief', 'pitched'), ('author', 'pitch_received')}


def test_a_pitch_taken_up_for_another_editor_tells_them_and_the_author(cast):
    submission = bring_to('pitch', cast)

    told = letters_of(
        cast, lambda: workflow.assign_pitch(submission, by=cast['chief'], editor=cast['editor'])
    )

    assert told == {('editor', 'assigned'), ('author', 'taken_up'), ('helper', 'taken_up')}


def test_changing_the_editor_tells_both_and_the_author(cast):
    submission = bring_to('in_review', cast)

    told = letters_of(
        cast, lambda: workflow.change_editor(submission, by=cast['chief'], editor=cast['other_editor'])
    )

    assert told == {
        ('other_editor', 'assigned'),
        ('editor', 'editor_changed'),
        ('author', 'editor_changed'),
        ('helper', 'editor_changed'),
    }


def test_going_live_tells_everybody_named_once(cast, time_machine):
    submission = bring_to('scheduled', cast)
    time_machine.move_to(timezone.now() + timedelta(days=2))

    told = letters_of(cast, lambda: announcing.announce_due(timezone.now()))
    again = letters_of(cast, lambda: announcing.announce_due(timezone.now()))

    assert told == both('live', 'author', 'helper', 'named', 'writing_editor')
    assert again == set()
    submission.refresh_from_db()
    assert submission.holder == 'nobody'


def test_moving_the_hour_within_a_day_tells_nobody(cast):
    submission = bring_to('scheduled', cast)
    noon = submission.post.published_at.replace(hour=12, minute=0)
    workflow.reschedule(submission, by=cast['editor'], at=noon)
    send_all()

    assert (
        letters_of(
            cast, lambda: workflow.reschedule(submission, by=cast['editor'], at=noon + timedelta(hours=1))
        )
        == set()
    )


def test_decisions_wait_five_minutes_and_the_rest_goes_at_once(author, editor, society):
    submission = make_submission(author, State.SUBMITTED)
    workflow.take(submission, by=editor)
    workflow.accept(submission, by=editor, note='With pleasure.')

    taken, accepted = Letter.objects.get(kind='taken'), Letter.objects.get(kind='accepted')

    assert taken.send_after <= timezone.now()
    assert timedelta(minutes=4) < accepted.send_after - timezone.now() <= timedelta(minutes=5)
    assert accepted.note == 'With pleasure.'


def test_a_decision_taken_back_in_time_is_not_sent(author, editor, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.accept(submission, by=editor)

    workflow.send_back(submission, by=editor, note='Too quick.')

    assert Letter.objects.get(kind='accepted').state == Letter.State.RECALLED


def test_the_note_reaches_the_person_and_the_answer_comes_to_the_society(author, editor, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.request_changes(submission, by=editor, note='Shorter, & “kinder”, please.')

    letter = Letter.objects.get(kind='changes_requested')

    assert letter.note == 'Shorter, & “kinder”, please.'
    assert (
        letter.body.splitlines()[0]
        == f'Answer here: http://localhost:8000/write/{submission.pk}/#conversation'
    )
    assert (letter.reply_to, letter.to, letter.about) == (society.contributions_address, author, submission)


def test_a_coauthor_without_a_sign_in_gets_a_placeholder_and_no_token(author, society):
    make_submission(author, State.SUBMITTED, coauthors=(('Guest Writer', 'guest@people.example'),))

    letter = Letter.objects.get(kind='named')

    assert '{{ link }}' in letter.body
    assert letter.link['view'] == 'named'
    assert PrivateLink.objects.count() == 0


def test_an_editor_who_is_also_an_author_gets_no_letter_for_editors(author, chief, editor, society):
    make_submission(author, State.SUBMITTED, coauthors=(chief,))

    assert set(Letter.objects.values_list('to', 'kind')) == {
        (editor.pk, 'arrived'),
        (author.pk, 'received'),
        (chief.pk, 'named'),
    }


def test_the_editors_talk_is_sent_to_editors_only(author, editor, chief, society):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Letter.objects.all().delete()

    workflow.say(submission, by=editor, text='Is this for us?', audience='editors')
    workflow.say(submission, by=author, text='Thank you.')

    assert set(Letter.objects.values_list('to', 'body')) != set()
    assert [(letter.to, 'Is this for us?' in letter.body) for letter in Letter.objects.order_by('pk')] == [
        (chief, True),
        (editor, False),
    ]


def test_no_letter_survives_a_move_that_fails(author, editor, society, monkeypatch):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    before = Letter.objects.count()

    def break_down(*args, **kwargs):
        raise RuntimeError('the power went')

    monkeypatch.setattr('ukis.letters.queue', break_down)
    with pytest.raises(RuntimeError):
        workflow.accept(submission, by=editor)

    submission.refresh_from_db()
    assert (submission.state, Letter.objects.count()) == (State.IN_REVIEW, before)


# --- What a later move makes untrue -------------------------------------------------------------------


def state_of(kind: str) -> str:
    return Letter.objects.filter(kind=kind).latest('pk').state


@pytest.mark.parametrize(
    ('situation', 'move', 'by', 'kind'),
    [
        ('changes_requested', 'resubmit', 'author', 'changes_requested'),
        ('changes_requested', 'send_back', 'editor', 'changes_requested'),
        ('editing', 'send_back', 'editor', 'accepted'),
        ('author_approval', 'send_back', 'editor', 'final_copy'),
        ('author_approval', 'approve', 'author', 'final_copy'),
        ('author_approval', 'ask_for_correction', 'author', 'final_copy'),
        ('author_approval', 'withdraw', 'author', 'final_copy'),
        ('scheduled', 'unschedule', 'editor', 'scheduled'),
        ('live', 'take_down', 'chief', 'scheduled'),
        ('revision_asked', 'drop_revision', 'editor', 'final_copy'),
        ('declined', 'reopen', 'chief', 'declined'),
    ],
)
def test_a_letter_that_has_become_untrue_does_not_go(situation, move, by, kind, cast):
    submission = bring_to(situation, cast)

    make(move, submission, cast[by])

    assert state_of(kind) == Letter.State.RECALLED


@pytest.mark.parametrize(
    ('situation', 'move', 'kind'),
    [
        ('author_approval', 'send_back', 'accepted'),
        ('ready', 'send_back', 'accepted'),
        ('revising', 'drop_revision', 'scheduled'),
    ],
)
def test_a_letter_that_is_still_true_goes(situation, move, kind, cast):
    submission = bring_to(situation, cast)

    make(move, submission, cast['editor'])

    assert state_of(kind) == Letter.State.WAITING


def test_the_one_letter_of_a_submission_whose_date_was_moved_at_once_has_the_new_date(
    author, editor, society
):
    submission = make_submission(author, 'scheduled', editor=editor)
    later = submission.post.published_at + timedelta(hours=1)
    workflow.reschedule(submission, by=editor, at=later)

    waiting = Letter.objects.get(kind='scheduled', state=Letter.State.WAITING)

    assert f'at {timezone.localtime(later):%H:%M} UK time' in waiting.body
    assert waiting.send_after > timezone.now() + timedelta(minutes=4)


def test_who_heard_of_one_date_hears_that_it_fell_though_the_next_had_not_gone(author, editor, society):
    submission = make_submission(author, 'scheduled', editor=editor)
    send_all()
    later = submission.post.published_at + timedelta(days=2)
    workflow.reschedule(submission, by=editor, at=later)

    workflow.unschedule(submission, by=editor)

    assert state_of('rescheduled') == Letter.State.RECALLED
    assert state_of('unscheduled') == Letter.State.WAITING


def test_a_question_on_an_unsent_draft_is_answered_by_mail_and_shows_nothing_else(author, chief, society):
    submission = make_submission(author, coauthors=(('Gil Guest', 'gil@guests.example'),))
    workflow.say(submission, by=author, text='May it be longer?')

    letter = Letter.objects.get()

    assert (letter.to, letter.kind, letter.reply_to) == (chief, 'question', author.email)
    assert 'May it be longer?' in letter.body
    assert '/admin/' not in letter.body
    assert submission.title not in letter.subject + letter.body


def test_somebody_named_after_the_first_submission_is_told_with_the_next(author, coauthor, editor, society):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor, coauthors=(coauthor,))
    mine = [{'pk': row.pk} for row in submission.authorships.all()]
    guest = {'name': 'Gil Guest', 'email': 'gil@guests.example'}
    workflow.change_byline(submission, by=author, names=[*mine, guest])

    workflow.resubmit(submission, by=author, version=submission.current.number, note='Gil joined.')

    assert list(Letter.objects.filter(kind='named').order_by('pk').values_list('to_name', flat=True)) == [
        'Col Coauthor',
        'Gil Guest',
    ]


def test_an_author_reads_in_their_own_words_where_a_reopened_one_stands(author, editor, chief, mailoutbox):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.decline(submission, by=editor, note='Not for us.')
    letters_leave()
    workflow.reopen(submission, by=chief)
    letters_leave()

    [letter] = [one for one in mailoutbox if one.subject.startswith('Reopened')]
    assert f'{editor.printed_name} is reading, reply expected by' in letter.body


def test_what_came_out_before_its_date_was_told_is_told_once_as_out(author, editor, society):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.release(submission, by=editor, at=timezone.now() + timedelta(minutes=2))

    announcing.announce_due(timezone.now() + timedelta(minutes=3))

    told = Letter.objects.filter(kind__in=['scheduled', 'live'], to=author).values_list('kind', 'state')
    assert set(told) == {('scheduled', 'recalled'), ('live', 'waiting')}


PLACES = '{{ note }} and {{ link }}'


def test_nothing_that_somebody_typed_is_taken_for_the_place_of_a_link_or_of_a_note(author, editor, society):
    words = {'title': PLACES, 'standfirst': PLACES}
    submission = make_submission(author, State.IN_REVIEW, editor=editor, words=words, told=False)

    workflow.say(submission, by=editor, text=PLACES)
    ask(submission, editor, name=PLACES, question=PLACES)
    workflow.request_changes(submission, by=editor, note=PLACES)

    asked, changes = Letter.objects.get(kind='reading_asked'), Letter.objects.get(kind='changes_requested')
    assert [one.body.count('{{ note }}') for one in (asked, changes)] == [0, 1]
    assert [one.body.count('{{ link }}') for one in (asked, changes)] == [2, 0]
    assert '{{note}} and {{link}}' in asked.body
    assert PLACES in changes.text('https://leads.somewhere.example')
