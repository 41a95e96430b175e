"""The outbox in the admin: read by staff, changed only by the moves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import State as SubmissionState
from tests.conftest import fill_in, form_of, make_membership, make_organisation, make_submission
from ukis import clock, letters
from ukis.clock.models import ClockRun, Heartbeat
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress, hashed

State = Letter.State
pytestmark = pytest.mark.django_db
MOVES = ('hold', 'release', 'recall', 'retry')
NOW = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)


@pytest.fixture
def letter(society):
    return letters.queue(
        kind='trial',
        key='one',
        about=society,
        to_name='Ada Author',
        to_address='ada@people.example',
        subject='A decision',
        body='Dear Ada,',
        hold=timedelta(minutes=5),
    )


def change(letter):
    return reverse('admin:ukis_letter_change', args=[letter.pk])


def press(client, letter, name='', **typed):
    """The letter's page opened, typed into, and sent by one of its buttons."""
    return fill_in(client, change(letter), **({'move': name} if name else {}), **typed)


@pytest.mark.parametrize(
    ('fields', 'says'),
    [
        ({}, 'Waits until 12 November 2026 at 10:10 UK time'),
        ({'send_after': NOW}, 'Goes out now'),
        ({'send_after': NOW, 'last_error': 'x'}, 'Goes out as soon as the mail server takes it'),
        ({'attempts': 2}, 'Tried before, again from 12 November 2026 at 10:10 UK time'),
        ({'state': State.HELD}, 'Held until somebody sends it'),
        ({'state': State.SENDING}, 'Being sent'),
        ({'state': State.SENT, 'sent_at': NOW}, 'Sent 12 November 2026 at 10:05 UK time'),
        ({'state': State.SENT, 'sent_at': NOW, 'in_doubt': True}, 'UK time (perhaps twice'),
        ({'state': State.FAILED, 'attempts': 9}, 'Could not be sent, after 9 attempts'),
        ({'state': State.RECALLED}, 'Recalled'),
        ({'state': State.SUPPRESSED}, 'Not sent: the address refuses letters'),
    ],
)
def test_the_list_says_to_whom_and_in_words_what_became_of_it(
    signed_in, administrator, letter, fields, says, time_machine
):
    time_machine.move_to(NOW, tick=False)
    Letter.objects.filter(pk=letter.pk).update(
        kind='changes_requested', send_after=NOW + timedelta(minutes=5)
    )
    Letter.objects.filter(pk=letter.pk).update(**fields)
    page = signed_in(administrator).get(reverse('admin:ukis_letter_changelist')).text
    assert 'Ada Author<span class="quiet">ada@people.example</span>' in page
    assert '>Changes asked for</td>' in page
    assert says in page


def test_letters_are_filtered_by_their_kind_in_words(signed_in, administrator, letter):
    client, address = signed_in(administrator), reverse('admin:ukis_letter_changelist')
    assert 'A decision' not in client.get(address, {'kind': 'declined'}).text
    Letter.objects.filter(pk=letter.pk).update(kind='declined')
    page = client.get(address, {'kind': 'declined'}).text
    assert 'A decision' in page
    assert '<a href="?kind=declined"' in page.replace('&amp;', '&')


def test_their_kinds_are_offered_once_it_is_said_what_they_are_about(signed_in, administrator, letter):
    client, address = signed_in(administrator), reverse('admin:ukis_letter_changelist')
    Letter.objects.filter(pk=letter.pk).update(kind='declined')

    all_of_them = client.get(address)
    of_submissions = client.get(address, {'of': 'blog.submission'})

    shown = {spec.title for spec in all_of_them.context['cl'].filter_specs}
    assert ('what they are about' in shown, 'kind' in shown) == (True, False)
    offered = [one for one in of_submissions.context['cl'].filter_specs if one.title == 'kind']
    assert [dict(one.lookup_choices)['declined'] for one in offered] == ['Not taken up']
    assert 'commission_invited' not in dict(offered[0].lookup_choices)
    assert 'A decision' in of_submissions.text
    assert 'A decision' not in client.get(address, {'of': 'blog.commission'}).text


