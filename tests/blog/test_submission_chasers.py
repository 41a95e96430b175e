"""Reminders of submissions: each waits for somebody, who hears on its days and not again, and whoever waits hears too."""

from datetime import UTC, datetime, timedelta

import pytest

from blog import chasers, workflow
from blog.models import Message, State, Submission, Words
from members.models import Person
from tests.conftest import DECLARED, WORDS, has_been_told, letters_leave, make_submission
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)  # no holiday for months
DAY = timedelta(days=1)
ADA, ED, CORA = 'Ada Author', 'Ed Editor', 'Cora Chief'


@pytest.fixture
def made(author, chief, editor, time_machine, monkeypatch):
    """A submission that came into its state on Monday, and whose letters have left."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)

    def on_monday(state: str, due: int | None = None) -> Submission:
        time_machine.move_to(MONDAY)
        submission = make_submission(author, state, editor=editor)
        if due is not None:
            workflow.extend(submission, by=editor, due_on=(MONDAY + due * DAY).date())
        Letter.objects.update(state=Letter.State.SENT)
        return submission

    return on_monday


@pytest.fixture
def heard(time_machine):
    """On which of these days, counted from Monday, who gets what; the clock runs twice a day."""

    def on(*counts: int) -> dict[int, set[tuple[str, str]]]:
        found = {}
        for count in counts:
            now = MONDAY + count * DAY
            time_machine.move_to(now)
            before = set(Letter.objects.values_list('pk', flat=True))
            chasers.remind(now)
            chasers.remind(now + timedelta(minutes=1))
            new = list(Letter.objects.exclude(pk__in=before).values_list('kind', 'to_name'))
            assert len(new) == len(set(new))
            if new:
                found[count] = set(new)
        return found

    return on


@pytest.mark.parametrize(
    ('state', 'due', 'expected'),
    [
        (
            'promised',
            28,
            {
                21: {('draft_due', ADA)},
                28: {('draft_due', ADA)},
                31: {('draft_due', ADA)},
                38: {('draft_due', ADA), ('author_late', ED)},
            },
        ),
        (
            State.CHANGES_REQUESTED,
            14,
            {
                11: {('changes_due', ADA)},
                16: {('changes_due', ADA)},
                23: {('changes_due', ADA), ('author_late', ED)},
            },
        ),
        (State.AUTHOR_APPROVAL, None, {3: {('approval_waits', ADA)}, 7: {('approval_waits', ADA)}}),
        (
            State.SUBMITTED,
            None,
            {
                2: {('unassigned_waits', ED), ('unassigned_waits', CORA)},
                4: {('unassigned_waits', ED), ('unassigned_waits', CORA)},
            },
        ),
        *(
            (
                state,
                7,
                {
                    8: {('editor_late', ED), ('editor_late_to_author', ADA)},
                    14: {
                        ('editor_late', ED),
                        ('editor_late_to_chief', CORA),
                        ('editor_late_to_author', ADA),
                    },
                },
            )
            for state in (State.IN_REVIEW, State.EDITING, State.READY)
        ),
        (State.DRAFTING, None, {30: {('draft_untouched', ADA)}, 91: {('draft_untouched', ADA)}}),
    ],
)
def test_who_is_waited_for_hears_on_these_days_once_and_nobody_else(state, due, expected, made, heard):
    made(state, due)

    days = {day + count for day in expected for count in (-1, 0, 1)}

    assert heard(*sorted(days)) == expected


def test_after_missed_days_the_latest_alone_leaves(made, heard):
    made('promised', 28)

    assert heard(39) == {39: {('draft_due', ADA), ('author_late', ED)}}
    assert sorted(Reminded.objects.values_list('step', 'outcome')) == [
        ('+10', 'sent'),
        ('+3', 'skipped'),
        ('-1', 'skipped'),
        ('-7', 'skipped'),
    ]


def test_what_is_asked_for_at_short_notice_is_not_chased_at_once(made, heard):
    made(State.CHANGES_REQUESTED, 2)

    assert list(heard(*range(6))) == [4]


def test_changes_asked_for_a_second_time_are_reminded_of_a_second_time(made, heard, author, editor):
    submission = made(State.CHANGES_REQUESTED, 14)
    assert list(heard(11)) == [11]
    workflow.resubmit(
        submission, by=author, version=submission.current.number, note='Shorter now.', declarations=DECLARED
    )
    workflow.request_changes(submission, by=editor, note='Shorter still.')
    has_been_told(submission)

    assert list(heard(12, 21, 22, 23)) == [22]


def test_a_date_that_is_moved_is_reminded_of_anew_and_the_old_one_no_more(made, heard, editor):
    submission = made('promised', 28)
    heard(21)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 42 * DAY).date())

    letters_leave()

    waited = Letter.objects.get(kind='draft_due')
    assert (waited.state, waited.overtaken_why) == (Letter.State.RECALLED, 'It was answered.')
    assert list(heard(22, 35, 36, 42)) == [35, 42]


def test_what_was_done_before_a_reminder_left_recalls_it(made, heard, author):
    submission = made(State.AUTHOR_APPROVAL)
    heard(3)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    letters_leave()

    assert Letter.objects.get(kind='approval_waits').state == Letter.State.RECALLED
    assert heard(7) == {}


def test_within_a_day_of_a_message_nobody_is_reminded(made, heard, author, time_machine):
    submission = made(State.AUTHOR_APPROVAL)
    time_machine.move_to(MONDAY + 3 * DAY - timedelta(hours=2))
    workflow.say(submission, by=author, text='I am reading it.')

    assert list(heard(3, 4)) == [4]


@pytest.mark.parametrize(('nation', 'day'), [('scotland', 85), ('england', 84)])
def test_a_holiday_of_the_readers_nation_puts_it_off(nation, day, made, heard, author):
    Person.objects.filter(pk=author.pk).update(nation=nation)
    made('promised', 91)  # a week before is St Andrew's Day

    assert list(heard(83, 84, 85, 86)) == [day]


def test_a_draft_that_was_written_on_counts_anew(made, heard, author):
    submission = made(State.DRAFTING)
    heard(20)
    words = Words(**{**WORDS, 'title': 'Careful change, again'})
    workflow.save_words(submission, by=author, base=submission.current.number, words=words)

    assert list(heard(30, 49, 50, 51)) == [50]


def test_each_letter_has_its_link_first_and_tells_an_editor_why(made, heard):
    submission = made(State.IN_REVIEW, 7)
    heard(14)

    by_kind = {letter.kind: letter.text() for letter in Letter.objects.filter(kind__startswith='editor_late')}
    assert all(f'/write/{submission.pk}/' in text for text in by_kind.values())
    assert 'because you are the editor' in by_kind['editor_late']
    assert 'because you decide as Commissioning Editor' in by_kind['editor_late_to_chief']
    assert 'by 28 September 2026' in by_kind['editor_late_to_author']


def test_an_answer_that_came_another_way_stops_them_until_the_date_moves(made, heard, editor, author):
    submission = made('promised', 28)

    workflow.note_answer(submission, by=editor, note='By telephone: it comes on Friday.')

    assert heard(21, 28, 31) == {}
    message = submission.messages.get(text='By telephone: it comes on Friday.')
    assert (message.is_among_editors, submission.state) == (True, State.DRAFTING)
    assert message not in Message.objects.visible_to(author, submission)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 45 * DAY).date())
    assert heard(38) == {38: {('draft_due', ADA)}}


def test_such_an_answer_approves_nothing(made, heard, editor, chief):
    submission = made(State.AUTHOR_APPROVAL)

    workflow.note_answer(submission, by=editor, note='By telephone: all is well.')

    assert (submission.state, submission.approved_hash) == (State.AUTHOR_APPROVAL, '')
    assert heard(3, 7) == {}
    assert not Letter.objects.filter(kind='approved').exists()
