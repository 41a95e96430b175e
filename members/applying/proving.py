"""Whose address it is, once its owner has proved it by the link in a letter. Nobody is signed in by that."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from members.models import Application, Person


def person_of(application: Application) -> Person:
    """Who owns the address of the locked application: the one with it, or somebody new, without a password."""
    confirmed = EmailAddress.objects.filter(email__iexact=application.email, verified=True).first()
    if confirmed is not None:
        return confirmed.user
    person = Person.objects.filter(email=application.email).first() or _new(application)
    _confirm(person, application.email)
    return person


def _new(application: Application) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create_user(application.email, name=application.name)
    except IntegrityError:  # two links of one address at once
        return Person.objects.get(email=application.email)


def _confirm(person: Person, email: str) -> None:
    """A password that was set before anybody had proved the address may be a stranger's: it is valid no longer."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True).exists()
    if not confirmed and person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=['password'])
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={'verified': True, 'primary': True}
    )
