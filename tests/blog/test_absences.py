"""Editors say when they are away: no reminder goes to them, nobody is assigned to them unwarned, authors read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from blog import absences, chasers, workflow
from blog.chasers import digest
from blog.models import Absence, Authorship, State
from members.models import Person
from members.roles import EDITOR
from tests.conftest import make_person, make_submission
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)  # no holiday for months
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_monday(time_machine, monkeypatch):
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    time_machine.move_to(MONDAY)


def gone(person, first: int = 0, last: int = 20, deputy=None) -> Absence:
    today = days.today()
    return absences.say(person, by=person, first=today + first * DAY, last=today + last * DAY, deputy=deputy)


def test_days_that_are_past_or_meet_others_are_refused(editor, other_editor, chief, stranger):
    gone(editor, 5, 9, deputy=other_editor)

    for first, last, deputy, why in (
        (-9, -1, None, 'These days are past'),
        (3, 2, None, 'not before the first'),
        (9, 12, None, 'said so already for 12 September 2026 to 16 September 2026'),
        (1, 5_000, None, 'within the next three years'),
        (20, 21, editor, 'Choose another editor'),
        (20, 21, stranger, 'Choose another editor'),
    ):
        with pytest.raises(NotNow, match=why):
            gone(editor, first, last, deputy)
    with pytest.raises(NotNow, match='You stand in for Ed Editor then'):
        gone(other_editor, 9, 10)
    with pytest.raises(NotNow, match='Ed Editor is away too'):
        gone(chief, 1, 5, deputy=editor)
    with pytest.raises(NotNow, match='for themselves'):
        absences.say(editor, by=chief, first=days.today(), last=days.today())
    gone(editor, 10, 12)
    assert Absence.objects.count() == 2


def test_their_reminders_go_to_the_deputy_and_the_author_reads_until_when(
    author, editor, other_editor, chief, time_machine, signed_in
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.extend(submission, by=editor, due_on=days.today() + 3 * DAY)
    Letter.objects.all().delete()
    gone(editor, 1, 20, deputy=other_editor)
    time_machine.move_to(MONDAY + 4 * DAY)
    chasers.remind(MONDAY + 4 * DAY)

    told = dict(Letter.objects.values_list('kind', 'to_name'))
    assert told == {'editor_late': 'Olga Othereditor', 'editor_late_to_author': 'Ada Author'}
    letter = Letter.objects.get(kind='editor_late_to_author').text()
    assert 'by 28 September 2026' in letter
    assert 'The editor is away until 27 September 2026.' in letter
    page = signed_in(author).get(submission.get_absolute_url()).content.decode()
    assert 'The editor is away until 27 September 2026.' in page


def test_a_deputy_hears_nothing_of_what_they_write_themselves(
    author, editor, other_editor, chief, time_machine
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(other_editor,))
    workflow.extend(submission, by=editor, due_on=days.today() + 3 * DAY)
    Letter.objects.all().delete()
    gone(editor, 1, 20, deputy=other_editor)
    time_machine.move_to(MONDAY + 4 * DAY)
    chasers.remind(MONDAY + 4 * DAY)
    time_machine.move_to(MONDAY + 7 * DAY)
    digest.write(MONDAY + 7 * DAY)

    assert set(Letter.objects.values_list('kind', 'to_name')) == {
        ('editor_late_to_author', 'Ada Author'),
        ('desk_digest', 'Cora Chief'),
    }


def test_their_letter_of_the_week_goes_to_the_deputy_or_waits(author, editor, other_editor, time_machine):
    make_submission(author, State.IN_REVIEW, editor=editor)
    Letter.objects.all().delete()
    row = gone(editor, 0, 1, deputy=other_editor)
    digest.write(MONDAY)
    digest.write(MONDAY + timedelta(minutes=1))

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (other_editor, 'The desk of Ed Editor: 1 waits')
    assert 'because you stand in for Ed Editor, who is away' in letter.text()
    row.delete()
    gone(editor, 5, 8)
    for count in (7, 8):
        time_machine.move_to(MONDAY + count * DAY)
        digest.write(MONDAY + count * DAY)
        assert Letter.objects.filter(to=editor).count() == 0
    time_machine.move_to(MONDAY + 9 * DAY)
    digest.write(MONDAY + 9 * DAY)
    assert Letter.objects.filter(to=editor, subject='Your desk: 1 waits for you').count() == 1


def test_nobody_assigns_to_them_unwarned(author, editor, other_editor, chief, signed_in):
    submission = make_submission(author, State.SUBMITTED)
    gone(editor)
    client, page = signed_in(chief), reverse('admin:desk_move', args=[submission.pk, 'assign'])
    assert 'Ed Editor (away 7 September 2026 to 27 September 2026)' in client.get(page).content.decode()

    warned = client.post(page, {'editor': editor.pk})

    submission.refresh_from_db()
    assert submission.editor is None
    assert 'Ed Editor is away until 27 September 2026. Choose another editor' in warned.content.decode()
    client.post(page, {'editor': editor.pk, 'away': warned.context['form'].data['away']})
    submission.refresh_from_db()
    assert submission.editor == editor


def test_they_say_so_on_the_desk_and_come_back_there(editor, other_editor, chief, signed_in, time_machine):
    client, page = signed_in(editor), reverse('admin:desk_away')
    given = {'first': '10 September 2026', 'last': '20 September 2026', 'deputy': other_editor.pk}

    assert client.post(page, {**given, 'last': '1 September 2026'}).status_code == 409
    assert client.post(page, given).status_code == 302

    desk = signed_in(chief).get(reverse('admin:desk')).content.decode()
    assert 'Ed Editor, 10 September to 20 September 2026 (Olga Othereditor stands in)' in desk
    row = Absence.objects.get()
    back = reverse('admin:desk_away_back', args=[row.pk])
    assert signed_in(chief).post(back).status_code == 404
    time_machine.move_to(MONDAY + 5 * DAY)
    client.post(back)
    row.refresh_from_db()
    assert row.last == (MONDAY + 4 * DAY).date()
    assert absences.until(editor) is None


def test_somebody_without_a_desk_has_no_page_for_it(author, secretary, signed_in):
    for person in (author, secretary):
        assert signed_in(person).get(reverse('admin:desk_away')).status_code == 403


def test_a_reader_says_so_too(stranger):
    gone(stranger, 1, 3)

    assert absences.until(stranger, days.today() + 2 * DAY) == days.today() + 3 * DAY
    assert make_person(group=EDITOR).pk not in absences.among([stranger], days.today() + DAY)
    assert not Authorship.objects.exists()
