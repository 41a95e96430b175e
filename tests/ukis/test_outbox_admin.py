"""The outbox in the admin: read by staff, changed only by the moves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.models import State as SubmissionState
from tests.conftest import fill_in, make_submission
from ukis import letters
from ukis.clock.models import ClockRun
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress, hashed

State = Letter.State
pytestmark = pytest.mark.django_db
MOVES = ('hold', 'release', 'recall', 'retry')


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


def move(name, letter):
    return reverse(f'admin:ukis_letter_{name}', args=[letter.pk])


def test_the_list_says_to_whom_and_what_became_of_it(signed_in, administrator, letter):
    page = signed_in(administrator).get(reverse('admin:ukis_letter_changelist'))
    assert 'Ada Author &lt;ada@people.example&gt;' in page.text
    assert 'waiting to be sent' in page.text


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


@pytest.mark.parametrize(
    ('name', 'state', 'leads_to', 'says'),
    [
        ('hold', State.WAITING, State.HELD, 'The letter is held'),
        ('release', State.HELD, State.WAITING, 'The letter goes out now.'),
        ('recall', State.WAITING, State.RECALLED, 'The letter was recalled.'),
        ('retry', State.FAILED, State.WAITING, 'The letter is tried again.'),
        ('recall', State.SENT, State.SENT, 'This letter can no longer be recalled'),
    ],
)
def test_each_button_makes_its_move_or_says_why_not(
    signed_in, administrator, letter, name, state, leads_to, says
):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    page = signed_in(administrator).post(move(name, letter), follow=True)
    assert says in page.text
    letter.refresh_from_db()
    assert letter.state == leads_to


@pytest.mark.parametrize('state', State)
def test_only_the_buttons_that_work_are_drawn(signed_in, administrator, letter, state):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    page = signed_in(administrator).get(change(letter)).text
    drawn = {name for name in MOVES if move(name, letter) in page}
    assert drawn == {
        State.WAITING: {'hold', 'release', 'recall'},
        State.HELD: {'release', 'recall'},
        State.FAILED: {'recall', 'retry'},
        State.SUPPRESSED: {'retry'},
    }.get(state, set())
    assert ('name="_save"' in page) == (state in (State.WAITING, State.HELD))


def test_moves_are_made_by_post_alone(signed_in, administrator, letter):
    client = signed_in(administrator)
    assert [client.get(move(name, letter)).status_code for name in MOVES] == [405] * 4


def test_words_can_be_changed_until_the_letter_has_gone(signed_in, administrator, letter):
    client, words = signed_in(administrator), {'subject': 'Better', 'body': 'Dear Ada, all is well.'}
    fill_in(client, change(letter), **words)
    letter.refresh_from_db()
    assert (letter.subject, letter.body) == ('Better', 'Dear Ada, all is well.')
    Letter.objects.filter(pk=letter.pk).update(state=State.SENT)
    fill_in(client, change(letter), subject='Too late', body='x')
    letter.refresh_from_db()
    assert letter.subject == 'Better'


def test_a_letter_keeps_the_place_of_its_private_link(signed_in, administrator, letter):
    Letter.objects.filter(pk=letter.pk).update(link={'view': 'named'}, body='See {{ link }}')
    page = signed_in(administrator).post(change(letter), {'subject': 'x', 'body': 'Without.'})
    assert 'where the private link belongs' in page.text


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


def test_suppressed_addresses_are_kept_in_lower_case(signed_in, administrator, db):
    client = signed_in(administrator)
    client.post(
        reverse('admin:ukis_suppressedaddress_add'), {'address': 'Ada@People.example', 'reason': 'asked'}
    )
    assert SuppressedAddress.objects.get().address == 'ada@people.example'


def test_the_clock_is_read_and_not_set(signed_in, administrator, db):
    run = ClockRun.objects.create(name='one')
    client = signed_in(administrator)
    assert client.get(reverse('admin:ukis_clockrun_changelist')).status_code == 200
    assert client.post(reverse('admin:ukis_clockrun_change', args=[run.pk]), {}).status_code == 403
