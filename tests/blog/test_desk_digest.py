"""Monday's letter to editors."""

from datetime import UTC, datetime, timedelta

import pytest

from blog.chasers import digest
from blog.models import State
from members.models import Person
from tests.conftest import letters_leave, make_submission
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 9, 7, 7, 5, tzinfo=UTC)  # five past eight in London
DAY = timedelta(days=1)


@pytest.fixture
def waiting(author, editor, time_machine, monkeypatch):
    time_machine.move_to(MONDAY - 30 * DAY)
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Letter.objects.all().delete()
    return submission


@pytest.fixture
def told(time_machine):
    def by(now: datetime) -> list[str]:
        time_machine.move_to(now)
        before = set(Letter.objects.values_list('pk', flat=True))
        digest.write(now)
        digest.write(now + timedelta(minutes=1))
        return sorted(Letter.objects.exclude(pk__in=before).values_list('to_name', flat=True))

    return by


def test_each_editor_for_whom_something_waits_hears_once_a_week_from_eight_on(waiting, told):
    heard = [told(MONDAY - timedelta(hours=1)), told(MONDAY), told(MONDAY + DAY), told(MONDAY + 7 * DAY)]

    assert heard == [[], ['Ed Editor'], [], ['Ed Editor']]


def test_an_empty_one_is_not_sent_later_in_the_week_either(editor, told, author, monkeypatch):
    assert told(MONDAY) == []
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    make_submission(author, State.IN_REVIEW, editor=editor)
    Letter.objects.all().delete()

    assert told(MONDAY + DAY) == []


def test_on_a_holiday_it_waits_for_the_next_day_of_work(waiting, told, editor):
    Person.objects.filter(pk=editor.pk).update(nation='england')
    holiday = datetime(2026, 8, 31, 9, tzinfo=UTC)

    assert [told(holiday), told(holiday + DAY)] == [[], ['Ed Editor']]


def test_one_that_waited_a_week_in_the_outbox_does_not_leave(waiting, told, time_machine):
    told(MONDAY)
    time_machine.move_to(MONDAY + 7 * DAY)

    letters_leave()

    letter = Letter.objects.get(kind='desk_digest')
    assert (letter.state, letter.overtaken_why) == (Letter.State.RECALLED, 'That week is over.')


def test_it_counts_and_names_what_is_oldest_and_is_read_by_nobody_else(waiting, told, editor, secretary):
    told(MONDAY)

    letter = Letter.objects.get(kind='desk_digest')
    assert letter.subject == 'Your desk: 1 waits for you'
    assert 'because you are an editor' in letter.text()
    assert 'Careful change' in letter.text()
    assert Letter.objects.filter(digest.kept_from(secretary)).get() == letter
    assert not Letter.objects.filter(digest.kept_from(editor)).exists()
