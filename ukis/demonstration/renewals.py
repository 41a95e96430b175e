"""Renewals under way: one that waits for its answer with something to be changed first, one renewed, one refused."""

from typing import Any

from members.models import Office, Person, Renewal
from members.organisations import offices
from members.renewals import offering

# Whose organisation's term runs out in five weeks: its main contact answers.
ASKS, RENEWS, ENDS = 'olwen-teague', 'farida-yusufzada', 'callum-rintoul'
WISH = 'We shall be six people next year. Is there a category with that many places?'
WEBSITE = 'https://www.lanternbridge.example/families/'
WHY = 'Our budget for memberships was cut. We hope to come back.'


def stage_renewals(stage: Any) -> None:
    if Renewal.objects.exists():
        return
    stage.say('Renewals')
    asks = stage.people[ASKS]
    website = (asks.affiliations.get(until=None).organisation.website, WEBSITE)
    offering.wish(_offered(asks), by=asks, words=WISH, changes={'website': website})
    offering.renew(_offered(stage.people[RENEWS]), by=stage.people[RENEWS], po_number='PO-2291')
    offering.refuse(_offered(stage.people[ENDS]), by=stage.people[ENDS], why=WHY)


def _offered(contact: Person) -> Renewal:
    organisation = contact.affiliations.get(until=None).organisation
    if not organisation.offices.current().filter(role=Office.Role.MAIN).exists():
        offices.appoint(organisation, by=None, person=contact, role=Office.Role.MAIN)
    renewal = offering.prepare(organisation.memberships.get())
    assert renewal is not None, f'{organisation} has nothing to renew'
    return renewal
