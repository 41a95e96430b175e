"""‘Not now’ at the foot of a reminder: a week without one, the editor told once, and then one more where it is still true."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blog import chasers, commissioning, workflow
from blog.chasers import coauthors, pitches, putting_off, submissions
from blog.models import State
from blog.states.commission_states import CommissionState as S
from members.models import Person
from tests.commissions import LINK, brought_to
from tests.conftest import DECLARED, letters_leave, make_submission
from tests.readings import ask as ask_reader
from ukis.clock.models import Reminded
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)  # no holiday for months
DAY = timedelta(days=1)
OF_COMMISSIONS = {
    'commission_reminder', 'commission_waits', 'commission_date_waits', 'commission_date_unanswered',
    'commission_due', 'commission_late', 'commission_ask_again',
}  # fmt: skip
OF_READINGS = {'reading_reminder', 'reading_late'}


@pytest.fixture
def clock(time_machine):
    def come_to(count: int) -> list[tuple[str, str]]:
        now = MONDAY + count * DAY
        time_machine.move_to(now)
        before = set(Letter.objects.values_list('pk', flat=True))
        chasers.remind(now)
        chasers.remind(now + timedelta(minutes=1))
        return sorted(Letter.objects.exclude(pk__in=before).values_list('kind', 'to_name'))

    return come_to


@pytest.fixture
def promised(author, chief, editor, time_machine, monkeypatch):
    """By Ada, for day 28: reminded on day 21."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    time_machine.move_to(MONDAY)
    submission = make_submission(author, 'promised', editor=editor)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 28 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    return submission


def page_in(mailoutbox) -> str:
    letters_leave()
    [link] = re.findall(r'Not now\? We remind you again in a week: https?://[^/]+(/\S+)', mailoutbox[-1].body)
    assert link in mailoutbox[-1].alternatives[0].content
    return link


def test_a_week_later_they_are_reminded_once_more_and_the_editor_is_told_once(promised, clock, mailoutbox):
    assert clock(21) == [('draft_due', 'Ada Author')]
    page = page_in(mailoutbox)
    read = Client().get(page)
    assert (read.status_code, b'Remind me in 7 days' in read.content) == (200, True)
    assert not Reminded.objects.exclude(put_off_until=None).exists()

    for _ in range(2):
        assert Client().post(page).status_code == 302

    assert b'not remind you before 5 October 2026' in Client().get(page).content
    told = Letter.objects.get(kind='put_off')
    assert (told.to_name, told.subject) == ('Ed Editor', 'Ada Author, on “Careful change”: not now')
    step = promised.steps.get(move='put_off')
    assert (step.by_name, step.note) == ('Ada Author', 'Until 5 October 2026')
    letters_leave()
    assert clock(27) == []  # the day before it is due
    assert clock(28) == [('draft_due', 'Ada Author')]
    assert clock(29) == []
    assert clock(31) == [('draft_due', 'Ada Author')]


def test_the_last_step_comes_once_more(promised, clock, mailoutbox):
    assert [clock(count) for count in (28, 31)] != []
    letters_leave()
    clock(38)
    Letter.objects.filter(kind='author_late').update(state=Letter.State.SENT)
    page = page_in(mailoutbox)
    Client().post(page)
    Letter.objects.filter(kind='put_off').update(state=Letter.State.SENT)

    assert [bool(clock(count)) for count in (39, 44, 45, 46, 60)] == [False, False, True, False, False]


def test_what_was_done_meanwhile_is_not_reminded_of(promised, clock, mailoutbox, author):
    clock(21)
    page = page_in(mailoutbox)
    Client().post(page)
    workflow.submit(promised, by=author, version=promised.current.number, declarations=DECLARED)
    Letter.objects.update(state=Letter.State.SENT)

    assert [one for one in clock(28) if one[0] == 'draft_due'] == []
    assert not Reminded.objects.exclude(put_off_until=None).exists()
    refused = Client().post(page)
    assert (refused.status_code, b'It was answered.' in refused.content) == (409, True)


def test_the_link_is_of_this_letter_alone_and_no_other_opens_the_page(promised, clock, mailoutbox):
    clock(21)
    page = page_in(mailoutbox)
    link = PrivateLink.objects.get(purpose='not now')
    assert link.about == Letter.objects.get(kind='draft_due')

    link.purpose = 'named'
    link.save()

    assert Client().get(page).status_code == 404


