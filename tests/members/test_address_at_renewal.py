"""An invoice needs an address: where we hold none, whoever renews writes it there and then."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Category, Invoice, Organisation, Person, Term
from members.money import renewing
from members.renewals import offering
from tests.conftest import fill_in, make_membership, make_person
from tests.members.test_changes_at_renewal import at_renewal  # noqa: F401  # fixture
from tests.members.test_joining import said_of
from tests.members.test_renewal import ENDS, membership, offered, page_of  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db
TYPED = '7 Low Street\r\nPerth\r\n'


def test_a_person_without_a_postal_address_writes_it_when_they_renew(at_renewal, signed_in):  # noqa: F811
    person = make_person('Pat Person')
    own = make_membership(person, status='none', joined_on=date(2026, 4, 1))
    Category.objects.filter(pk=own.category_id).update(fee=50, year='fixed')
    own.refresh_from_db()
    renewing.add_term(own, by=None, start=date(2026, 4, 1), end=ENDS, payment=Term.Payment.PAID)
    page, client = reverse('my_renewal', args=[offering.prepare(own).pk]), signed_in(person)

    wrong = client.post(page, {'do': 'renew', 'renew-po_number': 'PO-5', 'renew-address': ' '})
    right = client.post(page, {'do': 'renew', 'renew-po_number': 'PO-5', 'renew-address': TYPED})

    invoice = Invoice.objects.get()
    assert (wrong.status_code, wrong.context['form'].errors) == (
        422,
        {'address': ['Write an address: no invoice is drawn without one.']},
    )
    assert 'Your postal address' in wrong.text
    assert 'value="PO-5"' in wrong.text
    assert (right.status_code, invoice.payer_address, invoice.po_number) == (
        302,
        '7 Low Street\nPerth',
        'PO-5',
    )
    assert Person.objects.get(pk=person.pk).postal_address == '7 Low Street\nPerth'
    assert said_of(person) == ['Address for invoices written, where none was.']
    assert '7 Low Street' not in client.get(page).text


def test_the_address_of_an_organisation_is_written_where_none_stands_and_never_over_one(at_renewal):  # noqa: F811
    page, client = page_of(at_renewal), Client()
    held = client.get(page).text
    Organisation.objects.update(billing_address='')

    asked = client.get(page).text
    unanswered = client.post(page, {'do': 'renew'})
    Organisation.objects.update(billing_address='1 High Street')
    client.post(page, {'do': 'renew', 'renew-address': TYPED})

    organisation = at_renewal.term.membership.organisation
    assert ('renew-address' in held, 'renew-address' in asked) == (False, True)
    assert (unanswered.status_code, 'no invoice is drawn without one' in unanswered.text) == (422, True)
    assert Organisation.objects.get().billing_address == '1 High Street'
    assert Invoice.objects.get().payer_address == '1 High Street'
    assert said_of(organisation) == []


def test_a_person_changes_their_postal_address_on_their_profile(author, stranger, signed_in, society):
    make_membership(author)

    answer = fill_in(signed_in(author), reverse('profile'), postal_address='8 Low Street\nPerth')

    author.refresh_from_db()
    assert answer.status_code == 302
    assert author.postal_address.splitlines() == ['8 Low Street', 'Perth']
    page = signed_in(stranger).get(author.get_absolute_url())
    assert '8 Low Street' not in page.text
