"""Whether mail programs may show their button for stopping a letter: read in the source of one that arrived.

They do where the mail server signs both headers of RFC 8058 for the domain that the reader sees. Nobody is asked on the
network: what the receiving server found stands in the letter.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

HEADERS = ('List-Unsubscribe', 'List-Unsubscribe-Post')
CHECKS = {
    'spf': 'SPF: the mail server may send for the domain',
    'dkim': 'DKIM: the signature holds',
    'dmarc': 'DMARC: both are of the domain that readers see',
}
MOST_CHARACTERS = 256_000


class NoLetter(ValueError):
    """What was given is no source of a letter."""


@dataclass(frozen=True)
class MailFinding:
    words: str
    holds: bool
    more: str = ''


def look(source: str) -> list[MailFinding]:
    """Raises NoLetter."""
    message = email.message_from_string(source.lstrip()[:MOST_CHARACTERS])
    sender = parseaddr(str(message.get('From', '')))[1]
    if '@' not in sender:
        raise NoLetter('This is not the source of a letter: it has no line that begins with “From:”.')
    return [*_headers(message), *_signed(message, sender.rpartition('@')[2].lower()), *_checked(message)]


def _headers(message: Message) -> Iterator[MailFinding]:
    for name in HEADERS:
        yield MailFinding(f'The letter has {name}', name in message)


def _signed(message: Message, domain: str) -> Iterator[MailFinding]:
    signatures = [_tags(str(value)) for value in message.get_all('DKIM-Signature', [])]
    ours = [one for one in signatures if f'.{domain}'.endswith(f'.{one.get("d", "-").lower()}')]
    others = ', '.join(sorted({one.get('d', '') for one in signatures} - {''}))
    yield MailFinding(
        f'It is signed for {domain}', bool(ours), f'Signed for {others} alone.' if others and not ours else ''
    )
    for name in HEADERS:
        signed = any(name.lower() in one.get('h', '').lower().split(':') for one in ours)
        yield MailFinding(
            f'The signature covers {name}',
            signed,
            '' if signed else 'Add it to the list that DKIM signs (h=).',
        )


def _tags(signature: str) -> dict[str, str]:
    parts = (part.partition('=') for part in re.sub(r'\s+', '', signature).split(';'))
    return {name: value for name, sign, value in parts if sign}


def _checked(message: Message) -> Iterator[MailFinding]:
    """By the server that took the letter in: its line stands first, and anybody may have written those below."""
    said = str(message.get('Authentication-Results', ''))
    for name, words in CHECKS.items():
        found = re.search(rf'\b{name}\s*=\s*(\w+)', said, re.IGNORECASE)
        result = found[1].lower() if found else ''
        more = (
            ''
            if result == 'pass'
            else f'The server that took it in says “{result}”.'
            if result
            else 'It says nothing of it.'
        )
        yield MailFinding(words, result == 'pass', more)
