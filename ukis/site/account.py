from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import commissioning, readings
from blog.desk import queues
from blog.writing import my_blogs
from members import contacts, overview
from members.models import Person
from members.organisations import domains
from members.places import inviting, lets_write, place_sentence, places_of
from members.renewals import renewable
from members.renewals.grounds import said_of
from members.signing_in import MemberRequest
from ukis.leafing import first_of
from ukis.site.directory import public_organisations, public_people
from ukis.unsaved import signed_in

APPLICATIONS = 5  # the latest
ASKED = 10
SHOWN = 50  # organisations; that there are more is said


@never_cache
@signed_in
@require_safe
def my_page(request: MemberRequest) -> HttpResponse:
    """What waits for me, my membership, my submissions."""
    person = request.user
    latest = first_of(my_blogs.written(person), 20, shown=my_blogs.with_what_is_listed(person))
    mine = my_blogs.listed(latest, person)
    places, asked = places_of(person), commissioning.waiting().filter(invitee=person)
    has_page, is_asked, reads = _is_known(person)
    context = {
        'waiting': [one for one in mine if one.awaits_author],
        'submissions': mine,
        'place': place_sentence(person, places),
        'has_page': has_page,
        'applications': list(person.applications.whole().order_by('-began_at')[:APPLICATIONS]),
        'invitations': inviting.waiting_for(person),
        'asked_to_write': asked[:ASKED] if is_asked else [],
        'asked_to_read': readings.waiting_for(person)[:ASKED] if reads else [],
        'may_submit': lets_write(places),
        'on_the_desk': person.is_on_the_desk or person.is_guest_editor,
        'desk': queues.counts(person) if person.opens_the_admin else None,
        **_memberships(person, places),
    }
    return render(request, 'account/my_page.html', context)


def _is_known(person: Person) -> tuple[bool, bool, bool]:
    """Whether somebody has a page that all see, is asked to write, and to read: one question for all."""
    page = public_people().filter(pk=OuterRef('pk'))
    asked = commissioning.waiting().filter(invitee=OuterRef('pk'))
    reads = readings.waiting_for(OuterRef('pk'))
    return Person.objects.filter(pk=person.pk).values_list(Exists(page), Exists(asked), Exists(reads)).get()


def _memberships(person: Person, places: list[Any]) -> dict[str, Any]:
    """Mine, and those of the organisations that I am at or look after."""
    has_own = any(place.person_id for place in places)
    offices, addresses = contacts.offices_of(person), domains.addresses_of(person)
    money_of = contacts.money_of(person) if offices else set()
    chances, more_chances = renewable.leaf(person) if offices or has_own else ([], 0)
    asked = list(contacts.asked_of(person)[: SHOWN + 1]) if offices else []
    belongs = offices or any(place.organisation_id for place in places)
    theirs = list(contacts.organisations_of(person).order_by('name')[: SHOWN + 1]) if belongs else []
    return {
        'places': [(place, said_of(place, money_of)) for place in places],
        'public': set(public_organisations().filter(memberships__in=places).values_list('pk', flat=True)),
        'asked_of': asked[:SHOWN],
        'more_asked': len(asked) > SHOWN,
        'offered': domains.offers(person, addresses),
        'chances': chances,
        'more_chances': more_chances,
        'bills': overview.bills_of(person) if has_own else [],
        'credit': overview.credit_of(person) if has_own else '',
        'one_address': bool(places) and len(addresses) == 1,
        'looked_after': theirs[:SHOWN],
        'more_looked_after': len(theirs) > SHOWN,
    }
