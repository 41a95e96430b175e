"""An organisation that looks after itself: its main contact, invitations of every kind, a domain, a listing to be
changed."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from members.models import Office, Person, Seat
from members.organisations import domains, offices, proposals
from members.places import inviting
from ukis import days

AT = 'childhood.strathlorne.example'


def stage_belonging(stage: Any) -> None:
    """Once: whoever was there before stays as they are."""
    organisation, contact = stage.organisations['childhood-practice'], stage.people['contact']
    if organisation.proposals.exists():
        return
    stage.say('A main contact, and whom they invited')
    secretary = stage.people['secretary']
    offices.appoint(
        organisation, by=None, person=contact, role=Office.Role.MAIN, since=days.today() - timedelta(days=700)
    )
    colleague = (
        Seat.objects.active().filter(membership__organisation=organisation).exclude(person=contact).first()
    )
    if colleague and colleague.person:
        role = Office.Role.COMMUNICATIONS
        offices.appoint(organisation, by=contact, person=colleague.person, role=role)
    _invite(organisation, contact)
    claimed = domains.claim(organisation, by=contact, name=AT, automatic=False)
    domain = domains.confirm(claimed, by=secretary, automatic=False)
    domains.take_place(domain, by=_newcomer())
    proposals.propose(
        organisation,
        by=contact,
        wanted={
            'short_name': 'ICP Strathlorne',
            'topics': [*organisation.topics.names(), 'Readiness'],
        },
    )


def _invite(organisation: Any, contact: Person) -> None:
    """One open, one that nobody answered in time, one refused."""
    membership = organisation.memberships.get()
    inviting.invite(membership, by=contact, address=f'maisie.reid@{AT}')
    late = inviting.invite(membership, by=contact, address='j.petrie@lornecouncil.example')
    before = days.today() - timedelta(days=40)
    Seat.objects.filter(pk=late.pk).update(
        since=before, invited_on=before, holds_until=before + inviting.HOLDS
    )
    refused = inviting.invite(membership, by=contact, address=f'hamish.orr@{AT}')
    inviting.refuse(refused)


def _newcomer() -> Person:
    """Has confirmed an address in the domain, and asks for a place."""
    address = f'eilidh.baird@{AT}'
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person.objects.create_user(address, None, name='Eilidh Baird')
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person
