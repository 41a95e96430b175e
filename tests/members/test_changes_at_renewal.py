"""The page of a renewal is filled with what we hold of an organisation: what its reader changes waits for staff."""

import json
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members.models import Category, ChangeProposal, Office, Organisation, RenewalWish, Term
from members.money import billing, renewing
from members.organisations import proposals
from members.renewals import offering
from tests.conftest import form_of, make_membership, make_person
from tests.members.test_joining import said_of
from tests.members.test_renewal import (  # noqa: F401  # fixtures
    ENDS,
    live_through,
    membership,
    moment,
    offered,
    page_of,
)
from ukis.letters.models import Letter
from ukis.refusals import Stale

pytestmark = pytest.mark.django_db
FEBRUARY = moment(date(2027, 2, 3))
NEW_ADDRESS = '2 Low Street\r\nPerth'


@pytest.fixture
def at_renewal(offered):  # noqa: F811
    with time_machine.travel(FEBRUARY):
        yield offered


def the_letter() -> str:
    number = Letter.objects.get(kind='renewal_offered', to_name='Bo Billing').pk
    return f'the letter of 1 February 2027 (number {number})'


def form(page) -> dict:
    """What the page's form about changes is filled with."""
    values = {field.html_name: field.value() for field in page.context['forms']['wish']}
    return {'do': 'wish'} | {name: '' if value is None else value for name, value in values.items()}


def send(client: Client, page: str, **typed):
    filled = form(client.get(page))
    return client.post(page, filled | {f'wish-{name}': value for name, value in typed.items()})


def waiting() -> dict:
    return {row.field: (row.wanted, row.by.name) for row in proposals.waiting()}


def now() -> Organisation:
    return Organisation.objects.get(name__contains='Łódź')


def test_what_is_changed_waits_field_by_field_even_where_the_listing_is_trusted(at_renewal):
    Category.objects.update(trusts_listing=True)
    page, client = page_of(at_renewal), Client()

    sent = send(client, page, name='Łódź & Sons', website='lodz.example', billing_address=NEW_ADDRESS)
    again, of_another = client.get(page).text, client.get(page_of(at_renewal, 'Mo Main')).text

    assert (sent.status_code, sent.url) == (302, page)
    assert waiting() == {
        'name': ('Łódź & Sons', 'Bo Billing'),
        'website': ('https://lodz.example', 'Bo Billing'),
        'billing_address': ('2 Low Street\nPerth', 'Bo Billing'),
    }
    assert (now().name, now().website, now().billing_address) == (
        'Institute of Łódź',
        '',
        '1 High Street\nPerth',
    )
    assert again.count('You asked for this on 3 February 2027; it waits for the office.') == 3
    assert of_another.count('Bo Billing asked for this on 3 February 2027; it waits for the office.') == 3
    assert said_of(now()) == [f'Changes proposed: name, website, billing address, by {the_letter()}.']
    assert not Letter.objects.filter(kind='renewal_wish').exists()


