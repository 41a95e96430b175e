"""VAT by category and line: outside, exempt, zero-rated, standard, or split, frozen when the invoice is issued."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from members.models import Category, CategoryPart, Invoice
from members.money import billing, crediting, documents, paper, renewing, vat
from members.money.pennies import shared
from tests.conftest import form_of, make_membership, make_organisation
from tests.pdf_text import text_of
from ukis import days
from ukis.refusals import NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db


@pytest.fixture(scope='module', autouse=True)
def _type():
    """Made before any test: a database waits for nobody who does something else in a transaction."""
    import fpdf  # noqa: F401

    paper.bold()


@pytest.fixture
def band():
    """Four fifths exempt, the rest printed matter at the standard rate; the Society is registered."""
    Society.objects.update_or_create(
        pk=1, defaults={'legal_name': 'The Society Ltd', 'vat_number': 'GB 123 4567 89'}
    )
    band = Category.objects.create(
        name='Organisation',
        holders='organisations',
        fee=450,
        seats=10,
        vat='split',
        vat_why='So the treasurer',
    )
    CategoryPart.objects.create(category=band, wording='membership', amount=360, vat='exempt', position=1)
    CategoryPart.objects.create(category=band, wording='handbook', amount=90, vat='standard', position=2)
    return band


@pytest.fixture
def term(band):
    membership = make_membership(make_organisation(billing_address='Perth'), status='none')
    return renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31))


def lines(document):
    return [(line.vat, line.net, line.vat_rate, line.vat_amount) for line in document.lines.all()]


def text(made):
    return ' '.join(text_of(made).split())


def test_an_invoice_of_a_split_fee_has_a_line_for_each_part_with_its_own_vat(term):
    offered = billing.price_of(term)

    invoice = billing.bill(term, by=None)

    assert lines(invoice) == [('exempt', 360, 0, 0), ('standard', 90, 20, 18)]
    assert (invoice.total, offered) == (468, 468)
    found = text(documents.of_invoice(invoice))
    what = 'Membership, Organisation: 1 April 2026 to 31 March 2027, 10 places'
    assert found.count(what) == 2
    for words in (
        'membership £360.00 exempt £0.00 £360.00', 'handbook £90.00 20% £18.00 £108.00',
        'Net £450.00 VAT £18.00 Total £468.00', 'this supply is exempt from VAT', 'Our VAT number GB 123 4567 89',
    ):  # fmt: skip
        assert words in found, found


def test_a_credit_note_over_some_of_it_keeps_the_split_to_the_penny(term):
    invoice = billing.bill(term, by=None)

    some = crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal('100.01'))
    rest = crediting.credit(invoice, by=None, reason='All of it')

    assert lines(some) == [
        ('exempt', Decimal('76.93'), 0, 0),
        ('standard', Decimal('19.23'), 20, Decimal('3.85')),
    ]
    assert lines(rest) == [
        ('exempt', Decimal('283.07'), 0, 0),
        ('standard', Decimal('70.77'), 20, Decimal('14.15')),
    ]
    found = text(documents.of_credit_note(some))
    assert f'For invoice 10001 of {days.in_words(days.today())}' in found
    assert 'Why Fewer people' in found
    assert 'Net £96.16 VAT £3.85 Total credited £100.01' in found


def test_what_was_issued_stays_and_what_is_issued_anew_has_the_vat_of_today(term, band):
    invoice = billing.bill(term, by=None)
    band.vat = 'zero'
    band.save()
    Society.objects.update(vat_rate=25)

    new = crediting.reissue(invoice, by=None, reason='Another treatment')

    assert lines(invoice) == [('exempt', 360, 0, 0), ('standard', 90, 20, 18)]
    assert lines(new) == [('zero', 450, 0, 0)]
    assert '£450.00 0% £0.00 £450.00' in text(documents.of_invoice(new))


@pytest.mark.parametrize(
    ('vat', 'registered', 'price', 'further'),
    [
        ('split', True, '£450 a year and £18 VAT: £468 in all', '£20 and £0.80 VAT: £20.80 in all'),
        ('standard', True, '£450 a year and £90 VAT: £540 in all', '£20 and £4 VAT: £24 in all'),
        ('exempt', True, '£450 a year, no VAT', '£20, no VAT'),
        ('split', False, '£450 a year', '£20'),
    ],
)
def test_who_would_join_reads_what_will_be_asked_on_the_page_and_on_the_form(
    band, client, django_assert_num_queries, vat, registered, price, further
):
    Category.objects.update(vat=vat, vat_why='So the treasurer', extra_seat_fee=20)
    if not registered:
        Society.objects.update(vat_number='')
    client.get(reverse('join'))

    with django_assert_num_queries(5 if registered else 4):
        page = client.get(reverse('join'), {'anew': '1'}).text
    form = client.get(reverse('join_category', args=[band.pk])).text

    assert f'<strong>{price}</strong>' in page
    assert f'10 places for your people, each further one {further}</li>' in page
    assert f'{price}.' in form


def test_without_a_vat_number_there_is_one_line_and_no_word_of_it(term):
    Society.objects.update(vat_number='')

    invoice = billing.bill(term, by=None)
    note = crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal(100))

    assert lines(invoice) == [('outside', 450, 0, 0)]
    assert [line.text for line in invoice.lines.all()] == [
        'Membership, Organisation: 1 April 2026 to 31 March 2027, 10 places'
    ]
    for made in (documents.of_invoice(invoice), documents.of_credit_note(note)):
        assert not {'VAT', 'exempt', 'scope'} & set(text(made).replace(':', ' ').split())


def test_other_sums_are_split_alike_and_issued_anew_in_the_same_lines(term):
    """More places, for so many months as are left."""
    invoice = billing.bill_seats(term, number=3, each=Decimal('16.67'), by=None)

    new = crediting.reissue(invoice, by=None, reason='Another address')

    assert lines(invoice) == [('exempt', Decimal('40.01'), 0, 0), ('standard', 10, 20, 2)]
    assert lines(new) == lines(invoice)
    assert [line.text for line in new.lines.all()] == [line.text for line in invoice.lines.all()]


@pytest.mark.parametrize('amount', ['100.01', '0.01', '33.37'])
def test_what_is_left_of_a_split_fee_is_issued_anew_to_the_penny(term, amount):
    invoice = billing.bill(term, by=None)
    some = crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal(amount))

    new = crediting.reissue(invoice, by=None, reason='Another address')

    rest = invoice.credit_notes.exclude(pk=some.pk).get()
    assert (new.total, lines(new)) == (468 - Decimal(amount), lines(rest))


@given(
    st.decimals('0.01', '9999', places=2),
    st.lists(st.decimals('0.01', '9999', places=2), min_size=1, max_size=6),
)
def test_parts_are_always_the_whole_and_none_is_below_nothing(amount, weights):
    parts = shared(amount, weights)

    assert (sum(parts), min(parts) >= 0) == (amount, True)
    assert all(part == round(part, 2) for part in parts)


@pytest.mark.parametrize(
    ('changed', 'says'),
    [
        ({'fee': '460'}, 'The parts add up to £450.00, and the fee is £460.00. Change the parts or the fee until they agree.'),
        ({'parts-1-DELETE': 'on'}, 'Its VAT is split: write at least two parts of the fee, each with its amount.'),
        ({'vat': 'exempt'}, 'The fee has parts, but its VAT is not split. Choose “split” under VAT, or delete the parts.'),
        ({'vat_why': ''}, 'Say why this VAT treatment applies.'),
        ({'parts-1-amount': '0'}, 'Ensure this value is greater than or equal to 0.01.'),
    ],
)  # fmt: skip
def test_staff_hear_what_is_wrong_with_a_split_and_nothing_is_saved(
    changed, says, band, secretary, signed_in
):
    client, page = signed_in(secretary), reverse('admin:members_category_change', args=[band.pk])
    sent = form_of(client.get(page)) | changed

    refused = client.post(page, sent)

    assert refused.status_code == 200
    assert says in refused.text
    assert list(band.parts.values_list('amount', flat=True)) == [360, 90]
    band.refresh_from_db()
    assert (band.fee, band.vat) == (450, 'split')


def test_staff_change_fee_and_parts_in_one_go(band, secretary, signed_in):
    client, page = signed_in(secretary), reverse('admin:members_category_change', args=[band.pk])
    new = {
        'parts-2-wording': 'journal',
        'parts-2-amount': '10',
        'parts-2-vat': 'zero',
        'parts-2-position': '3',
    }
    sent = form_of(client.get(page)) | {'fee': '460', **new}

    assert client.post(page, sent).status_code == 302

    assert [str(part) for part in band.parts.all()] == ['membership', 'handbook', 'journal']


def test_a_split_without_parts_draws_no_number(band, term):
    band.parts.all().delete()

    with pytest.raises(NotNow, match='its fee has no parts'):
        billing.bill(term, by=None)
    assert not Invoice.objects.exists()


def test_the_books_say_net_and_vat_by_rate_as_the_lines_were_issued(band, term, secretary, signed_in):
    band.parts.filter(vat='exempt').update(vat='zero')
    invoice = billing.bill(term, by=None)
    crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal('100.01'))
    crediting.void(billing.bill_seats(term, number=1, each=Decimal(10), by=None), by=None, why='Twice')
    Society.objects.update(vat_number='')
    billing.bill_seats(term, number=1, each=Decimal(99), by=None)  # no longer registered
    client, today = signed_in(secretary), days.today()

    page = client.get(reverse('admin:books'))
    file = b''.join(client.get(reverse('admin:books_table', args=['vat']))).decode('utf-8-sig').splitlines()

    assert [(row.words, row.cells) for row in vat.of(today, today)] == [
        ('20%', [Decimal(one) for one in ('92', '18.40', '21.23', '4.25', '70.77', '14.15')]),
        ('0%', [Decimal(one) for one in ('368', '0', '84.93', '0', '283.07', '0')]),
    ]
    assert file[1:] == ['20%,92.00,18.40,21.23,4.25,70.77,14.15', '0%,368.00,0.00,84.93,0.00,283.07,0.00']
    assert 'VAT by rate' in page.text
