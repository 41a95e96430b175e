"""Where letters do not go: for which reason, which letters, and how somebody of the staff lifts it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests.conftest import form_of, make_person
from ukis import letters
from ukis.letters.models import Letter, SuppressedAddress
from ukis.letters.refusing import KEEPS_BACK, Cause, Scope
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
ADA = 'ada@people.example'


@pytest.fixture
def news(monkeypatch, society):
    """One kind of letter that its reader can do without."""
    about = replace(letters.SUBJECTS['ukis.society'], refusable={'news': 'introductions'})
    monkeypatch.setitem(letters.SUBJECTS, 'ukis.society', about)
    return society


def queue(about, kind, to=ADA):
    return letters.queue(
        kind=kind, key=f'{kind} {to}', about=about, to_address=to, subject='S', body='B'
    ).state


@pytest.mark.parametrize(
    ('cause', 'invoice', 'of_news'),
    [
        (Cause.BOUNCED, 'suppressed', 'suppressed'),
        (Cause.BOUNCED_FOR_DAYS, 'suppressed', 'suppressed'),
        (Cause.COMPLAINT, 'waiting', 'suppressed'),
        (Cause.UNSUBSCRIBED, 'waiting', 'suppressed'),
    ],
)
def test_a_dead_address_gets_nothing_and_an_unwilling_one_what_it_cannot_refuse(
    news, cause, invoice, of_news
):
    letters.suppress('Ada@People.example', cause, 'Why.')

    assert (queue(news, 'weekly'), queue(news, 'news')) == (invoice, of_news)
    assert letters.unreachable([ADA.upper()]) == ({ADA} if KEEPS_BACK[cause] == Scope.ALL else set())


def test_one_that_was_queued_before_its_reader_refused_does_not_leave(news):
    queue(news, 'news')
    queue(news, 'weekly')
    letters.suppress(ADA, Cause.UNSUBSCRIBED, 'Asked.')

    letters.send_due()

    assert dict(Letter.objects.values_list('kind', 'state')) == {'news': 'suppressed', 'weekly': 'sent'}


def test_an_address_is_written_down_once_while_it_stands_and_anew_once_it_was_lifted(db):
    first = letters.suppress(ADA, Cause.BOUNCED, '550')
    assert letters.suppress(ADA, Cause.BOUNCED, '550 again').pk == first.pk

    letters.lift(first, by=make_person(), why='She wrote from it.')
    second = letters.suppress(ADA, Cause.BOUNCED, '550 once more')

    assert list(SuppressedAddress.objects.order_by('pk')) == [first, second]
    assert letters.unreachable([ADA]) == {ADA}


def test_who_comes_second_to_lift_is_told_why_it_was(db):
    row = letters.suppress(ADA, Cause.BOUNCED, '550')
    letters.lift(row, by=make_person(), why='She wrote from it.')

    with pytest.raises(NotNow, match='lifted already: She wrote from it'):
        letters.lift(row, by=make_person(), why='Because.')


def test_staff_lift_it_in_the_admin_by_saying_why_and_the_row_stays(signed_in, secretary):
    row = letters.suppress(ADA, Cause.BOUNCED, '550 5.1.1 no such user')
    client, address = signed_in(secretary), reverse('admin:ukis_suppressedaddress_change', args=[row.pk])
    page = client.get(address)
    assert '550 5.1.1 no such user' in page.text
    typed = {**form_of(page), 'why': ''}
    assert 'Fill this in.' in client.post(address, typed).text

    typed['why'] = 'She wrote from it today.'
    assert client.post(address, typed).status_code == 302
    late = client.post(address, {**typed, 'why': 'I rang her.'})

    row.refresh_from_db()
    assert (row.lifted_by, row.lifted_why) == (secretary, 'She wrote from it today.')
    assert 'It was lifted already: She wrote from it today.' in late.text
    assert 'I rang her.' in late.text
    assert 'She wrote from it today.' in client.get(address).text
    assert client.post(reverse('admin:ukis_suppressedaddress_delete', args=[row.pk])).status_code == 403


def test_staff_write_down_an_address_once(signed_in, secretary):
    client, address = signed_in(secretary), reverse('admin:ukis_suppressedaddress_add')
    typed = {'address': 'Ada@People.example', 'scope': 'refusable', 'reason': 'She asked by telephone.'}
    client.post(address, typed)

    row = SuppressedAddress.objects.get()
    assert (row.address, row.scope, row.cause, row.by) == (ADA, 'refusable', 'by hand', secretary)
    assert 'This address is in the list already.' in client.post(address, typed).text
