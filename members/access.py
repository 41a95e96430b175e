"""How a page comes to what it is about: fetched and allowed in one, so that nothing is had without its check."""

from django.shortcuts import get_object_or_404

from members import contacts
from members.models import Organisation, Person
from ukis.refusals import NotAllowed


def theirs(person: Person, pk: int, power: str = 'any') -> Organisation:
    """The organisation for which somebody acts. To strangers there is no such page; whoever has another office than
    one that gives `power` is refused."""
    organisation = get_object_or_404(contacts.organisations_of(person), pk=pk)
    if not getattr(contacts.powers(person, organisation), power):
        raise NotAllowed('This is for other contacts of the organisation.')
    return organisation
