"""Whose an address is, and what follows once its owner has proved it: one rule for every way to an account."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from members.models import Person
from ukis.engine import locked
from ukis.refusals import NotNow


def owner_of(address: str) -> Person | None:
    """Who has confirmed it; else whose main address it is, though nobody has proved that yet."""
    address = address.strip().lower()
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related('user').first()
    return confirmed.user if confirmed else Person.objects.filter(email=address).first()


def owner_or_new(address: str, name: str) -> Person:
    """Who owns it, or somebody new of this name, without a password."""
    return owner_of(address) or _new(address, name)


def _new(address: str, name: str) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create_user(address, name=name)
    except IntegrityError:  # two tabs, or two links of one address, at once
        return Person.objects.get(email=Person.objects.normalise(address))


@transaction.atomic
def prove(person: Person, address: str) -> bool:
    """The owner has read what was sent there. A password that was set before anybody had proved an address of theirs
    may be a stranger's and is valid no longer: then True. NotNow where somebody else has confirmed it meanwhile."""
    row = locked(person)
    confirmed = EmailAddress.objects.filter(user=row, verified=True)
    if confirmed.filter(email=address).exists():
        return False
    doubted = row.has_usable_password() and not confirmed.exists()
    if doubted:
        person.set_unusable_password()
        person.save(update_fields=['password'])
    EmailAddress.objects.filter(user=row, primary=True).exclude(email=address).update(primary=False)
    try:
        with transaction.atomic():
            EmailAddress.objects.update_or_create(
                user=row, email=address, defaults={'verified': True, 'primary': True}
            )
    except IntegrityError as met:
        raise NotNow(f'{address} was confirmed for another account just now.') from met
    return doubted
