"""Where a letter comes back to: an address for each, signed, so that nobody else can say that one came back."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from ukis.letters.models import Letter

_SIGNED = re.compile(r'\+(\d{1,18})-([0-9a-f]{20})@')


def return_path(letter: Letter) -> str:
    """As in `bounce+12-0a1b…@example.org`; empty where nobody reads what comes back."""
    name, _, host = settings.BOUNCES_TO.rpartition('@')
    return f'{name}+{letter.pk}-{_signature(str(letter.pk))}@{host}' if host else ''


def key_of(addresses: str) -> int | None:
    """The letter's key that one of these addresses was made for, if it is ours."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    for key, signature in _SIGNED.findall(addresses.lower()):
        if any(constant_time_compare(signature, _signature(key, secret)) for secret in secrets):
            return int(key)
    return None


def _signature(key: str, secret: str | None = None) -> str:
    """In small letters: what stands before the @ may lose its case on the way."""
    return salted_hmac('ukis.letters.return_path', key, secret=secret, algorithm='sha256').hexdigest()[:20]
