"""State × move × role as one matrix, written out here and not derived from the table it tests."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog import workflow
from blog.models import Holder, Post, State, Step, Words
from blog.workflow import MOVES
from tests.conftest import (
    DECLARED,
    has_been_told,
    make_person,
    make_post,
    make_seat,
    make_submission,
    named_on,
)
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow, Stale

# What each role may do in each situation; a role that is not named may do nothing.
EDITOR_MOVES = {
    'promised': 'decline change_editor extend note_answer',
    'drafting': '',
    'submitted': '',
    'in_review': 'request_changes accept accept_as_it_stands decline send_back change_editor extend',
    'changes_requested': 'decline send_back change_editor extend note_answer',
    'editing': 'request_changes send_for_approval decline send_back change_editor extend',
    'author_approval': 'decline send_back change_editor extend note_answer',
    'approval_told': 'decline send_back change_editor extend note_answer',
    'approval_silent': 'decline send_back change_editor extend note_answer',
    'ready': 'release decline send_back change_editor extend',
    'scheduled': 'unschedule reschedule publish_now decline change_editor',
    'noted': 'decline send_back change_editor extend',
    'noted_scheduled': 'unschedule reschedule publish_now decline change_editor',
    'live': 'revise correct_typo',
    'archived': 'revise correct_typo',
    'taken_down': 'revise correct_typo',
    'revising': 'request_changes send_for_approval keep_approval drop_revision send_back change_editor extend',
    'revision_asked': 'drop_revision send_back change_editor extend note_answer',
    'revision_ready': 'drop_revision release_revision send_back change_editor extend',
    'revision_changes': 'drop_revision send_back change_editor extend note_answer',
    'revision_worked_on': 'request_changes accept accept_as_it_stands drop_revision change_editor extend',
    'declined': '',
    'withdrawn': '',
}
MATRIX = {
    'pitch': {
        'author': 'withdraw',
        'editor': 'take_up decline_pitch',
        'other_editor': 'take_up decline_pitch',
        'chief': 'take_up assign_pitch decline_pitch extend',
    },
    'promised': {'author': 'submit withdraw extend', 'helper': 'submit extend'},
    'drafting': {'author': 'submit withdraw', 'helper': 'submit'},
    'submitted': {
        'author': 'take_back withdraw',
        'helper': 'take_back',
        'other_editor': 'take',
        'editor': 'take',
        'chief': 'take assign decline extend',
    },
    'in_review': {'author': 'withdraw'},
    'changes_requested': {'author': 'resubmit withdraw extend', 'helper': 'resubmit extend'},
    'editing': {'author': 'withdraw'},
    'author_approval': {
        'author': 'approve ask_for_correction withdraw extend',
        'helper': 'ask_for_correction extend',
    },
    'approval_told': {
        'author': 'approve ask_for_correction withdraw extend',
        'helper': 'ask_for_correction extend',
        'chief': 'note_approval decline send_back change_editor extend note_answer',
    },
    'approval_silent': {
        'author': 'approve ask_for_correction withdraw extend',
        'helper': 'ask_for_correction extend',
        'chief': 'proceed_without_reply decline send_back change_editor extend note_answer',
    },
    'ready': {'author': 'withdraw'},
    'scheduled': {'author': 'withdraw'},
    'noted': {'author': 'withdraw deny_approval'},
    'noted_scheduled': {'author': 'withdraw deny_approval'},
    'live': {'chief': 'revise correct_typo archive take_down', 'administrator': 'archive take_down'},
    'archived': {'chief': 'revise correct_typo restore take_down', 'administrator': 'restore take_down'},
    'taken_down': {'chief': 'revise correct_typo put_back', 'administrator': 'put_back'},
    'revising': {},
    'revision_asked': {
        'author': 'approve ask_for_correction extend',
        'helper': 'ask_for_correction extend',
    },
    'revision_ready': {},
    'revision_changes': {'author': 'resubmit extend', 'helper': 'resubmit extend'},
    'revision_worked_on': {},
    'declined': {'chief': 'reopen'},
    'withdrawn': {'author': 'reopen', 'chief': 'reopen'},
}
ROLES = [
    'author',
    'helper',
    'named',
    'stranger',
    'editor',
    'other_editor',
    'chief',
    'administrator',
    'secretary',
    'writing_editor',
]


def expected(situation: str, role: str) -> set[str]:
    given = MATRIX[situation].get(role)
    if given is None and role in ('editor', 'chief'):
        given = EDITOR_MOVES[situation]
    # Taken down and archived at once, whatever becomes of a revision.
    at_once = (
        'archive take_down' if situation.startswith('revis') and role in ('chief', 'administrator') else ''
    )
    return set(f'{given or ""} {at_once}'.split())


@pytest.fixture
def cast(author, stranger, editor, other_editor, chief, administrator, secretary):
    helper, named = make_person('Hel Helper'), make_person('Nam Named')
    # An editor who is also an author: here an author and nothing else.
    from members.roles import EDITOR

    return {
        'author': author,
        'helper': helper,
        'named': named,
        'stranger': stranger,
        'editor': editor,
        'other_editor': other_editor,
        'chief': chief,
        'administrator': administrator,
        'secretary': secretary,
        'writing_editor': make_person('Wri Editor', group=EDITOR),
    }


def bring_to(situation: str, cast: dict):
    """A submission in the situation, by the moves that lead there."""
    author, editor, chief = cast['author'], cast['editor'], cast['chief']
    coauthors = (cast['helper'], cast['named'], cast['writing_editor'])
    state = {
        'approval_silent': 'author_approval',
        'archived': 'live',
        'taken_down': 'live',
        'revising': 'live',
        'revision_asked': 'live',
        'revision_ready': 'live',
        'revision_changes': 'live',
        'revision_worked_on': 'live',
        'noted': 'author_approval',
        'approval_told': 'author_approval',
        'noted_scheduled': 'author_approval',
        'scheduled and told': 'scheduled',
        'declined and told': 'declined',
    }
    state = state.get(situation, situation)
    if situation.startswith('withdrawn'):
        was = State.DRAFTING if 'draft' in situation else State.SUBMITTED
        submission = make_submission(author, was, coauthors=coauthors)
        named_on_edit(submission, cast['helper'])
        return workflow.withdraw(submission, by=author, reason='Not ready.')
    submission = make_submission(author, state, editor=editor, coauthors=coauthors)
    named_on_edit(submission, cast['helper'])
    if situation == 'approval_silent':
        was_silent(submission)
    if situation in ('approval_told', 'noted', 'noted_scheduled'):
        was_told(submission, chief, situation)
    if situation == 'archived':
        workflow.archive(submission, by=chief, reason='Old.')
    if situation == 'taken_down':
        workflow.take_down(submission, by=chief, reason='Asked for.')
    if situation.startswith('revis'):
        workflow.revise(submission, by=editor, note='A new figure.')
    if situation in ('revision_asked', 'revision_ready'):
        workflow.save_words(
            submission,
            by=editor,
            base=submission.current.number,
            words=submission.current.words().but(title='A revised title'),
        )
        workflow.send_for_approval(submission, by=editor)
    if situation in ('revision_changes', 'revision_worked_on'):
        workflow.request_changes(submission, by=editor, note='A source, please.')
    if situation == 'revision_worked_on':
        workflow.resubmit(submission, by=author, version=submission.current.number, note='There it is.')
    if situation.endswith('told'):
        Letter.objects.update(state=Letter.State.SENT)
    if situation == 'revision_ready':
        workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    return has_been_told(submission)


def was_silent(submission) -> None:
    """Asked three weeks ago, and reminded twice."""
    step, at = submission.steps.latest('pk'), submission.asked_at - timedelta(days=21)
    Step.objects.filter(pk=step.pk).update(at=at)
    type(submission).objects.filter(pk=submission.pk).update(asked_at=at)
    for name in ('+3', '+5'):
        Reminded.objects.create(
            plan='approval',
            content_type=ContentType.objects.get_for_model(Step),
            object_id=step.pk,
            step=name,
            due_on=at.date(),
            outcome=Reminded.Outcome.SENT,
        )
    submission.refresh_from_db()


def was_told(submission, chief, situation: str) -> None:
    Letter.objects.filter(kind='final_copy').update(state=Letter.State.SENT)
    if situation == 'approval_told':
        return
    workflow.note_approval(submission, by=chief, note='By telephone: yes, fine.')
    if situation == 'noted_scheduled':
        Letter.objects.filter(kind='approval_noted').update(state=Letter.State.SENT)
        week_ago = timezone.now() - timedelta(days=7)
        type(submission).objects.filter(pk=submission.pk).update(noted_at=week_ago)
        submission.refresh_from_db()
        workflow.release(submission, by=chief, at=timezone.now() + timedelta(days=3))


def named_on_edit(submission, person) -> None:
    submission.authorships.filter(person=person).update(can_edit=True)


@pytest.mark.parametrize('situation', MATRIX)
def test_what_each_role_may_do_in_each_situation(situation, cast):
    submission = bring_to(situation, cast)

    offered = {
        role: {offer.move.name for offer in workflow.moves_for(submission, person) if offer.possible}
        for role, person in cast.items()
    }

    assert offered == {role: expected(situation, role) for role in ROLES}


def make(name: str, submission, person):
    """Makes a move with everything it asks for."""
    tomorrow = timezone.now() + timedelta(days=1)
    given = {
        'submit': {'version': submission.current.number, 'declarations': DECLARED},
        'resubmit': {'version': submission.current.number, 'note': 'Done.'},
        'approve': {'fingerprint': submission.current.hash},
        'ask_for_correction': {'note': 'One word.'},
        'withdraw': {'reason': 'Not ready.'},
        'request_changes': {'note': 'Shorter.'},
        'decline': {'note': 'It does not fit.'},
        'send_back': {'note': 'Once more.'},
        'note_answer': {'note': 'By telephone.'},
        'note_approval': {'note': 'By telephone: yes, fine.'},
        'decline_pitch': {'note': 'It does not fit.'},
        'reschedule': {'at': tomorrow + timedelta(days=2)},
        'revise': {'note': 'A new figure.'},
        'release_revision': {'correction': 'A figure was put right.'},
        'correct_typo': {
            'base': submission.current.number,
            'words': submission.current.words().but(title='Careful changes take time'),
            'reason': 'A capital.',
        },
        'archive': {'reason': 'Old.'},
        'proceed_without_reply': {'reason': 'They are on leave.'},
        'restore': {'reason': 'Asked for.'},
        'take_down': {'reason': 'Asked for.'},
        'put_back': {'reason': 'Settled.'},
        'extend': {'due_on': (submission.due_on or timezone.localdate()) + timedelta(days=3)},
        'leave': {'authorship': submission.authorships.filter(person=person).first()},
        'say': {'text': 'A word.'},
    }.get(name, {})
    if name == 'leave':
        workflow.leave(submission, by=person, **given)
        return submission
    if name in ('assign', 'assign_pitch', 'change_editor'):
        given = {'editor': make_person(group='Editor')}
    return getattr(workflow, name)(submission, by=person, **given)


LEADS = {
    'take_up': 'drafting', 'assign_pitch': 'drafting', 'decline_pitch': 'declined',
    'submit': 'submitted', 'take_back': 'drafting', 'resubmit': 'in_review', 'approve': 'ready', 'ask_for_correction': 'editing',
    'withdraw': 'withdrawn', 'take': 'in_review', 'assign': 'in_review', 'request_changes': 'changes_requested',
    'accept': 'editing', 'accept_as_it_stands': 'author_approval', 'send_for_approval': 'author_approval',
    'note_approval': 'ready', 'deny_approval': 'author_approval', 'keep_approval': 'ready', 'proceed_without_reply': 'ready', 'release': 'released', 'unschedule': 'ready', 'reschedule': 'released', 'revise': 'editing',
    'drop_revision': 'released', 'release_revision': 'released', 'correct_typo': 'released', 'decline': 'declined',
}  # fmt: skip
BACK = {
    'in_review': 'submitted', 'changes_requested': 'in_review', 'editing': 'in_review', 'author_approval': 'editing', 'ready': 'editing',
}  # fmt: skip


@pytest.mark.parametrize('situation', MATRIX)
def test_every_move_is_made_or_refused_as_the_matrix_says(situation, cast, django_db_blocker):
    from django.db import transaction

    submission = bring_to(situation, cast)
    was = State(submission.state)
    for role in ROLES:
        for name in MOVES:
            savepoint = transaction.savepoint_create()
            if name in expected(situation, role):
                made = make(name, submission, cast[role])
                leads = LEADS.get(name) if (situation, name) != ('promised', 'submit') else 'in_review'
                leads = leads or (BACK.get(was) if name == 'send_back' else None)
                if name == 'reopen':
                    leads = {'declined': 'in_review', 'withdrawn': 'submitted'}[situation]
                assert made.state == (leads or was), (role, name)
                step = Step.objects.filter(submission=submission).latest('pk')
                assert (step.move, step.from_state, step.to_state, step.by) == (
                    name,
                    was,
                    made.state,
                    cast[role],
                )
            else:
                with pytest.raises((NotAllowed, NotNow)) as refusal:
                    make(name, submission, cast[role])
                # The wrong person is told so before anything is said about the moment.
                wrong_person = not any(name in expected(other, role) for other in MATRIX)
                if wrong_person:
                    assert refusal.type is NotAllowed, (role, name)
            transaction.savepoint_rollback(savepoint)
            submission.refresh_from_db()
            assert submission.state == was


def test_a_started_draft_is_the_authors_without_a_date(author):
    submission = workflow.start(by=author, working_title='An idea')

    assert (submission.state, submission.holder, submission.due_on) == (State.DRAFTING, Holder.AUTHOR, None)
    assert submission.current.title == 'An idea'
    assert named_on(submission, author).role == 'Professor of Practice'


def test_only_who_may_submit_can_start(stranger):
    with pytest.raises(NotAllowed):
        workflow.start(by=stranger)


def test_two_saves_from_one_base_keep_both_texts(author):
    submission = make_submission(author)
    base = submission.current.number
    workflow.save_words(submission, by=author, base=base, words=submission.current.words().but(title='Mine'))

    with pytest.raises(Stale) as stale:
        workflow.save_words(
            submission, by=author, base=base, words=submission.current.words().but(title='Yours')
        )

    assert stale.value.current.title == 'Mine'
    assert [version.title for version in submission.versions.all()] == [
        'Careful change',
        'Careful change takes time',
        'Mine',
    ]


def test_saving_what_stands_makes_no_version(author):
    submission = make_submission(author)

    workflow.save_words(
        submission, by=author, base=submission.current.number, words=submission.current.words()
    )

    assert submission.versions.count() == 2


def test_submitting_needs_title_standfirst_text_two_tags_and_declarations(author):
    submission = workflow.start(by=author)

    with pytest.raises(NotNow) as refusal:
        workflow.submit(submission, by=author, version=1, declarations=DECLARED)

    said = str(refusal.value)
    assert [word for word in ('title', 'standfirst', 'text', 'two tags') if word not in said] == []
    submission = make_submission(author)
    with pytest.raises(NotNow, match='three declarations'):
        workflow.submit(submission, by=author, version=2, declarations={'rights': ('…', 'yes')})


def test_one_changed_letter_lapses_the_approval(author, editor):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.send_back(submission, by=editor, note='One more look.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Careful change takes times'),
    )

    with pytest.raises(NotNow, match='not every change is marked as a typo'):
        workflow.keep_approval(submission, by=editor)
    workflow.send_for_approval(submission, by=editor)
    assert submission.approved_hash != submission.current.hash


def test_the_same_letter_marked_typo_keeps_it(author, editor):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.send_back(submission, by=editor, note='One more look.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Careful change takes times'),
        typo=True,
        note='a letter',
    )

    workflow.keep_approval(submission, by=editor)
    workflow.release(submission, by=editor)

    assert submission.post.version.title == 'Careful change takes times'
    assert Post.objects.live().get() == submission.post


def test_approval_of_other_words_than_those_shown_is_refused(author, editor):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)

    with pytest.raises(NotNow, match='text changed'):
        workflow.approve(submission, by=author, fingerprint='0' * 64)

    assert submission.state == State.AUTHOR_APPROVAL


def test_tags_lapse_nothing(author, editor):
    submission = make_submission(author, State.READY, editor=editor)

    workflow.release(submission, by=editor, tags=['leadership', 'a word of the editor'])

    assert sorted(submission.post.tags.names()) == ['a word of the editor', 'leadership']


def test_a_scheduled_post_goes_live_by_the_clock_alone(author, editor, time_machine):
    submission = make_submission(author, 'scheduled', editor=editor)
    assert (submission.holder, submission.due_on) == (
        Holder.CALENDAR,
        timezone.localdate(submission.post.published_at),
    )
    assert list(Post.objects.live()) == []

    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert list(Post.objects.live()) == [submission.post]


def test_unscheduling_empties_the_date(author, editor):
    submission = make_submission(author, 'scheduled', editor=editor)

    workflow.unschedule(submission, by=editor)

    assert (submission.state, submission.post.published_at) == (State.READY, None)


def test_a_declined_scheduled_submission_comes_back_as_ready(author, editor, chief):
    submission = make_submission(author, 'scheduled', editor=editor)
    workflow.decline(submission, by=editor, note='Not after all.')
    assert submission.post.published_at is None

    workflow.reopen(submission, by=chief)

    assert submission.state == State.READY


def test_a_revision_leaves_the_post_on_its_words_until_released(author, editor):
    submission = make_submission(author, 'live', editor=editor)
    workflow.revise(submission, by=editor, note='A new figure.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='A better title'),
    )
    assert Post.objects.live().get().version.title == 'Careful change takes time'
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    workflow.release_revision(submission, by=editor, correction='The title was changed.')

    post = Post.objects.live().get()
    assert (post.version.title, post.slug) == ('A better title', 'careful-change-takes-time')
    assert [note.note for note in post.corrections.all()] == ['The title was changed.']
    assert post.revised_at is not None


def test_a_dropped_revision_never_touches_the_post(author, editor):
    submission = make_submission(author, 'live', editor=editor)
    printed = submission.post.version
    workflow.revise(submission, by=editor, note='A new figure.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='A better title'),
    )

    workflow.drop_revision(submission, by=editor)

    assert (submission.state, submission.holder, submission.post.version) == (
        State.RELEASED,
        Holder.NOBODY,
        printed,
    )
    assert submission.current.words() == printed.words()
    workflow.revise(submission, by=editor, note='Again.')
    assert submission.current.title == printed.title


def test_an_author_extends_once_by_a_week(author, editor):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    due = submission.due_on
    with pytest.raises(NotNow, match='seven days'):
        workflow.extend(submission, by=author, due_on=due + timedelta(days=8))
    workflow.extend(submission, by=author, due_on=due + timedelta(days=7))

    with pytest.raises(NotNow, match='extended the date once'):
        workflow.extend(submission, by=author, due_on=due + timedelta(days=8))

    assert submission.due_on == due + timedelta(days=7)


def test_an_own_withdrawal_can_be_reopened_for_thirty_days(author, time_machine):
    submission = make_submission(author, State.SUBMITTED)
    workflow.withdraw(submission, by=author, reason='Not ready.')
    time_machine.move_to(timezone.now() + timedelta(days=31))

    with pytest.raises(NotNow, match='30 days'):
        workflow.reopen(submission, by=author)


def test_an_administrator_stands_in_only_where_no_other_editor_is(author, administrator, chief):
    make_seat(chief, author.affiliations.get().organisation)
    submission = make_submission(chief, State.SUBMITTED)

    workflow.take(submission, by=administrator)

    assert submission.state == State.IN_REVIEW
    with pytest.raises(NotAllowed):
        workflow.decline(submission, by=chief, note='My own.')


def test_a_coauthor_takes_their_own_name_off(author, coauthor):
    submission = make_submission(
        author, State.SUBMITTED, coauthors=(coauthor, ('Guest Writer', 'guest@people.example'))
    )

    workflow.leave(submission, by=coauthor, authorship=named_on(submission, coauthor))

    assert [entry['name'] for entry in submission.versions.last().byline] == ['Ada Author', 'Guest Writer']
    with pytest.raises(NotAllowed):
        workflow.leave(submission, by=coauthor, authorship=submission.authorships.get(name='Guest Writer'))


def test_the_byline_is_frozen_at_release(author, editor):
    submission = make_submission(author, 'live', editor=editor)
    author.name = 'Another Name'
    author.save()

    byline = submission.post.bylines.get()

    assert (byline.name, byline.role, byline.affiliation) == (
        'Ada Author',
        'Professor of Practice',
        'Institute for Careful Change',
    )


def test_an_import_runs_twice_and_makes_one(db):
    from blog.workflow import import_submission

    post = make_post('Once')
    again = import_submission(
        by=None,
        source=post.submission.source,
        words=Words(title='Twice'),
        names=[],
        published_at=timezone.now(),
    )

    assert again == post.submission
    assert Post.objects.count() == 1


def test_a_post_taken_down_is_gone_on_the_next_query(author, editor, chief):
    submission = make_submission(author, 'live', editor=editor)

    workflow.take_down(submission, by=chief, reason='Asked for by the author.')

    assert list(Post.objects.live()) == []
    assert list(Post.objects.taken_down()) == [submission.post]


def test_an_address_changed_after_release_redirects_for_ever(author, editor):
    from ukis.addresses.models import OldAddress

    submission = make_submission(author, 'live', editor=editor)
    workflow.readdress(submission.post, by=editor, slug='another-address')

    assert OldAddress.objects.get(path='/blog/careful-change-takes-time/').now == submission.post
    with pytest.raises(NotNow, match='taken'):
        workflow.readdress(
            make_post('Other'), by=make_person(group='Commissioning Editor'), slug='careful-change-takes-time'
        )
