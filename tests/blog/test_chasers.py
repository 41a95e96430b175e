"""A pitch that nobody answers: the editors hear after two and four working days, and its author on the day by which an
answer was promised."""

from datetime import UTC, datetime, timedelta

import pytest

from blog import chasers, workflow
from blog.models import Submission
from members.models import Person
from tests.blog.test_erasing import erase
from tests.conftest import PITCH, letters_leave
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

MONDAY = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pitched(author, chief, editor, time_machine, monkeypatch):
    """On a day, whose letters have left; the author's membership is of other days."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)

    def on(day: datetime) -> Submission:
        time_machine.move_to(day)
        submission = workflow.pitch(by=author, title='Small surgeries', note=PITCH)
        Letter.objects.update(state=Letter.State.SENT)
        return submission

    return on


@pytest.fixture
def told(time_machine):
    """Who is written to, and with what, when the clock comes to a day; it runs twice."""

    def by(day: datetime) -> list[tuple[str, str]]:
        time_machine.move_to(day)
        before = set(Letter.objects.values_list('pk', flat=True))
        chasers.remind(day)
        chasers.remind(day + timedelta(minutes=1))
        new = Letter.objects.exclude(pk__in=before).order_by('kind', 'to_name')
        return list(new.values_list('kind', 'to_name'))

    return by


def test_the_editors_hear_after_two_and_four_working_days_and_then_the_author_too(
    pitched, told, chief, editor
):
    pitched(MONDAY)
    editors = [('pitch_waits', chief.printed_name), ('pitch_waits', editor.printed_name)]

    heard = [told(MONDAY + count * DAY) for count in range(9)]

    assert [sorted(one) for one in heard] == [
        [],
        [],
        sorted(editors),
        [],
        sorted(editors),
        [],
        [],
        sorted([('pitch_unanswered', 'Ada Author'), *editors]),
        [],
    ]


def test_after_missed_days_the_latest_step_alone_leaves(pitched, told):
    pitched(MONDAY)

    assert {kind for kind, _ in told(MONDAY + 8 * DAY)} == {'pitch_waits', 'pitch_unanswered'}
    assert dict(Reminded.objects.values_list('step', 'outcome')) == {
        '+2': 'skipped',
        '+4': 'skipped',
        '+5': 'sent',
    }


def test_easter_counts_for_nothing(pitched, told):
    thursday = datetime(2026, 4, 2, 10, tzinfo=UTC)
    pitched(thursday)

    heard = [bool(told(thursday + count * DAY)) for count in range(7)]

    assert heard == [False, False, False, False, False, False, True]


def test_the_last_step_keeps_to_a_day_that_was_moved(pitched, told, chief):
    submission = pitched(MONDAY)
    moved = MONDAY + 16 * DAY
    workflow.extend(submission, by=chief, due_on=moved.date())

    assert {kind for kind, _ in told(MONDAY + 7 * DAY)} == {'pitch_waits'}
    assert ('pitch_unanswered', 'Ada Author') in told(moved)


def test_who_was_answered_is_chased_no_more(pitched, told, editor):
    submission = pitched(MONDAY)
    workflow.take_up(submission, by=editor)

    assert told(MONDAY + 2 * DAY) == told(MONDAY + 7 * DAY) == []


def test_a_reminder_that_waited_is_recalled_once_it_was_answered(pitched, told, editor):
    submission = pitched(MONDAY)
    told(MONDAY + 2 * DAY)
    workflow.decline_pitch(submission, by=editor, note='Not for us.')

    letters_leave()

    waited = Letter.objects.filter(kind='pitch_waits')
    assert set(waited.values_list('state', 'overtaken_why')) == {(Letter.State.RECALLED, 'It was answered.')}


def test_within_a_day_of_a_message_nobody_is_chased(pitched, told, author, time_machine):
    submission = pitched(MONDAY)
    time_machine.move_to(MONDAY + 2 * DAY - timedelta(hours=2))
    workflow.say(submission, by=author, text='One thing more.')

    assert told(MONDAY + 2 * DAY) == []
    assert told(MONDAY + 3 * DAY)


def test_the_letters_say_why_they_come_and_by_when_the_answer_was_promised(pitched, told, editor):
    submission = pitched(MONDAY)
    told(MONDAY + 7 * DAY)

    to_editor = Letter.objects.get(kind='pitch_waits', to=editor)
    assert 'because you are an editor' in to_editor.text()
    assert '8 June 2026' in to_editor.text()
    assert f'/write/{submission.pk}/' in to_editor.text()
    assert 'by 8 June 2026' in Letter.objects.get(kind='pitch_unanswered').text()


def test_the_ledger_keeps_no_words_of_whoever_is_forgotten(pitched, told, author):
    pitched(MONDAY)
    told(MONDAY + 2 * DAY)

    erase(author)

    assert not Reminded.objects.filter(whom__contains='Small surgeries').exists()
    assert Reminded.objects.filter(plan='pitch').exists()
