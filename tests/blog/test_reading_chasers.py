"""Reminders of second readings: the reader, and once a week has passed the editor."""

from datetime import UTC, datetime, timedelta

import pytest

from blog import chasers, readings, workflow
from blog.models import State
from tests.conftest import make_submission
from tests.readings import LINK, ask
from ukis import letters
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2027, 2, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
RHEA, EDITOR = 'rhea@far.example', 'the editor'


@pytest.fixture
def asked(author, editor, time_machine):
    """On a Monday, for the Monday two weeks later; all letters have left."""
    time_machine.move_to(MONDAY)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 90 * DAY).date())
    row = ask(submission, editor, due_on=(MONDAY + 14 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    return row


@pytest.fixture
def told(time_machine, editor):
    def by(day: datetime) -> list[tuple[str, str]]:
        time_machine.move_to(day)
        before = set(Letter.objects.values_list('pk', flat=True))
        chasers.remind(day)
        chasers.remind(day + timedelta(minutes=1))
        new = Letter.objects.exclude(pk__in=before).order_by('pk')
        named = {editor.email: EDITOR}
        return [(one.kind, named.get(one.to_address, one.to_address)) for one in new]

    return by


def test_the_reader_hears_before_the_day_and_twice_after_it_and_the_editor_a_week_after(asked, told):
    heard = {count: told(MONDAY + count * DAY) for count in range(1, 40)}

    assert {count: letters for count, letters in heard.items() if letters} == {
        14: [('reading_reminder', RHEA)],  # two days before is a Saturday
        16: [('reading_reminder', RHEA)],
        21: [('reading_reminder', RHEA), ('reading_late', EDITOR)],
    }


@pytest.mark.parametrize('what', ['no', 'advice', 'taken back', 'decided', 'another date'])
def test_what_has_happened_meanwhile_stops_it_also_where_it_waits(what, asked, told, editor, time_machine):
    told(MONDAY + 14 * DAY)
    letter = Letter.objects.get(kind='reading_reminder')
    time_machine.move_to(MONDAY + 14 * DAY + timedelta(hours=2))
    match what:
        case 'no':
            readings.note_no(asked, by=editor, note='By telephone.')
        case 'advice':
            readings.note_advice(asked, by=editor, note='By telephone.')
        case 'taken back':
            readings.take_back(asked, by=editor, reason='Not needed.')
        case 'decided':
            workflow.accept(asked.submission, by=editor)
        case 'another date':
            readings.move_date(asked, by=editor, due_on=(MONDAY + 60 * DAY).date())
    letters.send_due()

    letter.refresh_from_db()
    assert letter.state == Letter.State.RECALLED
    assert [told(MONDAY + count * DAY) for count in (16, 21, 30)] == [[], [], []]


def test_a_yes_puts_nothing_off_and_another_date_begins_anew(asked, told, editor, time_machine):
    readings.agree(asked, by=LINK)
    Letter.objects.update(state=Letter.State.SENT)
    assert told(MONDAY + 14 * DAY) == [('reading_reminder', RHEA)]
    Letter.objects.update(state=Letter.State.SENT)

    readings.move_date(asked, by=editor, due_on=(MONDAY + 28 * DAY).date())

    assert told(MONDAY + 16 * DAY) == []
    assert told(MONDAY + 28 * DAY) == [('reading_reminder', RHEA)]
