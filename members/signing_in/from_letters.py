"""Where somebody without a password asks for a code, from a letter that leads to a page behind the sign-in. The link
opens nothing by itself: it fills in the address that the letter went to, and holds none."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ukis.letters.models import Letter

LETTER = 'letter'
_SALT = 'asks for a code from a letter'
WORKS_FOR = timedelta(days=90)


def asks_for_code(letter: Letter, then: str) -> str:
    query = urlencode({'next': then, LETTER: signing.TimestampSigner(salt=_SALT).sign(str(letter.pk))})
    return f'{settings.LETTERS_URL}{reverse("account_request_login_code")}?{query}'


def address_of(signed: str) -> str:
    """Where this letter went; nothing where it is no longer kept, the link is old, or nobody of ours wrote it."""
    try:
        key = signing.TimestampSigner(salt=_SALT).unsign(signed, max_age=WORKS_FOR)
    except signing.BadSignature:
        return ''
    return Letter.objects.filter(pk=int(key)).values_list('to_address', flat=True).first() or ''
