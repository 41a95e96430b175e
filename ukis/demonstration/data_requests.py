"""What is asked about data and money: a complaint that waits, somebody who asked to be forgotten, a Gift Aid
declaration with a payment to be claimed, and two more places in the middle of a term."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from members import data_requests, erasing
from members.models import DataRequest, Erasure, ExtraSeats, GiftAidDeclaration, Person, Term
from members.money import billing, extra_seats, gift_aid, payments, renewing
from ukis import days

COMPLAINT = (
    'Last month’s letter went to an address that I gave up in spring. Please say where you had it from.'
)


def stage_data_requests(stage: Any) -> None:
    if DataRequest.objects.exists():
        return
    stage.say('Requests about data, Gift Aid, and more places')
    data_requests.ask(
        kind=DataRequest.Kind.COMPLAINT,
        words=COMPLAINT,
        name='Rowan Gillespie',
        email='rowan.gillespie@people.example',
        by=None,
    )
    leaving = Person.objects.filter(name='Eilidh Baird').first()
    if leaving and not Erasure.objects.exists():
        erasing.ask(leaving, by=leaving, bylines=Erasure.Bylines.CONTRIBUTOR)
    _declare(stage.people['tariq-anwar'], stage.people['secretary'])
    contact = stage.people['contact']
    membership = contact.affiliations.get().organisation.memberships.get()
    if not ExtraSeats.objects.exists():
        extra_seats.take(membership, by=contact, number=2, taken=0)


def _declare(person: Person, secretary: Person) -> None:
    """Paid some days after it was declared, and not claimed yet."""
    if GiftAidDeclaration.objects.exists():
        return
    Person.objects.filter(pk=person.pk).update(postal_address='7 Sample Terrace\nInvented Town\nZZ99 7ZZ')
    today = days.today()
    gift_aid.declare(
        person,
        by=person,
        form=GiftAidDeclaration.Form.ONLINE,
        title='Dr',
        given_names=person.given_names,
        family_name=person.family_name,
        house='7',
        address='Sample Terrace, Invented Town',
        postcode='ZZ99 7ZZ',
        covers_from=today - timedelta(days=30),
    )
    membership = person.memberships.get()
    term = membership.terms.order_by('-end')[0]
    term.payment = Term.Payment.UNPAID
    renewing.keep_terms(membership, by=None, terms=[term])
    invoice = billing.bill(term, by=secretary)
    payments.record(
        membership,
        by=secretary,
        received_on=today - timedelta(days=2),
        amount=Decimal(60),
        reference=f'Subscription {invoice.number}',
        own_money=True,
        to=[(invoice, invoice.owed)],
    )
