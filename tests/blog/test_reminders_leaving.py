"""A reminder may wait for days, behind a mail server that is away or a pause of all mail: whether it is still true, to whom
it goes and what it says is decided as it leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import absences, chasers, workflow
from blog.chasers import digest, putting_off
from blog.models import State, Submission
from members.models import Person
from tests.commissions import brought_to
from tests.conftest import letters_leave, make_person, make_submission
from tests.readings import ask as ask_reader
from ukis import days
from ukis.letters import by_hand, foreseeing, pausing, sending
from ukis.letters.models import Letter
from ukis.letters.texts import editing, filling, house

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)  # no holiday for months
DAY = timedelta(days=1)
PAUSE = '/admin/mail-pause/'


@pytest.fixture
def made(author, chief, editor, time_machine, monkeypatch):
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)

    def on_monday(state: str, due: int) -> Submission:
        time_machine.move_to(MONDAY)
        submission = make_submission(author, state, editor=editor)
        workflow.extend(submission, by=editor, due_on=(MONDAY + due * DAY).date())
        Letter.objects.update(state=Letter.State.SENT)
        return submission

    return on_monday


@pytest.fixture
def clock(time_machine):
    def come_to(count: int) -> None:
        time_machine.move_to(MONDAY + count * DAY)
        chasers.remind(timezone.now())

    return come_to


def waiting() -> list[tuple[str, str]]:
    return sorted(Letter.objects.filter(state=Letter.State.WAITING).values_list('kind', 'to_name'))


def left_now(time_machine, count: int) -> None:
    """So many days later everything that waited leaves."""
    time_machine.move_to(MONDAY + count * DAY)
    letters_leave()


def test_it_says_how_late_it_is_on_the_day_on_which_it_leaves(made, clock, time_machine, mailoutbox):
    made('promised', 28)
    clock(31)
    waits = Letter.objects.get(state=Letter.State.WAITING)
    assert 'it is 3 days late' in waits.body

    left_now(time_machine, 35)

    [sent] = mailoutbox
    assert 'it is 7 days late' in sent.body
    assert 'it is 3 days late' not in sent.body
    assert 'it is 7 days late' in Letter.objects.get(pk=waits.pk).body


def test_one_that_waited_over_its_day_says_that_it_was_due(made, clock, time_machine, mailoutbox):
    made('promised', 28)
    clock(28)
    assert 'is due by 5 October 2026' in Letter.objects.get(state=Letter.State.WAITING).subject

    left_now(time_machine, 30)

    assert [one.subject for one in mailoutbox] == ['“Careful change” was due by 5 October 2026']


def test_while_mail_is_paused_staff_read_it_as_it_would_leave(
    made, clock, time_machine, administrator, signed_in
):
    made('promised', 28)
    clock(28)
    waits = Letter.objects.get(state=Letter.State.WAITING)
    page = reverse('admin:ukis_letter_change', args=[waits.pk])
    pausing.begin(by=administrator, reason='Wrong dates.')
    foreseeing.look_through(timezone.now())
    of_its_day = [signed_in(administrator).get(one).text for one in (PAUSE, page)]

    time_machine.move_to(MONDAY + 30 * DAY)
    foreseeing.look_through(timezone.now())
    later = [signed_in(administrator).get(one).text for one in (PAUSE, page)]

    assert ['is due by 5 October 2026' in text for text in of_its_day] == [True, True]
    assert ['As it would leave now' in text for text in (*of_its_day, *later)] == [False, False, False, True]
    assert ['was due by 5 October 2026' in text for text in later] == [True, True]
    assert 'is due by 5 October 2026' not in later[0]
    waits.refresh_from_db()
    assert 'is due by 5 October 2026' in waits.subject


def test_no_author_is_promised_an_answer_by_a_day_that_is_past(made, clock, time_machine, mailoutbox):
    made(State.IN_REVIEW, 7)
    clock(15)

    left_now(time_machine, 36)

    bodies = {one.to[0]: one.body for one in mailoutbox}
    assert len(bodies) == 3
    assert [('20 October 2026' in body, '29 September 2026' in body) for body in bodies.values()].count(
        (True, False)
    ) == 3


def test_what_staff_wrote_into_it_leaves_as_they_wrote_it(made, clock, time_machine, mailoutbox, chief):
    made('promised', 28)
    clock(31)
    waits = Letter.objects.get(state=Letter.State.WAITING)
    by_hand.edit(waits, chief, subject='How is it going?', body='Only asking. It is 3 days late.')

    left_now(time_machine, 35)

    [sent] = mailoutbox
    assert sent.subject == 'How is it going?'
    assert 'It is 3 days late.' in sent.body


def test_what_staff_write_into_it_in_the_moment_in_which_it_leaves_is_not_lost(
    made, clock, time_machine, mailoutbox, monkeypatch
):
    made('promised', 28)
    clock(31)
    of_today = sending.anew.of_today

    def and_another_writes(letter):
        Letter.objects.filter(pk=letter.pk).update(subject='How is it going?', body='Only asking.')
        return of_today(letter)

    monkeypatch.setattr(sending.anew, 'of_today', and_another_writes)
    left_now(time_machine, 35)
    monkeypatch.undo()
    assert mailoutbox == []

    left_now(time_machine, 35)

    assert [one.subject for one in mailoutbox] == ['How is it going?']


def test_a_text_that_is_edited_while_it_waits_changes_nothing_but_its_days(
    made, clock, time_machine, mailoutbox, chief
):
    made('promised', 28)
    clock(31)
    said = filling.of_house(house.of('draft_due'))
    said.body = said.body.replace('Write on', 'Go on writing')
    time_machine.move_to(MONDAY + 32 * DAY)
    editing.save('draft_due', said, by=chief, number=0)

    left_now(time_machine, 35)

    [sent] = mailoutbox
    assert ('Write on, or' in sent.body, 'it is 7 days late' in sent.body) == (True, True)


def test_one_that_may_have_arrived_goes_again_word_for_word(made, clock, time_machine, mailoutbox):
    made('promised', 28)
    clock(31)
    Letter.objects.filter(state=Letter.State.WAITING).update(in_doubt=True)

    left_now(time_machine, 35)

    assert 'it is 3 days late' in mailoutbox[0].body


def test_a_commission_and_a_reading_say_it_too(editor, author, clock, time_machine, mailoutbox):
    time_machine.move_to(MONDAY)
    brought_to('accepted', editor, answer_by=days.today(), deadline=days.today() + 28 * DAY)
    reading = ask_reader(make_submission(author, State.IN_REVIEW, editor=editor), editor)
    workflow.extend(reading.submission, by=editor, due_on=days.today() + 60 * DAY)
    Letter.objects.update(state=Letter.State.SENT)
    clock(31)
    Letter.objects.exclude(kind__in=['commission_due', 'reading_reminder']).delete()
    assert waiting() == [('commission_due', 'Ivo Invitee'), ('reading_reminder', 'Rhea Reader')]

    left_now(time_machine, 35)

    said = {one.to[0]: one.body for one in mailoutbox}
    assert 'it is 7 days late' in said['Ivo Invitee <ivo@far.example>']
    assert 'it is 21 days late' in said['Rhea Reader <rhea@far.example>']


def test_an_editor_who_gave_it_away_is_not_chased_and_the_new_one_is(
    made, clock, time_machine, mailoutbox, other_editor, editor
):
    submission = made(State.IN_REVIEW, 7)
    clock(8)
    workflow.change_editor(submission, by=editor, editor=other_editor)
    Letter.objects.filter(kind__in=['assigned', 'editor_changed']).delete()

    left_now(time_machine, 8)
    clock(9)

    late = Letter.objects.filter(kind='editor_late').values_list('to_name', 'state')
    assert sorted(late) == [('Ed Editor', 'recalled'), ('Olga Othereditor', 'waiting')]


def test_who_is_given_what_is_late_for_long_is_reminded_as_anybody(
    made, clock, time_machine, other_editor, editor
):
    submission = made(State.IN_REVIEW, 7)
    clock(8)
    clock(14)
    time_machine.move_to(MONDAY + 90 * DAY)
    workflow.change_editor(submission, by=editor, editor=other_editor)
    Letter.objects.update(state=Letter.State.SENT)

    clock(91)
    first = waiting()
    clock(92)
    clock(95)

    assert first == [('editor_late', 'Olga Othereditor'), ('editor_late_to_author', 'Ada Author')]
    assert ('editor_late_to_chief', 'Cora Chief') in waiting()
    assert waiting().count(('editor_late', 'Olga Othereditor')) == 2


def test_who_went_away_while_it_waited_is_not_chased_and_their_deputy_is(
    made, clock, time_machine, mailoutbox, other_editor, editor
):
    made(State.IN_REVIEW, 7)
    clock(8)
    first = (MONDAY + 9 * DAY).date()
    absences.say(editor, by=editor, first=first, last=first + 20 * DAY, deputy=other_editor)

    left_now(time_machine, 9)
    letters_leave()

    late = Letter.objects.filter(kind='editor_late').values_list('to_name', 'state')
    assert sorted(late) == [('Ed Editor', 'recalled'), ('Olga Othereditor', 'sent')]


def test_where_nobody_stands_in_the_author_is_told_all_the_same(
    made, clock, time_machine, mailoutbox, editor
):
    made(State.IN_REVIEW, 7)
    clock(8)
    first = (MONDAY + 9 * DAY).date()
    absences.say(editor, by=editor, first=first, last=first + 20 * DAY)

    left_now(time_machine, 9)

    assert Letter.objects.get(kind='editor_late').state == Letter.State.RECALLED
    assert 'The editor is away until 6 October 2026.' in mailoutbox[0].body


def test_not_now_on_an_earlier_one_holds_for_the_one_that_waits(made, clock, time_machine, mailoutbox):
    made('promised', 28)
    clock(28)
    earlier = Letter.objects.get(kind='draft_due')
    left_now(time_machine, 28)
    clock(31)
    putting_off.put_off(chasers.reminding(earlier), letter=earlier)

    left_now(time_machine, 32)

    assert [one.to[0] for one in mailoutbox].count(f'Ada Author <{earlier.to_address}>') == 1
    assert Letter.objects.filter(kind='draft_due').order_by('-pk').first().state == Letter.State.RECALLED
    clock(38)
    assert ('draft_due', 'Ada Author') in waiting()


def test_the_letter_of_the_week_counts_what_waits_as_it_leaves(made, time_machine, mailoutbox, editor, chief):
    submission = made(State.IN_REVIEW, 30)
    other = make_submission(make_person('Una Author'), State.IN_REVIEW, editor=editor)
    workflow.extend(other, by=editor, due_on=(MONDAY + 30 * DAY).date())
    Letter.objects.update(state=Letter.State.SENT)
    digest.write(timezone.now())
    assert '2 ' in Letter.objects.get(kind='desk_digest', to=editor).subject
    workflow.decline(other, by=editor, note='Not for us.')
    Letter.objects.exclude(kind='desk_digest').update(state=Letter.State.SENT)

    left_now(time_machine, 2)

    [sent] = [one for one in mailoutbox if editor.email in one.to[0]]
    assert '1 ' in sent.subject
    assert submission.title in sent.body


def test_where_nothing_waits_any_more_it_does_not_leave(made, time_machine, mailoutbox, editor):
    submission = made(State.IN_REVIEW, 30)
    digest.write(timezone.now())
    workflow.decline(submission, by=editor, note='Not for us.')
    Letter.objects.exclude(kind='desk_digest').update(state=Letter.State.SENT)

    left_now(time_machine, 2)

    letter = Letter.objects.get(kind='desk_digest', to=editor)
    assert (letter.state, letter.overtaken_why) == (Letter.State.RECALLED, 'Nothing waits any more.')
