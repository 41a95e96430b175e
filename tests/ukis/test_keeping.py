"""How long each kind of row is kept: one table of every model there is, carried out by the clock and shown before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Invoice
from members.money import billing, renewing
from tests.conftest import make_membership, make_organisation, make_person
from ukis import clock, days, keeping, letters
from ukis.letters.models import Bounce, Letter, SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def period(words):
    return next(one for one in keeping.periods() if one.words == words)


def goes_next(one):
    return next(row.next for row in keeping.shown(timezone.now()) if row.period == one)


def letter_of(society, key, *, age, state='sent'):
    row = letters.queue(
        kind='weekly',
        key=key,
        about=society,
        to_address='ada@people.example',
        subject='Dues',
        body='Dear Ada,\n',
    )
    Letter.objects.filter(pk=row.pk).update(queued_at=timezone.now() - timedelta(days=age), state=state)
    return row


def test_every_model_says_how_long_its_rows_are_kept_and_why():
    assert keeping.without_a_row() == set()
    assert [one.words for one in keeping.periods() if not one.why or not one.kept] == []


def test_whatever_goes_by_itself_is_one_job_of_the_clock():
    goes = [one for one in keeping.periods() if one.due or one.clear]

    assert [one.words for one in goes if not one.job] == []
    assert {one.job for one in goes} <= {job.name for job in clock.jobs()}


def test_the_words_of_a_letter_go_after_two_years_and_those_of_one_that_waits_do_not(society):
    old, newer = letter_of(society, 'a', age=731), letter_of(society, 'b', age=729)
    held = letter_of(society, 'c', age=900, state='held')
    words = period('Words of letters')
    assert goes_next(words).count == 1

    words.run(timezone.now())

    bodies = dict(Letter.objects.values_list('pk', 'body'))
    assert bodies == {old.pk: '', newer.pk: 'Dear Ada,\n', held.pk: 'Dear Ada,\n'}
    assert goes_next(words).count == 0


def test_a_step_is_bounded_and_the_next_takes_the_rest(society, monkeypatch):
    for key in 'abc':
        Bounce.objects.create(
            letter=letter_of(society, key, age=1),
            address='ada@people.example',
            at=timezone.now() - timedelta(days=366),
        )
    left = []
    for _ in range(2):
        keeping.delete(period('Letters that came back').due(timezone.now()), most=2)
        left.append(Bounce.objects.count())

    assert left == [1, 0]


def test_an_address_stays_suppressed_for_as_long_as_it_is(society):
    stands = letters.suppress('ada@people.example', SuppressedAddress.Cause.BOUNCED, '550')
    lifted = letters.suppress('bo@people.example', SuppressedAddress.Cause.BOUNCED, '550')
    letters.lift(lifted, by=make_person(), why='It works.')

    period('Suppressed addresses').run(timezone.now() + timedelta(days=3000))

    assert list(SuppressedAddress.objects.all()) == [stands]


@pytest.mark.parametrize(
    ('now', 'first_month', 'before'),
    [
        ('2033-03-31', 4, date(2026, 4, 1)),
        ('2033-04-01', 4, date(2027, 4, 1)),
        ('2032-12-31', 1, date(2026, 1, 1)),
        ('2033-01-01', 1, date(2027, 1, 1)),
    ],
)
def test_the_books_of_a_year_are_open_for_six_years_after_its_end(time_machine, now, first_month, before):
    time_machine.move_to(f'{now} 12:00:00+00:00', tick=False)

    assert keeping.books_closed_before(timezone.now(), first_month) == before


def billed(holder, attention: str = '') -> Invoice:
    membership = make_membership(holder, status='none')
    today = days.today()
    end = today + timedelta(days=364)
    term = renewing.add_term(membership, by=None, start=today, end=end, fee=Decimal(90))
    return billing.bill(term, by=None, attention=attention)


def test_peoples_names_go_from_old_invoices_and_an_organisations_stays(society, time_machine):
    time_machine.move_to('2026-05-01 12:00:00+00:00', tick=False)
    of_person = billed(make_person('Ada Author', postal_address='1 Low Street'), 'Ada')
    institute = make_organisation('Institute', billing_address='1 High Street')
    of_organisation = billed(institute, 'Fiona Contact')
    payers = period('Invoices and credit notes: name and address of people, and for whose attention')
    names = []

    for years in (6, 8):
        payers.run(timezone.now() + timedelta(days=years * 365))
        rows = Invoice.objects.order_by('number')
        names.append(list(rows.values_list('payer_name', 'payer_address', 'attention')))

    assert [of_person.number, of_organisation.number] == sorted([of_person.number, of_organisation.number])
    kept = ('Institute', '1 High Street')
    assert names == [
        [('Ada Author', '1 Low Street', 'Ada'), (*kept, 'Fiona Contact')],
        [('No longer kept', '', ''), (*kept, '')],
    ]


def test_staff_read_what_goes_next_and_no_session_s_key(secretary, signed_in):
    client = signed_in(secretary)
    page = client.get(reverse('admin:keeping'))

    assert 'Signed sessions' in page.text
    assert client.session.session_key not in page.text


def test_the_table_is_counted_in_one_question_and_names_some_kinds_and_others_when_asked(
    society, secretary, signed_in, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(keeping, 'NAMED', 1)
    old = timezone.now() - timedelta(days=1200)
    letter = letter_of(society, 'a', age=900)
    Bounce.objects.create(letter=letter, address='ada@people.example', verdict='hard', says='', at=old)
    SuppressedAddress.objects.create(
        address='bo@people.example', scope='all', reason='', lifted_at=old, lifted_why='Asked'
    )
    client, address = signed_in(secretary), reverse('admin:keeping')
    client.get(address)

    with django_assert_num_queries(16):
        page = client.get(address).text
    other = client.get(f'{address}?first=suppressed-addresses').text

    assert ('1: ada@people.example' in page, 'bo@people.example' in page) == (True, False)
    assert '<a href="?first=suppressed-addresses#suppressed-addresses">Name the first' in page
    assert ('ada@people.example' in other, '1: bo@people.example' in other) == (False, True)
    assert client.get(f'{address}?first=nothing').text.count('Name the first') == 1
