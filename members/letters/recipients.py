"""To whom letters about a membership go: its person, or whoever holds an office in its organisation; else staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from members.models import Membership, Office, Organisation, Person
from members.roles import SECRETARY
from ukis import letters
from ukis.letters.models import Letter
from ukis.society.models import Society

Role = Office.Role
# Who looks after an organisation's people: the main contacts, else billing, else who votes.
PEOPLE: tuple[tuple[str, ...], ...] = ((Role.MAIN,), (Role.BILLING,), (Role.VOTING,))


@dataclass(frozen=True)
class Addressee:
    name: str
    address: str
    person: Person | None = None
    is_staff: bool = False  # nobody of theirs can be reached: the office hears instead

    @property
    def key(self) -> str:
        return str(self.person.pk) if self.person else self.address.lower()


def of_money(membership: Membership, on: date | None = None) -> list[Addressee]:
    """Invoices and what follows from them: the billing contacts, else the main ones, else who votes."""
    return _first_of(membership, [(Role.BILLING,), (Role.MAIN,), (Role.VOTING,)], on)


def of_renewal(membership: Membership, on: date | None = None) -> list[Addressee]:
    """Billing and main contacts; where there are none, who votes."""
    return _first_of(membership, [(Role.BILLING, Role.MAIN), (Role.VOTING,)], on)


def of_main(membership: Membership, on: date | None = None) -> list[Addressee]:
    """What a main contact alone decides."""
    return _first_of(membership, [(Role.MAIN,)], on)


def of_membership(membership: Membership, on: date | None = None) -> list[Addressee]:
    """What concerns the organisation and its people."""
    return _first_of(membership, PEOPLE, on)


def of_who_began(
    person: Person | None, organisation: Organisation, offices: Sequence[str] = (Role.MAIN,)
) -> list[Addressee]:
    """What became of something that somebody began for the organisation: they, while they hold one of these offices and
    letters reach them; else who looks after its people today."""
    held = Office.objects.current().filter(person=person, organisation=organisation, role__in=offices)
    they = of_people([person]) if person and held.exists() else []
    return they or _of_organisation(organisation.pk, PEOPLE)


def of_offices(membership: Membership, on: date | None = None) -> list[Addressee]:
    """Everybody who holds an office there; the person, where it is a person's."""
    return _first_of(membership, [tuple(Role)], on)


def of_person(person: Person | None) -> list[Addressee]:
    """Somebody themselves; nobody where no letter reaches them."""
    return of_people([person]) if person else []


def of_letter(letter: Letter) -> Addressee:
    """Whoever was to have it."""
    return Addressee(letter.to_name, letter.to_address, letter.to, is_staff=letter.to is None)


def staff() -> list[Addressee]:
    """The office; as long as it has no address, whoever is Membership Secretary."""
    society = Society.get()
    if society.office_address:
        return [Addressee(society.name, society.office_address, is_staff=True)]
    return [Addressee(one.name, one.address, is_staff=True) for one in secretaries()]


def secretaries() -> list[Addressee]:
    """Those whom letters reach."""
    return of_people(Person.objects.in_group(SECRETARY).order_by('pk'))


def _first_of(membership: Membership, offices: Sequence[Sequence[str]], on: date | None) -> list[Addressee]:
    if membership.person is not None:
        return of_people([membership.person]) or staff()
    return _of_organisation(membership.organisation_id, offices, on)


def _of_organisation(key: Any, offices: Sequence[Sequence[str]], on: date | None = None) -> list[Addressee]:
    """The first of these groups of whom anybody can be reached."""
    held = Office.objects.current(on).filter(organisation=key).select_related('person')
    by_role: dict[str, list[Person]] = {}
    for office in held.order_by('since', 'pk'):
        by_role.setdefault(office.role, []).append(office.person)
    for roles in offices:
        people = {person.pk: person for role in roles for person in by_role.get(role, [])}
        if found := of_people(people.values()):
            return found
    return staff()


def of_people(people: Iterable[Person]) -> list[Addressee]:
    """Those of them whom letters reach."""
    found = {person.email: person for person in people if person.email and person.is_active}
    gone = letters.unreachable(found)
    return [
        Addressee(person.printed_name, address, person)
        for address, person in found.items()
        if address.lower() not in gone
    ]
