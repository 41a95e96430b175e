"""What offices and seats give somebody on an organisation's page: whom it opens to, and who may do what there."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from members.models import Office, Organisation, Person, Seat
from members.models.offices import can_be_asked
from members.models.organisations import OrganisationQuerySet
from ukis.refusals import NotAllowed

Role = Office.Role


@dataclass(frozen=True)
class Powers:
    """Of one person in one organisation, today."""

    offices: frozenset[str] = field(default_factory=frozenset)
    has_seat: bool = False
    sees_money: bool = False

    @property
    def any(self) -> bool:
        return bool(self.offices) or self.has_seat

    @property
    def keeps_people(self) -> bool:
        """Invites, ends seats, gives offices, claims domains."""
        return Role.MAIN in self.offices

    @property
    def sees_term(self) -> bool:
        return bool(self.offices)

    @property
    def keeps_listing(self) -> bool:
        return bool(self.offices & {Role.MAIN, Role.COMMUNICATIONS})


def powers(person: Person, organisation: Organisation) -> Powers:
    held = Office.objects.current().filter(person=person, organisation=organisation)
    of_money: Any = Office.objects.of_money().filter(pk=OuterRef('pk'))
    offices = dict(held.annotate(of_money=Exists(of_money)).values_list('role', 'of_money'))
    seats = Seat.objects.active().in_membership().filter(person=person, membership__organisation=organisation)
    return Powers(frozenset(offices), seats.exists(), any(offices.values()))


def offices_of(person: Person) -> set[str]:
    """Which they hold today, anywhere."""
    return set(Office.objects.current().filter(person=person).values_list('role', flat=True))


def money_of(person: Person) -> set[int]:
    """The organisations whose invoices are theirs to see."""
    offices = Office.objects.of_money().filter(person=person)
    return set(offices.values_list('organisation_id', flat=True))


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Whose page for contacts opens to them."""
    offices: Any = Office.objects.current().filter(person=person).values('organisation')
    seats: Any = (
        Seat.objects.active().in_membership().filter(person=person).values('membership__organisation')
    )
    return Organisation.objects.filter(Q(pk__in=offices) | Q(pk__in=seats))


def asked_of(person: Person) -> QuerySet[Organisation]:
    """The organisations whose main contact they are and in which somebody asks for a place: `asked`, how many."""
    offices: Any = Office.objects.current().of_role(Role.MAIN).filter(person=person).values('organisation')
    waits: Any = Seat.objects.asked_for().in_membership().filter(membership__organisation__in=offices)
    asked = Count('memberships__seats', filter=Q(memberships__seats__in=waits.values('pk')))
    return (
        Organisation.objects.filter(pk__in=offices).annotate(asked=asked).filter(asked__gt=0).order_by('name')
    )


def main_offices(on: date | None = None) -> QuerySet[Office]:
    """Of the main contacts whom somebody can ask. Whether an organisation has a main contact is asked here, and nowhere
    else."""
    return Office.objects.current(on).of_role(Role.MAIN).filter(can_be_asked())


def without_main_contact(on: date | None = None) -> OrganisationQuerySet:
    has: Any = main_offices(on).filter(organisation=OuterRef('pk'))
    return Organisation.objects.filter(~Exists(has))


def main_contacts(organisation: Organisation) -> list[Person]:
    """Who can be asked there today."""
    held = main_offices().filter(organisation=organisation)
    return [office.person for office in held.select_related('person').order_by('since', 'pk')]


def main_with_the_silent(organisation: Organisation) -> tuple[list[Person], list[Person]]:
    """The main contacts of today: who can be asked, and who cannot."""
    held = Office.objects.current().of_role(Role.MAIN).filter(organisation=organisation)
    rows: Any = held.annotate(answers=ExpressionWrapper(can_be_asked(), BooleanField()))
    found: tuple[list[Person], list[Person]] = ([], [])
    for office in rows.select_related('person').order_by('since', 'pk'):
        found[not office.answers].append(office.person)
    return found


def check(by: Person | None, organisation: Organisation, power: str) -> None:
    """NotAllowed where somebody acts for an organisation whose office they do not hold. Staff who keep memberships
    may, and the site itself."""
    if by is None or by.has_perm('members.change_membership'):
        return
    if not getattr(powers(by, organisation), power):
        raise NotAllowed('This is for the contacts of the organisation.')
