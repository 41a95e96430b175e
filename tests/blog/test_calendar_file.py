"""The desk's calendar for other calendars: the address, what it shows, and how it ends."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import workflow
from blog.desk import calendar_file
from blog.models import Post, State, Submission
from members.models import Person
from tests.commissions import brought_to
from tests.conftest import make_submission
from ukis import days
from ukis.letters.models import PrivateLink

PAGE = reverse('admin:desk_calendar_address')


def address(person: Person) -> str:
    return reverse('desk_calendar_file', args=[calendar_file.make_address(by=person)])


def events(response) -> dict[str, tuple[str, date]]:
    read = icalendar.Calendar.from_ical(response.content)
    return {
        str(one['uid']).split('@', maxsplit=1)[0]: (str(one['summary']), one['dtstart'].dt)
        for one in read.walk('VEVENT')
    }


def test_an_address_is_made_by_a_button_and_shown_once(editor, signed_in, society):
    client = signed_in(editor)
    assert 'You have no address yet.' in client.get(PAGE).text

    made = client.post(PAGE, {'do': 'make'})
    again = client.get(PAGE)

    assert 'Calendars may take a day to follow' in made.text
    assert 'no-store' in made.headers['Cache-Control']
    assert '/desk/calendar/' in made.text
    assert '/desk/calendar/' not in again.text.replace('/admin/desk/calendar/', '')
    link = PrivateLink.objects.get(purpose='desk_calendar')
    assert link.token_hash not in made.text


def test_a_new_address_ends_the_old_at_once(editor, client, society):
    old, new = address(editor), address(editor)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_it_can_be_ended(editor, signed_in, client, society):
    mine = address(editor)

    signed_in(editor).post(PAGE, {'do': 'end'})

    assert client.get(mine).status_code == 404


def test_reading_the_page_or_the_file_changes_nothing(editor, client, signed_in, society):
    mine = address(editor)

    signed_in(editor).get(PAGE)
    signed_in(editor).post(PAGE)

    assert client.get(mine).status_code == client.head(mine).status_code == 200
    assert client.post(mine).status_code == 405


def test_it_shows_what_comes_out_what_is_due_and_who_answers_as_whole_days(author, editor, client, society):
    reading = make_submission(author, State.IN_REVIEW, editor=editor, words={'title': 'A; b, c'})
    ahead = make_submission(author, 'scheduled', editor=editor)
    Post.objects.filter(submission=ahead).update(published_at=datetime(2027, 3, 28, 23, 30, tzinfo=UTC))
    asked = brought_to('sent', editor, working_title='Asked of Ivo')
    promised = brought_to('accepted', editor, working_title='Promised', email='x@far.example')

    response = client.get(address(editor))

    assert response.headers['Content-Type'] == 'text/calendar; charset=utf-8'
    assert events(response) == {
        f'due-{reading.pk}': ('Due: A; b, c', days.today() + timedelta(days=7)),
        f'out-{ahead.pk}': ('Out: Careful change takes time', date(2027, 3, 29)),
        f'answer-{asked.pk}': ('Answer due: Asked of Ivo', asked.answer_by),
        f'words-{promised.pk}': ('Due: Promised', promised.deadline),
    }
    assert author.printed_name not in response.text


def test_what_moves_keeps_its_name_and_what_ends_is_gone(author, editor, client, society):
    submission, mine = make_submission(author, State.IN_REVIEW, editor=editor), address(editor)
    before = events(client.get(mine))

    Submission.objects.filter(pk=submission.pk).update(due_on=date(2027, 2, 28))
    moved = events(client.get(mine))
    workflow.decline(Submission.objects.get(pk=submission.pk), by=editor, note='It does not fit.')

    assert before.keys() == moved.keys() == {f'due-{submission.pk}'}
    assert moved[f'due-{submission.pk}'][1] == date(2027, 2, 28)
    assert events(client.get(mine)) == {}


def test_what_one_writes_oneself_is_not_in_it(author, chief, editor, client, society):
    make_submission(author, State.IN_REVIEW, editor=chief, coauthors=(editor,))
    brought_to('sent', chief, invitee=editor, email=editor.email, name='Ed Editor')

    assert events(client.get(address(editor))) == {}


@pytest.mark.parametrize('lost', ['role', 'account', 'staff', 'second factor'])
def test_who_has_no_desk_any_more_has_no_calendar(lost, author, editor, client, society):
    make_submission(author, State.IN_REVIEW, editor=editor)
    mine = address(editor)
    match lost:
        case 'role':
            editor.groups.remove(*Group.objects.all())
        case 'account':
            Person.objects.filter(pk=editor.pk).update(is_active=False)
        case 'staff':
            Person.objects.filter(pk=editor.pk).update(is_staff=False)
        case 'second factor':
            editor.authenticator_set.all().delete()

    response = client.get(mine)

    assert (response.status_code, 'Careful change' in response.text) == (404, False)


def test_nobody_keeps_it_and_it_knows_nobody(editor, signed_in, client, society):
    mine = address(editor)

    for one in (client, signed_in(editor)):
        response = one.get(mine)
        assert response.cookies == {}
        assert 'no-store' in response.headers['Cache-Control']
        assert response.headers['Referrer-Policy'] == 'no-referrer'
        assert response.headers['X-Robots-Tag'] == 'noindex, nofollow'


def test_a_calendar_that_asks_without_end_is_told_to_wait(editor, client, society):
    mine = address(editor)

    codes = [client.get(mine).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]


def test_it_asks_as_much_for_five_as_for_one(author, editor, client, society):
    mine, asked = address(editor), []
    for number in range(5):
        cache.clear()
        make_submission(author, State.IN_REVIEW, editor=editor)
        make_submission(author, 'scheduled', editor=editor)
        brought_to('sent', editor, email=f'{number}@far.example')
        if number in (0, 4):
            client.get(mine)
            with CaptureQueriesContext(connection) as questions:
                client.get(mine)
            asked.append(len(questions))

    assert asked[0] == asked[1] < 10