def test_an_invitee_puts_off_and_the_time_to_answer_stays(editor, time_machine, clock, mailoutbox):
    time_machine.move_to(MONDAY)
    row = brought_to(S.SENT, editor, answer_by=(MONDAY + 9 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    assert clock(4) == [('commission_reminder', 'Ivo Invitee')]
    page = page_in(mailoutbox)

    Client().post(page)

    told = Letter.objects.get(kind='commission_put_off')
    assert told.to == editor
    assert row.steps.last().note == 'Until 18 September 2026'
    time_machine.move_to(MONDAY + 10 * DAY)
    commissioning.expire_due(MONDAY + 10 * DAY)
    row.refresh_from_db()
    assert row.state == S.EXPIRED
    assert b'There is nothing to put off any more' in Client().get(page).content
    assert clock(11) == []


def test_of_an_editors_own_wait_whoever_decides_hears(
    author, chief, editor, time_machine, clock, monkeypatch
):
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    time_machine.move_to(MONDAY)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 3 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    clock(4)
    letter = Letter.objects.get(kind='editor_late')

    putting_off.put_off(chasers.reminding(letter), letter=letter)

    assert Letter.objects.get(kind='put_off').to == chief
    assert chasers.foot(Letter.objects.get(kind='editor_late_to_author')) is None


def test_nothing_is_put_off_of_what_is_gone(promised, clock, chief):
    clock(21)
    letter = Letter.objects.get(kind='draft_due')
    found = chasers.reminding(letter)
    workflow.decline(promised, by=chief, note='Not any more.')

    with pytest.raises(NotNow, match='answered'):
        putting_off.put_off(found, letter=letter)
    assert LINK


# Letters of the table without the link, and why: what they tell asks nothing of whoever reads them.
TOLD_ALONE = {
    'pitch_unanswered': 'its author waits for the editors',
    'commission_waits': 'the invitee was asked in the same step; the editor waits for them',
    'commission_date_unanswered': 'the invitee waits for the editor',
    'commission_late': 'the last of its steps: no other letter comes to the editor',
    'author_late': 'the last of its steps: no other letter comes to the editor',
    'reading_late': 'the last of its steps: no other letter comes to the editor',
    'editor_late_to_author': 'its author waits for the editor',
}


def test_every_letter_of_the_table_can_be_put_off_or_asks_nothing_of_its_reader():
    kinds = {'submissions': set(submissions.KINDS) - {'proceeded'}, 'pitches': set(pitches.KINDS)}
    written = set().union(*kinds.values(), coauthors.KINDS, OF_COMMISSIONS, OF_READINGS)
    asking = {kind for plan in chasers.PLANS for kind in plan.asks}

    assert all(plan.asks for plan in chasers.PLANS)
    assert written == asking | set(TOLD_ALONE)
    assert not asking & set(TOLD_ALONE)


def test_a_reader_puts_off_in_the_readings_own_history_and_the_author_sees_nothing(
    author, editor, time_machine, clock, mailoutbox, signed_in
):
    time_machine.move_to(MONDAY)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 90 * DAY).date())
    row = ask_reader(submission, editor, due_on=(MONDAY + 14 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    assert clock(14) == [('reading_reminder', 'Rhea Reader')]
    page = page_in(mailoutbox)

    for _ in range(2):
        assert Client().post(page).status_code == 302

    assert b'not remind you before 28 September 2026' in Client().get(page).content
    told = Letter.objects.get(kind='reading_put_off')
    assert (told.to, told.subject) == (editor, 'Rhea Reader, on “Careful change takes time”: not now')
    step = row.steps.get(move='put_off')
    assert (step.by_name, step.note) == ('Rhea Reader', 'Until 28 September 2026')
    assert not submission.steps.filter(move='put_off').exists()
    letters_leave()
    assert clock(16) == []  # two days after the day by which advice was hoped for
    assert clock(21) == [('reading_late', 'Ed Editor'), ('reading_reminder', 'Rhea Reader')]
    desk = signed_in(editor).get(reverse('admin:desk_reading', args=[submission.pk, row.pk]))
    assert 'Not now: a reminder put off' in desk.content.decode()


# --- One person's ‘not now’ is not another's -----------------------------------------------------------


def say_not_now(kind: str, name: str) -> None:
    letter = Letter.objects.filter(kind=kind, to_name=name).latest('pk')
    putting_off.put_off(chasers.reminding(letter), letter=letter)
    Letter.objects.update(state=Letter.State.SENT)


def test_of_several_editors_who_are_reminded_one_puts_it_off_for_themselves(
    author, chief, editor, time_machine, clock
):
    time_machine.move_to(MONDAY)
    make_submission(author, State.SUBMITTED)
    Letter.objects.update(state=Letter.State.SENT)
    both = [('unassigned_waits', chief.printed_name), ('unassigned_waits', 'Ed Editor')]
    assert clock(2) == sorted(both)
    say_not_now('unassigned_waits', 'Ed Editor')

    heard = {count: clock(count) for count in (3, 4, 8, 9, 10, 16, 30)}

    assert {count: letters for count, letters in heard.items() if letters} == {4: both[:1], 9: both[1:]}
    assert not Reminded.objects.exclude(put_off_until=None).exists()


def test_an_editor_who_is_late_puts_off_their_own_reminder_and_neither_the_author_s_nor_the_chief_s(
    author, chief, editor, time_machine, clock, monkeypatch
):
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    time_machine.move_to(MONDAY)
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.extend(submission, by=editor, due_on=(MONDAY + 3 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    assert clock(4) == [('editor_late', 'Ed Editor'), ('editor_late_to_author', 'Ada Author')]
    say_not_now('editor_late', 'Ed Editor')

    heard = {count: clock(count) for count in range(5, 40)}

    assert {count: letters for count, letters in heard.items() if letters} == {
        10: [('editor_late_to_author', 'Ada Author'), ('editor_late_to_chief', chief.printed_name)],
        11: [('editor_late', 'Ed Editor')],
    }


def test_what_waits_for_one_who_said_so_is_left_out_and_for_another_it_leaves(
    author, chief, editor, time_machine, clock, mailoutbox
):
    time_machine.move_to(MONDAY)
    make_submission(author, State.SUBMITTED)
    Letter.objects.update(state=Letter.State.SENT)
    clock(2)
    letter = Letter.objects.get(kind='unassigned_waits', to=editor)
    putting_off.put_off(chasers.reminding(letter), letter=letter)

    mailoutbox.clear()
    letters_leave()

    states = dict(Letter.objects.filter(kind='unassigned_waits').values_list('to_name', 'state'))
    of_chief = Letter.objects.get(kind='unassigned_waits', to=chief)
    assert states == {'Ed Editor': 'recalled', chief.printed_name: 'sent'}
    assert chasers.reminding(of_chief).put_off_until(of_chief) is None
    assert chasers.reminding(letter).put_off_until(letter) == (MONDAY + 9 * DAY).date()
