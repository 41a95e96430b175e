"""Going on without the author's reply: late, after two reminders, where only slips were put right, and said so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import chasers, checklist, wording, workflow
from blog.chasers import putting_off
from blog.models import State
from tests.conftest import make_submission
from ukis import letters
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.letters.texts import house
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def asked(author, editor):
    """Final copies that wait, in which an editor changed something, or a typo, since the author's own words."""

    def one(*, typo: bool = True):
        submission = make_submission(author, State.EDITING, editor=editor)
        current = submission.current
        body = current.body.replace('e', 'é', 1) if typo else f'{current.body}<p>A new paragraph.</p>'
        workflow.save_words(
            submission, by=editor, base=current.number, words=current.words().but(body=body), typo=typo
        )
        workflow.send_for_approval(submission, by=editor)
        type(submission).objects.filter(pk=submission.pk).update(
            told_state='', told_since=None, told_due_on=None
        )
        submission.refresh_from_db()
        return submission

    return one


def weeks_pass(time_machine, count: int = 21) -> None:
    start = timezone.now()
    for day in range(1, count + 1):
        time_machine.move_to(start + timedelta(days=day))
        chasers.remind(timezone.now())
        Letter.objects.filter(kind='approval_waits').update(state=Letter.State.SENT)


def test_before_ten_working_days_the_author_is_waited_for(asked, chief):
    with pytest.raises(NotNow, match='ten working days'):
        workflow.proceed_without_reply(asked(), by=chief, reason='In a hurry.')


def test_who_was_not_reminded_twice_is_waited_for(asked, chief, time_machine):
    submission = asked()
    time_machine.move_to(timezone.now() + timedelta(days=30))

    with pytest.raises(NotNow, match='not reminded twice'):
        workflow.proceed_without_reply(submission, by=chief, reason='In a hurry.')


def test_what_is_more_than_a_typo_needs_the_author(asked, chief, time_machine):
    submission = asked(typo=False)
    weeks_pass(time_machine)

    with pytest.raises(NotNow, match='More than typos'):
        workflow.proceed_without_reply(submission, by=chief, reason='In a hurry.')


def test_after_that_it_is_ready_and_nobody_is_said_to_have_approved(asked, chief, time_machine):
    submission = asked()
    weeks_pass(time_machine)

    workflow.proceed_without_reply(submission, by=chief, reason='They are on leave.')

    [line] = [one for one in checklist.for_release(submission) if one.key == 'approval']
    assert (submission.state, line.done) == (State.READY, True)
    assert line.text == 'No reply of the author: the editors went on without one'
    assert submission.steps.latest('pk').note == 'They are on leave.'


def test_its_author_reads_so_and_not_that_they_approved(asked, author, chief, time_machine):
    submission = asked()
    weeks_pass(time_machine)
    workflow.proceed_without_reply(submission, by=chief, reason='They are on leave.')

    assert (
        wording.author_words(submission).partition(' –')[0]
        == 'Your editors go on without your reply, date to come'
    )
    workflow.send_back(submission, by=chief, note='They are back.')
    workflow.send_for_approval(submission, by=submission.editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    assert wording.author_words(submission) == 'Approved, date to come'


def test_only_reminders_that_left_count(asked, chief, time_machine):
    submission = asked()
    weeks_pass(time_machine)
    last = Letter.objects.filter(kind='approval_waits').latest('pk')
    Letter.objects.filter(pk=last.pk).update(state=Letter.State.HELD)

    with pytest.raises(NotNow, match='not reminded twice'):
        workflow.proceed_without_reply(submission, by=chief, reason='In a hurry.')
    last.refresh_from_db()
    letters.recall(last, chief)
    with pytest.raises(NotNow, match='not reminded twice'):
        workflow.proceed_without_reply(submission, by=chief, reason='In a hurry.')
    entry = Reminded.objects.get(plan='approval', step='+5')
    assert (entry.outcome, entry.why) == ('skipped', 'An editor recalled its letter.')


def test_no_letter_to_its_author_promises_that_nothing_goes_out_without_a_reply():
    promised = ('Nothing is published before', 'Nothing goes out before', 'until you have approved')
    said = {
        kind: house.of(kind).texts['body']
        for kind in ('accepted', 'final_copy', 'approval_waits', 'revising')
    }

    assert [kind for kind, body in said.items() if any(words in body for words in promised)] == []
    assert 'may we go on without it, from ten working days after we first asked' in said['approval_waits']


def test_who_said_not_now_is_waited_for_until_they_were_reminded_once_more(asked, chief, time_machine):
    submission = asked()
    weeks_pass(time_machine)
    letter = Letter.objects.filter(kind='approval_waits').order_by('-pk').first()
    putting_off.put_off(chasers.reminding(letter), letter=letter)

    with pytest.raises(NotNow, match='not reminded twice'):
        workflow.proceed_without_reply(submission, by=chief, reason='In a hurry.')

    weeks_pass(time_machine, 12)
    workflow.proceed_without_reply(submission, by=chief, reason='They are on leave.')
