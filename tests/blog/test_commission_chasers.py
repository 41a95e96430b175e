"""Reminders of commissions: who is asked, the editor of a proposed date, and whoever may be asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog import chasers, commissioning
from blog.models import Commission
from blog.states.commission_states import CommissionState as S
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import letters_leave, make_person
from ukis import days
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 6, 22, 10, tzinfo=UTC)
DAY = timedelta(days=1)
IVO, EDITOR = 'Ivo Invitee', 'Edda Editor'


@pytest.fixture
def asked(editor, time_machine):
    """On Monday, with two weeks to answer unless a test says otherwise; all letters have left."""

    def on_monday(days: int = 14, **fields) -> Commission:
        time_machine.move_to(MONDAY)
        row = make_commission(editor, answer_by=(MONDAY + days * DAY).date(), **fields)
        commissioning.send(row, by=editor)
        Letter.objects.update(state=Letter.State.SENT)
        return row

    return on_monday


@pytest.fixture
def told(time_machine, editor):
    """Who is written to, and with what, when the clock comes to a day; it runs twice."""

    def by(day: datetime, *, leave: bool = False) -> list[tuple[str, str]]:
        time_machine.move_to(day)
        before = set(Letter.objects.values_list('pk', flat=True))
        chasers.remind(day)
        chasers.remind(day + timedelta(minutes=1))
        if leave:
            Letter.objects.filter(kind='commission_reminder').update(state=Letter.State.SENT)
        commissioning.expire_due(day)
        new = Letter.objects.exclude(pk__in=before).order_by('pk')
        names = {editor.printed_name: EDITOR}
        return [(one.kind.removeprefix('commission_'), names.get(one.to_name, one.to_name)) for one in new]

    return by


def test_who_is_asked_hears_after_four_and_eight_working_days_and_is_let_go_after_the_day(asked, told):
    asked()

    heard = {count: told(MONDAY + count * DAY, leave=True) for count in range(17)}

    assert {count: letters for count, letters in heard.items() if letters} == {
        4: [('reminder', IVO)],
        10: [('reminder', IVO), ('waits', EDITOR)],
        15: [('expired', IVO), ('unanswered', EDITOR)],
    }


def test_where_time_is_too_short_for_a_reminder_there_is_none(asked, told):
    asked(days=2)

    assert [told(MONDAY + count * DAY) for count in range(4)] == [
        [], [], [], [('expired', IVO), ('unanswered', EDITOR)],
    ]  # fmt: skip


def test_after_an_outage_over_the_day_the_first_goes_late_and_leaves_two_days(asked, told):
    asked(days=8)

    heard = [told(MONDAY + count * DAY, leave=True) for count in (14, 15, 17)]

    assert heard == [[('reminder', IVO)], [], [('expired', IVO), ('unanswered', EDITOR)]]


def test_after_missed_days_the_latest_alone_leaves(asked, told):
    asked(days=30)

    assert told(MONDAY + 11 * DAY) == [('reminder', IVO), ('waits', EDITOR)]
    assert dict(Reminded.objects.values_list('step', 'outcome')) == {'+4': 'skipped', '+8': 'sent'}


def test_a_proposed_date_turns_it_round_the_editor_hears_and_in_the_end_the_invitee(
    asked, told, time_machine
):
    row = asked()
    time_machine.move_to(MONDAY + DAY)
    commissioning.propose(row, by=LINK, day=row.deadline + 9 * DAY)

    heard = {count: told(MONDAY + count * DAY) for count in range(2, 20)}

    assert {count: letters for count, letters in heard.items() if letters} == {
        3: [('date_waits', EDITOR)],
        7: [('date_waits', EDITOR)],
        14: [('date_waits', EDITOR), ('date_unanswered', IVO)],
    }


def test_an_answer_to_the_date_begins_the_waiting_anew(asked, told, editor, time_machine):
    row = asked(days=30)
    told(MONDAY + 4 * DAY)
    commissioning.propose(row, by=LINK, day=row.deadline + 9 * DAY)
    commissioning.agree_date(row, by=editor)

    assert [bool(told(MONDAY + count * DAY)) for count in (8, 9, 10)] == [False, False, True]


def test_who_may_be_asked_again_is_named_to_the_editor_once_on_that_day(asked, told):
    row = asked()
    commissioning.decline(row, by=LINK, ask_after=(MONDAY + 30 * DAY).date())

    heard = [told(MONDAY + count * DAY) for count in (29, 30, 31)]

    assert heard == [[], [('ask_again', EDITOR)], []]
    assert f'/commissions/{row.pk}/' in Letter.objects.get(kind='commission_ask_again').text()


def test_who_said_yes_and_has_not_begun_hears_before_and_after_the_deadline_then_the_editor(
    asked, told, editor
):
    row = asked()
    commissioning.accept(row, by=LINK)
    due = (row.deadline - MONDAY.date()).days

    heard = {count: told(MONDAY + (due + count) * DAY) for count in (-8, -7, -1, 0, 3, 4, 10, 11)}

    assert row.deadline.isoformat() == '2026-08-21'
    assert {count: letters for count, letters in heard.items() if letters} == {
        -7: [('due', IVO)],
        -1: [('due', IVO)],
        3: [('due', IVO)],
        11: [('due', IVO), ('late', EDITOR)],
    }


def test_what_has_begun_is_reminded_of_as_a_submission_alone(asked, told):
    ivo = make_person('Ivo Invitee', email='ivo@far.example')
    row = asked(invitee=ivo)
    commissioning.accept(row, by=LINK)

    assert told(MONDAY + ((row.deadline - MONDAY.date()).days - 7) * DAY) == [('draft_due', IVO)]


@pytest.mark.parametrize('answer', ['accept', 'decline'])
def test_who_has_answered_is_not_reminded_and_what_waited_is_recalled(answer, asked, told):
    row = asked()
    told(MONDAY + 4 * DAY)

    getattr(commissioning, answer)(row, by=LINK)

    assert Letter.objects.get(kind='commission_reminder').state == Letter.State.RECALLED
    assert told(MONDAY + 10 * DAY) == []


def test_what_is_true_no_more_as_it_leaves_does_not_leave(asked, told):
    row = asked()
    told(MONDAY + 4 * DAY)
    Commission.objects.filter(pk=row.pk).update(proposed_on=row.deadline + 9 * DAY)

    letters_leave()

    letter = Letter.objects.get(kind='commission_reminder')
    assert (letter.state, letter.overtaken_why) == (Letter.State.RECALLED, 'They proposed another date.')


def test_after_mail_was_paused_only_the_latest_leaves(asked, told):
    asked(days=30)
    told(MONDAY + 4 * DAY)
    told(MONDAY + 10 * DAY)

    letters_leave()

    states = Letter.objects.filter(kind='commission_reminder').order_by('pk').values_list('state', flat=True)
    assert list(states) == [Letter.State.RECALLED, Letter.State.SENT]


def test_a_reminder_has_the_link_first_and_says_until_when_and_by_whom(asked, told, editor):
    asked()
    told(MONDAY + 10 * DAY)

    to_invitee = Letter.objects.get(kind='commission_reminder').text()
    assert 'by 6 July 2026' in to_invitee
    assert editor.printed_name in to_invitee
    assert 'because you asked them' in Letter.objects.get(kind='commission_waits').text()


def test_while_its_letters_wait_nobody_is_let_go_and_then_they_have_time_to_answer(editor, time_machine):
    time_machine.move_to(MONDAY)
    row = brought_to(S.SENT, editor)
    for count in (8, 28, 71):
        time_machine.move_to(MONDAY + count * DAY)
        chasers.remind(timezone.now())
        commissioning.expire_due(timezone.now())
    row.refresh_from_db()
    assert (row.state, row.answer_by < days.today()) == (S.SENT, True)

    letters_leave()
    states = []
    for count in (71, 72, 74):
        time_machine.move_to(MONDAY + count * DAY + timedelta(hours=1))
        commissioning.expire_due(timezone.now())
        states.append(Commission.objects.get(pk=row.pk).state)

    assert states == [S.SENT, S.SENT, S.EXPIRED]
