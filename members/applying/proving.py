"""Whose address it is, once its owner has proved it by the link in a letter. Nobody is signed in by that."""

from members import owners
from members.models import Application, Person


def person_of(application: Application) -> Person:
    """Who owns the address of the locked application: the one with it, or somebody new, without a password."""
    person = owners.owner_or_new(application.email, application.name)
    owners.prove(person, application.email)
    return person