def test_the_list_asks_as_much_for_five_letters_as_for_one(
    signed_in, administrator, society, letter, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = signed_in(administrator), reverse('admin:ukis_letter_changelist')
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    for number in range(4):
        letters.queue(
            kind='trial', key=f'more {number}', about=society, to_address='a@b.example', subject='x', body='x'
        )
    with django_assert_num_queries(len(one)):
        client.get(address)
    asked = []
    for number in range(4):
        about = make_membership(make_organisation())
        letters.queue(
            kind='renewed', key=f'of {number}', about=about, to_address='a@b.example', subject='x', body='x'
        )
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        asked.append(len(questions))
    assert set(asked[1:]) == {asked[0]}


@pytest.mark.parametrize(
    ('name', 'state', 'leads_to', 'says'),
    [
        ('hold', State.WAITING, State.HELD, 'The letter is held'),
        ('release', State.HELD, State.WAITING, 'The letter goes out now.'),
        ('recall', State.WAITING, State.RECALLED, 'The letter was recalled'),
        ('recall', State.FAILED, State.RECALLED, 'The letter was recalled'),
        ('retry', State.FAILED, State.WAITING, 'The letter is tried again.'),
        ('recall', State.SENT, State.SENT, 'This letter can no longer be recalled: it is sent'),
        ('retry', State.WAITING, State.WAITING, 'This letter can no longer be tried again'),
        ('nonsense', State.SENT, State.SENT, 'This letter can no longer be changed'),
    ],
)
def test_each_button_makes_its_move_or_says_why_not(
    signed_in, administrator, letter, name, state, leads_to, says
):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    client = signed_in(administrator)
    answer = press(client, letter, name)
    page = client.get(answer.url) if answer.status_code == 302 else answer
    assert says in page.text
    letter.refresh_from_db()
    assert letter.state == leads_to


@pytest.mark.parametrize('state', State)
def test_only_the_buttons_that_work_are_drawn(signed_in, administrator, letter, state):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    page = signed_in(administrator).get(change(letter)).text
    drawn = {name for name in MOVES if f'name="move" value="{name}"' in page}
    assert drawn == {
        State.WAITING: {'hold', 'release', 'recall'},
        State.HELD: {'release', 'recall'},
        State.FAILED: {'recall', 'retry'},
        State.SUPPRESSED: {'retry'},
        State.BOUNCED: {'retry'},
    }.get(state, set())
    assert ('Save the changes' in page) == (state in (State.WAITING, State.HELD))


@pytest.mark.parametrize(
    ('name', 'leads_to'),
    [('', State.WAITING), ('hold', State.HELD), ('release', State.WAITING), ('recall', State.RECALLED)],
)
def test_every_button_keeps_what_was_typed(signed_in, administrator, letter, name, leads_to):
    press(signed_in(administrator), letter, name, subject='Better', body='Dear Ada, all is well.')
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.state) == ('Better', 'Dear Ada, all is well.', leads_to)


def test_a_letter_is_recalled_whatever_stands_in_its_form(signed_in, administrator, letter):
    assert press(signed_in(administrator), letter, 'recall', subject='', body='').status_code == 302
    letter.refresh_from_db()
    assert (letter.body, letter.state) == ('Dear Ada,', State.RECALLED)


def test_one_that_left_while_somebody_typed_gives_their_words_back(signed_in, administrator, letter):
    client = signed_in(administrator)
    typed = form_of(client.get(change(letter))) | {'subject': 'Too late', 'body': 'Twenty minutes of words'}
    Letter.objects.filter(pk=letter.pk).update(state=State.SENT, sent_at=NOW)
    page = client.post(change(letter), typed)
    assert page.status_code == 409
    assert 'This letter can no longer be changed: it is sent' in page.text
    assert 'Twenty minutes of words</textarea>' in page.text
    assert 'Save the changes' not in page.text
    letter.refresh_from_db()
    assert letter.subject == 'A decision'


def test_a_tab_that_does_not_know_that_the_letter_was_held_sends_nothing(signed_in, administrator, letter):
    client = signed_in(administrator)
    typed = form_of(client.get(change(letter))) | {'move': 'release', 'body': 'Mine'}
    letters.hold(letter, by=administrator)
    page = client.post(change(letter), typed)
    assert page.status_code == 409
    assert [(one.now, one.typed) for one in page.context['both']] == [
        ('Dear Ada,', 'Mine'),
        ('held by staff', 'waiting to be sent'),
    ]
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (State.HELD, 'Dear Ada,')
    assert client.post(change(letter), form_of(page) | {'move': 'release'}).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (State.WAITING, 'Mine')


def test_the_record_says_what_was_done(signed_in, administrator, letter):
    client = signed_in(administrator)
    press(client, letter, 'hold', body='Dear Ada, soon.')
    press(client, letter, 'release')
    said = list(LogEntry.objects.order_by('pk').values_list('change_message', flat=True))
    assert said == [
        'The words were changed. The letter is held until somebody sends it.',
        'The letter goes out now.',
    ]


def test_a_letter_keeps_the_place_of_its_private_link(signed_in, administrator, letter):
    Letter.objects.filter(pk=letter.pk).update(link={'view': 'named'}, body='See {{ link }}')
    client = signed_in(administrator)
    assert 'Keep {{ link }} where it stands' in client.get(change(letter)).text
    assert 'where the private link belongs' in press(client, letter, body='Without.').text


# --- A note that several letters share


@pytest.fixture
def decision(society):
    """Letters to two authors with one note."""
    return [
        letters.queue(
            kind='declined',
            key=name,
            about=society,
            to_name=name,
            to_address=f'{name}@people.example',
            subject='About your blog',
            body=f'Dear {name},\n\n{letters.NOTE}\n\nYours',
            note='It does not fit.',
            note_key='step 1',
            hold=timedelta(minutes=5),
        )
        for name in ('ada', 'col')
    ]


