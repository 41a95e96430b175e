"""What a mail server writes when a letter could not be delivered (RFC 3464), or when its reader called it unwanted
(RFC 5965), and what it means for the address.

Whatever it is, it is read: broken, huge, in no known form. What is no such report means nothing: an answer from
somebody on holiday has the same headers.
"""

import email
import re
from dataclasses import dataclass
from email.message import Message

from django.db import models

# A report stands at the beginning; the letter that it sends back may follow at any length.
MOST_BYTES = 256_000
MOST_SAID = 2_000
_STATUS = re.compile(r'\b([245])\.(\d{1,3})\.(\d{1,3})\b')
_CODE = re.compile(r'\b([245]\d\d)\b')
# What readers' mail services pass on as unwanted. Others are of viruses, or that a letter is wanted after all.
_UNWANTED = ('abuse', 'fraud', 'opt-out', 'opt-out-list')
# Where a server puts down for whom a message came in.
_TO = ('delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to')


class Meaning(models.TextChoices):
    DEAD = 'dead', 'Nobody has this address, or it takes no letters'
    SOFT = 'soft', 'The mailbox is full, or its server is away'
    OTHER = 'other', 'The server refused this letter or its sender'
    UNWANTED = 'unwanted', 'Its reader called it unwanted'


@dataclass(frozen=True)
class Report:
    to: str  # for whom it came in: the return path among others
    verdict: Meaning
    says: str
    message_id: str = ''  # of the letter that its reader called unwanted


def judge(status: str, code: str = '') -> Meaning:
    """By the extended status (RFC 3463), by the reply's code where there is none that says anything."""
    kind, subject, detail = (_STATUS.search(status) or _STATUS.search('5.0.0')).groups()  # type: ignore[union-attr]
    if kind != '5':
        return Meaning.SOFT
    match subject, detail:
        case ('0', _):
            return _by_code(code)
        case ('1', '7' | '8'):  # the sender's address
            return Meaning.OTHER
        case ('1', _) | ('2', '1') | ('4', '1' | '4' | '310'):
            return Meaning.DEAD
        case ('2' | '3' | '4', _):
            return Meaning.SOFT
        case _:
            return Meaning.OTHER


def _by_code(code: str) -> Meaning:
    if code in ('', '550', '551', '553'):
        return Meaning.DEAD if code else Meaning.SOFT
    return Meaning.SOFT if code == '552' or code.startswith('4') else Meaning.OTHER


def of_reply(code: int, words: str) -> Meaning:
    """What a mail server meant that refused while it was being told for whom a letter is."""
    if code < 500 or code == 530:
        return Meaning.OTHER
    found = _STATUS.search(words)
    return judge(found[0] if found else '5.0.0', str(code) if code != 554 else '550')


def read(raw: bytes) -> Report | None:
    """The report that this message is, or None: anything else, or one of a delay or a success."""
    message = email.message_from_bytes(raw[:MOST_BYTES])
    if feedback := _part(message, 'message/feedback-report'):
        return _unwanted(message, feedback)
    to = ' '.join(str(value) for name in _TO for value in message.get_all(name, []))
    for fields in _recipients(message):
        if str(fields.get('action', '')).strip().lower() == 'failed':
            said = ' '.join(str(fields.get('diagnostic-code', '')).split())
            code = _CODE.search(said)
            status = str(fields.get('status', ''))
            verdict = judge(status, code[0] if code else '')
            return Report(to, verdict, f'{status.strip()} {said}'.strip()[:MOST_SAID])
    return None


def _recipients(message: Message) -> list[Message]:
    """The part of a delivery report that speaks of whom it was for, a block each."""
    if message.get_content_type() != 'multipart/report':
        return []
    for part in message.walk():
        if part.get_content_type() == 'message/delivery-status':
            blocks = part.get_payload()
            return [one for one in blocks if isinstance(one, Message)] if isinstance(blocks, list) else []
    return []


def _unwanted(message: Message, feedback: Message) -> Report | None:
    """A complaint: of which letter stands in its fields and in the letter that it sends back, if only its head."""
    kind = str(feedback.get('feedback-type', '')).strip().lower()
    if kind not in _UNWANTED:
        return None
    ours = _part(message, 'message/rfc822') or _part(message, 'text/rfc822-headers') or Message()
    left_from = f'{feedback.get("original-mail-from", "")} {ours.get("return-path", "")}'
    told_by = str(feedback.get('user-agent', '')).strip()
    says = ' '.join(f'{kind} {told_by}'.split())[:MOST_SAID]
    return Report(left_from, Meaning.UNWANTED, says, str(ours.get('message-id', '')).strip())


def _part(message: Message, kind: str) -> Message | None:
    """The fields in a part of a report that is one block of them."""
    parts = message.get_payload()
    if message.get_content_type() != 'multipart/report' or not isinstance(parts, list):
        return None
    for part in parts:
        if isinstance(part, Message) and part.get_content_type() == kind:
            inside = part.get_payload()
            if isinstance(inside, list):
                return next((one for one in inside if isinstance(one, Message)), None)
            return email.message_from_string(str(inside))
    return None
