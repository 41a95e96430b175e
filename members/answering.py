"""Who answers for a membership: its person, and of an organisation the main and billing contacts."""

from datetime import date

from django.db.models import QuerySet

from members.letters import recipients
from members.models import Membership, Office, Person, Renewal
from members.status import LAPSED_MONTHS, months_before
from ukis import days


def answered_by(person: Person, on: date | None = None) -> QuerySet[Renewal]:
    """Those that somebody may answer: of a membership of their own, or of an organisation in which they are main or
    billing contact; for as long as one that lapsed may be renewed."""
    on = on or days.today()
    theirs = memberships_of(person, on)
    near = Renewal.objects.filter(
        term__membership__in=theirs, term__start__gte=months_before(on, LAPSED_MONTHS)
    )
    return near.select_related('term__membership__organisation').order_by('term__start', 'pk')


def may_answer(membership: Membership, person: Person) -> bool:
    """Whether a letter that went to them still lets them answer: it is theirs, they are main or billing contact there,
    or they hear of renewals in their stead."""
    on = days.today()
    return (
        membership.person_id == person.pk
        or _speaks(person, on).filter(organisation=membership.organisation_id).exists()
        or any(one.person == person for one in recipients.of_renewal(membership, on))
    )


def memberships_of(person: Person, on: date | None = None) -> QuerySet[Membership]:
    """Their own, and those of organisations for which they answer."""
    speaks = _speaks(person, on or days.today())
    own = Membership.objects.filter(person=person)
    represented = Membership.objects.filter(organisation__in=speaks.values('organisation'))
    # Each found by its index, and no `or` between them: PostgreSQL would reckon the status of all there are.
    return Membership.objects.filter(
        pk__in=own.order_by().values('pk').union(represented.order_by().values('pk'))
    )


def _speaks(person: Person, on: date) -> QuerySet[Office]:
    """The offices in which somebody answers for an organisation."""
    return Office.objects.current(on).filter(person=person, role__in=[Office.Role.MAIN, Office.Role.BILLING])