def test_staff_take_over_name_and_address_and_invoices_drawn_from_then_on_have_them(
    at_renewal,
    membership,  # noqa: F811
    secretary,
    signed_in,
):
    page, first = page_of(at_renewal), membership.terms.get(start=date(2026, 4, 1))
    first.payment = Term.Payment.UNPAID
    first.save()
    before = billing.bill(first, by=None)
    old_address = now().get_absolute_url()
    send(Client(), page, name='Łódź & Sons', billing_address=NEW_ADDRESS)

    staff, shown = signed_in(secretary), []
    for row in proposals.waiting():
        page = reverse('admin:members_changeproposal_change', args=[row.pk])
        shown.append(staff.get(page).text)
        seen = json.dumps(proposals.standing(now(), row.field))
        answer = staff.post(page, form_of(staff.get(page)) | {'decide': 'accept', 'seen': seen})
        assert answer.status_code == 302
    after = offering.renew(at_renewal, by=None)

    before.refresh_from_db()
    assert (before.payer_name, before.payer_address) == ('Institute of Łódź', '1 High Street\nPerth')
    assert (after.payer_name, after.payer_address) == ('Łódź & Sons', '2 Low Street\nPerth')
    assert [row.name for row in now().earlier_names.all()] == ['Institute of Łódź']
    assert now().get_absolute_url() == old_address
    assert ('Institute of Łódź' in shown[0], '2 Low Street<br>Perth' in shown[1]) == (True, True)
    assert said_of(now())[-2:] == [
        'Name: was “Institute of Łódź”, is “Łódź & Sons”, as Bo Billing proposed.',
        'Billing address changed, as Bo Billing proposed.',
    ]
    told = Letter.objects.filter(kind='listing_accepted').order_by('pk')
    assert [(letter.to.name, letter.subject) for letter in told] == [
        ('Bo Billing', 'The new name of Łódź & Sons stands now'),
        ('Bo Billing', 'The new billing address of Łódź & Sons stands now'),
    ]


def test_a_page_that_lay_open_undoes_nothing_and_asks_only_for_what_its_reader_changed(at_renewal):
    page, client = page_of(at_renewal), Client()
    lay_open = form(client.get(page))
    Organisation.objects.update(website='https://by-staff.example', nations=['scotland', 'wales'])

    client.post(page, lay_open | {'wish-short_name': 'IoŁ'})
    first = waiting()
    refused = client.post(
        page, lay_open | {'wish-short_name': 'IoŁ', 'wish-website': 'https://theirs.example'}
    )
    between = waiting()
    knowingly = client.post(page, form(refused))

    assert first == between == {'short_name': ('IoŁ', 'Bo Billing')}
    assert refused.status_code == 409
    assert 'Meanwhile this says “https://by-staff.example”.' in refused.text
    assert form(refused)['wish-website'] == 'https://theirs.example'
    assert knowingly.status_code == 302
    assert waiting() == first | {'website': ('https://theirs.example', 'Bo Billing')}
    assert now().nations == ['scotland', 'wales']


def test_of_two_who_send_at_the_same_moment_the_later_is_shown_what_the_first_asked_for(
    at_renewal, monkeypatch
):
    bo, mo = (Office.objects.get(role=role).person for role in ('billing', 'main'))
    page, client = page_of(at_renewal), Client()
    lay_open = form(client.get(page))
    wish = offering.wish

    def after_another(renewal, **given):
        proposals.ask(now(), by=mo, changes={'short_name': ('', 'By Mo')})
        return wish(renewal, **given)

    monkeypatch.setattr(offering, 'wish', after_another)
    refused = client.post(page, lay_open | {'wish-short_name': 'By Bo', 'wish-words': 'Hello'})

    assert (refused.status_code, 'Meanwhile this says “By Mo”.' in refused.text) == (409, True)
    assert form(refused)['wish-words'] == 'Hello'
    assert waiting() == {'short_name': ('By Mo', 'Mo Main')}
    with pytest.raises(Stale):
        proposals.ask(now(), by=bo, changes={'short_name': ('', 'By Bo')})


def test_what_waits_is_taken_back_by_writing_what_stands(at_renewal):
    page, client = page_of(at_renewal), Client()
    send(client, page, short_name='IoŁ', website='https://lodz.example')

    send(client, page, short_name='')

    assert waiting() == {'website': ('https://lodz.example', 'Bo Billing')}
    assert ChangeProposal.objects.get(field='short_name').decision == 'withdrawn'
    assert said_of(now())[-1] == f'Changes taken back: short name, by {the_letter()}.'


