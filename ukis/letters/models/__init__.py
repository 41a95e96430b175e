"""The outbox: letters, addresses that refuse them, and the private links they carry."""

from ukis.letters.models.addresses import Bounce, Consent, SuppressedAddress, SuppressionQuerySet
from ukis.letters.models.letters import INSET, LINK, NOTE, Letter, LetterQuerySet, without_places
from ukis.letters.models.private_links import PrivateLink, hashed

__all__ = [
    'INSET',
    'LINK',
    'NOTE',
    'Bounce',
    'Consent',
    'Letter',
    'LetterQuerySet',
    'PrivateLink',
    'SuppressedAddress',
    'SuppressionQuerySet',
    'hashed',
    'without_places',
]
