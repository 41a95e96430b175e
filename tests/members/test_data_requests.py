"""Requests and complaints about data: from anybody, acknowledged at once, due within a month, answered once."""

from datetime import date

import pytest
from django.urls import reverse

from members import data_requests, waiting
from members.models import DataRequest
from tests.conftest import form_of
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
ASK = {
    'kind': 'complaint',
    'words': 'You wrote to my old address.',
    'name': 'Dora',
    'email': 'Dora@people.example',
}


@pytest.mark.parametrize(
    ('kind', 'today', 'due'),
    [
        ('complaint', date(2026, 1, 31), date(2026, 3, 2)),
        ('access', date(2026, 1, 31), date(2026, 2, 28)),
        ('access', date(2028, 1, 31), date(2028, 2, 29)),
        ('erasure', date(2026, 12, 15), date(2027, 1, 15)),
        ('correction', date(2026, 3, 30), date(2026, 4, 30)),
    ],
)
def test_a_complaint_is_due_in_thirty_days_and_the_rest_in_a_month(kind, today, due):
    assert data_requests.due_on(kind, today) == due


def test_a_stranger_complains_and_a_letter_without_their_words_says_when_they_are_answered(
    client, time_machine
):
    time_machine.move_to('2026-03-02 12:00:00+00:00', tick=False)

    page = client.post(reverse('data_request'), ASK, follow=True)

    row, letter = DataRequest.objects.get(), Letter.objects.get()
    assert (row.email, row.person, row.due_on) == ('dora@people.example', None, date(2026, 4, 1))
    assert (letter.kind, letter.to_address) == ('data_request_received', 'dora@people.example')
    assert 'by 1 April 2026' in letter.body
    assert 'old address' not in letter.text()
    assert 'We answer by 1 April 2026.' in page.text


def test_who_is_signed_in_is_not_asked_who_they_are(signed_in, author):
    client = signed_in(author)
    assert 'Your email address' not in client.get(reverse('data_request')).text

    client.post(
        reverse('data_request'), {'kind': 'access', 'words': 'All of it.', 'email': 'other@people.example'}
    )

    row = DataRequest.objects.get()
    assert (row.person, row.email) == (author, author.email)


def test_what_lacks_something_comes_back_with_what_was_typed(client):
    answer = client.post(reverse('data_request'), {**ASK, 'kind': ''})

    assert answer.status_code == 422
    assert 'Choose one of the four.' in answer.text
    assert 'You wrote to my old address.' in answer.text
    assert not DataRequest.objects.exists()


def test_nobody_is_sent_letters_by_the_dozen(client):
    codes = [client.post(reverse('data_request'), ASK).status_code for _ in range(4)]

    assert codes == [302, 302, 302, 429]
    assert Letter.objects.count() == 3


def test_it_waits_for_the_secretary_until_it_is_answered_once(client, signed_in, secretary, chief):
    client.post(reverse('data_request'), ASK)
    row = DataRequest.objects.get()
    assert [one.count for one in waiting.all_of_it() if one.words == 'requests about data'] == [1]
    staff, address = signed_in(secretary), reverse('admin:members_datarequest_change', args=[row.pk])
    typed = {**form_of(staff.get(address)), 'reply': 'We have put it right.'}

    assert staff.post(address, typed).status_code == 302
    late = staff.post(address, {**typed, 'reply': 'Sorry!'})

    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ('We have put it right.', secretary)
    assert 'It was answered meanwhile.' in late.text
    assert 'Sorry!' in late.text
    letter = Letter.objects.get(kind='data_request_answered')
    assert (letter.to_address, letter.note) == ('dora@people.example', 'We have put it right.')
    assert [one.count for one in waiting.all_of_it() if one.words == 'requests about data'] == [0]
    with pytest.raises(NotNow, match='meanwhile'):
        data_requests.answer(row, by=secretary, words='Again.')
    assert signed_in(chief).get(address).status_code == 403