def test_the_note_is_changed_apart_from_the_rest_and_in_both_letters(signed_in, administrator, decision):
    client = signed_in(administrator)
    page = client.get(change(decision[0]))
    assert list(page.context['adminform'].form.fields) == ['note', 'subject', 'body', 'stands', 'began']
    assert 'The same note goes to col' in page.text
    assert 'Dear ada,<br><br>It does not fit.<br><br>Yours' in page.text
    press(client, decision[0], note='It does not quite fit.')
    assert set(Letter.objects.values_list('note', flat=True)) == {'It does not quite fit.'}


def test_a_note_that_is_emptied_is_given_back_with_what_is_wrong(signed_in, administrator, decision):
    answer = press(signed_in(administrator), decision[0], note='', subject='')

    decision[0].refresh_from_db()
    assert answer.status_code == 200
    assert 'errors' in answer.content.decode()
    assert decision[0].note


def test_a_note_that_one_of_two_was_sent_says_so_beside_the_field(signed_in, administrator, decision):
    Letter.objects.filter(pk=decision[1].pk).update(state=State.SENT, sent_at=NOW)
    client = signed_in(administrator)
    page = press(client, decision[0], note='Another note.')
    assert 'col has been sent this note already' in page.context['adminform'].form.errors['note'][0]
    assert press(client, decision[0], subject='About it').status_code == 302


@pytest.mark.parametrize(('ticked', 'recalled'), [({'and_its_like': 'on'}, 2), ({}, 1)])
def test_recalling_asks_whether_for_all_that_share_the_note(
    signed_in, administrator, decision, ticked, recalled
):
    client = signed_in(administrator)
    assert 'Recall it for col as well' in client.get(change(decision[0])).text
    press(client, decision[0], 'recall', **ticked)
    assert Letter.objects.filter(state=State.RECALLED).count() == recalled


# --- When no letter goes


def test_all_that_failed_are_tried_again_by_one_button(signed_in, administrator, letter, decision):
    client, address = signed_in(administrator), reverse('admin:ukis_letter_changelist')
    assert 'Try all of them again' not in client.get(address).text
    Letter.objects.update(state=State.FAILED, attempts=9)
    SuppressedAddress.objects.create(address='col@people.example', reason='550')
    assert '3 letters are given up' in client.get(address).text
    shown = client.get(reverse('admin:ukis_letter_try_all_again')).text
    assert 'Who would get one: 2' in shown
    assert 'Nothing of this kind is sent to col@people.example' in shown
    assert Letter.objects.filter(state=State.FAILED).count() == 3
    page = client.post(reverse('admin:ukis_letter_try_all_again'), follow=True)
    assert '2 letters are tried again. 1 were not' in page.text
    assert Letter.objects.filter(state=State.WAITING, attempts=0).count() == 2


def test_only_those_who_look_after_the_outbox_try_all_again(signed_in, administrator, author):
    address = reverse('admin:ukis_letter_try_all_again')
    assert signed_in(administrator).get(address).status_code == 200
    for answer in (signed_in(author).get(address), signed_in(author).post(address)):
        assert answer.status_code == 403


def test_a_mail_server_that_is_away_is_said_above_the_list(signed_in, administrator, letter):
    pulse = clock.Pulse('letters', trouble='the mail server is away: refused')
    clock.beat([pulse])
    page = signed_in(administrator).get(reverse('admin:ukis_letter_changelist')).text
    assert 'No letter goes out just now: the mail server is away: refused' in page
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    page = signed_in(administrator).get(reverse('admin:ukis_letter_changelist')).text
    assert 'No letter goes out' not in page


def test_an_author_among_the_staff_sees_of_their_own_submission_only_their_own_letters(
    signed_in, chief, author, society
):
    submission = make_submission(author, SubmissionState.SUBMITTED)
    letter = Letter.objects.about(submission).filter(to=chief).get()
    assert signed_in(chief).get(change(letter)).status_code == 200
    submission.authorships.create(person=chief, name='Cora Chief', order=2)
    other = Letter.objects.about(submission).exclude(to=chief).first()
    assert signed_in(chief).get(change(other)).status_code == 302


def test_no_page_of_the_admin_shows_a_token(signed_in, administrator, society):
    token = PrivateLink.make(purpose='named', about=society, days=1)
    page = signed_in(administrator).get(reverse('admin:ukis_privatelink_changelist')).text
    assert 'named' in page
    assert token not in page
    assert hashed(token) not in page


def test_the_clock_is_read_and_not_set(signed_in, administrator, db):
    run = ClockRun.objects.create(name='one')
    client = signed_in(administrator)
    assert client.get(reverse('admin:ukis_clockrun_changelist')).status_code == 200
    assert client.post(reverse('admin:ukis_clockrun_change', args=[run.pk]), {}).status_code == 403