def test_wrong_answers_are_refused_beside_their_fields_and_nothing_typed_is_lost(at_renewal):
    page, client = page_of(at_renewal), Client()

    wrong = send(
        client,
        page,
        name=' ',
        website='no web',
        billing_address='',
        short_name='IoŁ',
        words='And <b>places</b>.',
    )
    nothing = send(client, page)
    unsigned = send(client, page, short_name='IoŁ', began='x')

    assert (wrong.status_code, nothing.status_code, unsigned.status_code) == (422, 422, 422)
    assert wrong.context['form'].errors == {
        'name': ['Write the name of the organisation.'],
        'website': ['Write a web address, such as https://www.institute.example.'],
        'billing_address': ['Write an address: no invoice is drawn without one.'],
    }
    assert (form(wrong)['wish-short_name'], form(wrong)['wish-words']) == ('IoŁ', 'And <b>places</b>.')
    assert 'Change a field above, or write here what is to be changed.' in nothing.text
    assert 'It cannot be told what you changed here.' in unsigned.text
    assert (waiting(), RenewalWish.objects.exists()) == ({}, False)


def test_words_go_beside_the_fields_as_before(at_renewal):
    send(Client(), page_of(at_renewal), words='Twelve places, please.', nations=['wales', 'scotland'])

    assert waiting() == {'nations': (['scotland', 'wales'], 'Bo Billing')}
    assert RenewalWish.objects.get().said == (
        f'3 February 2027 at 09:00 UK time, by {the_letter()}: Twelve places, please.'
    )
    assert said_of(at_renewal.term.membership)[-1] == (
        f'Asked for a change before the renewal, by {the_letter()}.'
    )
    assert Letter.objects.filter(kind='renewal_wish').count() == 1


def test_whoever_is_signed_in_proposes_in_their_own_name_and_addresses_are_for_who_sees_money(
    at_renewal, signed_in
):
    bo = Office.objects.get(role='billing').person
    page = reverse('my_renewal', args=[at_renewal.pk])
    talks = make_person('Coco Communications')
    for person, role in ((talks, 'communications'), (bo, 'communications')):
        Office.objects.create(organisation=now(), person=person, role=role, since=date(2026, 4, 1))

    send(signed_in(bo), page, billing_address=NEW_ADDRESS, short_name='IoŁ')
    contacts = reverse('contacts', args=[now().pk])
    of_both, of_one = (signed_in(person).get(contacts).text for person in (bo, talks))

    assert said_of(now()) == ['Changes proposed: short name, billing address.']
    assert waiting()['billing_address'] == ('2 Low Street\nPerth', 'Bo Billing')
    assert [('IoŁ' in text, '2 Low Street' in text) for text in (of_both, of_one)] == [
        (True, True),
        (True, False),
    ]


def test_where_nobody_is_named_or_it_is_a_persons_own_words_alone_are_offered(at_renewal, signed_in):
    Letter.objects.filter(to_name='Bo Billing').update(to=None)
    to_nobody = Client().get(page_of(at_renewal))
    person = make_person('Pat Person')
    own = make_membership(person, status='none', joined_on=date(2026, 4, 1))
    Category.objects.filter(pk=own.category_id).update(fee=50, year='fixed')
    own.refresh_from_db()
    renewing.add_term(own, by=None, start=date(2026, 4, 1), end=ENDS, payment=Term.Payment.PAID)
    renewal = offering.prepare(own)
    of_a_person = signed_in(person).get(reverse('my_renewal', args=[renewal.pk]))

    assert [list(page.context['forms']['wish'].fields) for page in (to_nobody, of_a_person)] == [
        ['words'],
        ['words'],
    ]
    assert '1 High Street' not in to_nobody.text


def test_what_was_typed_is_not_lost_where_the_renewal_was_answered_meanwhile(at_renewal):
    page, client = page_of(at_renewal), Client()
    lay_open = form(client.get(page))
    offering.renew(at_renewal, by=None)

    wrong = client.post(page, lay_open | {'wish-name': '', 'wish-words': 'Our name.'})

    assert (wrong.status_code, 'Our name.' in wrong.text) == (422, True)
