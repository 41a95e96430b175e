"""Somebody who was erased, in a file that still names them: known again by keyed digests, from which nothing can be
read. A file brings nobody back; they themselves may come again."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from members import likeness
from members.models import Erasure, Person
from ukis.folding import folded

ADDRESS, ORCID, NAME = 'address', 'ORCID', 'name'


def marks_of(person: Person) -> list[str]:
    """Before the row is emptied: of every address they have or had, of ORCID and name."""
    said = [(ADDRESS, one) for one in likeness.addresses_of(person)]
    said += [(ORCID, person.orcid), (NAME, folded(person.name))]
    return sorted(_mark(kind, value, settings.SECRET_KEY) for kind, value in said if value)


def erased() -> set[str]:
    rows = Erasure.objects.filter(done_at__isnull=False).values_list('marks', flat=True)
    return {mark for marks in rows.iterator() for mark in marks}


def why_not(person: Person, marks: set[str]) -> str:
    """Why a file cannot bring this person, or nothing. By the name alone nobody is known who has an address."""
    if person.email and _is_among(marks, ADDRESS, person.email.lower()):
        return 'This address is of somebody who has asked to be forgotten. They can come again themselves, by no file.'
    if person.orcid and _is_among(marks, ORCID, person.orcid):
        return 'This ORCID is of somebody who has asked to be forgotten. They can come again themselves, by no file.'
    if not person.email and _is_among(marks, NAME, folded(person.name)):
        return (
            'Somebody of this name has asked to be forgotten. If this is another person, give their address, or add '
            'them under People.'
        )
    return ''


def _is_among(marks: set[str], kind: str, value: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(_mark(kind, value, key) in marks for key in keys)


def _mark(kind: str, value: str, key: str | bytes) -> str:
    return salted_hmac(f'members.known_again {kind}', value, secret=key, algorithm='sha256').hexdigest()[:32]
