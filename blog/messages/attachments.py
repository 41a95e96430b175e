"""Files that come with messages: of few kinds, small, and what their names say."""

import re
from pathlib import PurePosixPath

from django.db.models import Sum

from blog.models import Attachment, Submission

MOST_BYTES = 10_000_000
MOST_IN_A_MESSAGE = 5
MOST_ON_A_SUBMISSION = 60_000_000

_ZIP = b'PK\x03\x04'
# How a file of each kind begins; nothing is said of plain text, which must only be text.
KINDS: dict[str, bytes] = {
    'pdf': b'%PDF-',
    'docx': _ZIP,
    'xlsx': _ZIP,
    'pptx': _ZIP,
    'odt': _ZIP,
    'ods': _ZIP,
    'png': b'\x89PNG\r\n\x1a\n',
    'jpg': b'\xff\xd8\xff',
    'jpeg': b'\xff\xd8\xff',
    'txt': b'',
    'csv': b'',
}
SERVED_AS = 'application/octet-stream'  # whatever it is: it is to be kept, never to be shown
IN_WORDS = 'PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text or CSV'


class RefusedAttachment(Exception):
    """Says in a sentence what is wrong with a file."""


def named(name: str) -> str:
    """As its sender called it: one line, no folder, nothing that a system reads otherwise than a person does."""
    last = PurePosixPath(name.replace('\\', '/')).name
    line = ' '.join(
        re.sub(r'[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]', ' ', last).split()
    )
    stem, dot, ending = line.lstrip('.').rpartition('.')
    return f'{stem[:100].strip()}.{ending.lower()}' if dot else line[:110]


def check(name: str, content: bytes) -> str:
    """Its name as it is kept. RefusedAttachment for what cannot be taken."""
    name = named(name)
    stem, _, ending = name.rpartition('.')
    if not stem or ending not in KINDS:
        raise RefusedAttachment(f'We cannot take “{name}”: send {IN_WORDS}, or put it into a PDF.')
    if not content:
        raise RefusedAttachment(f'“{name}” is empty.')
    if len(content) > MOST_BYTES:
        raise RefusedAttachment(f'“{name}” is larger than {MOST_BYTES // 1_000_000} MB.')
    begins = KINDS[ending]
    if not content.startswith(begins) or (not begins and b'\x00' in content[:100_000]):
        raise RefusedAttachment(f'“{name}” is not what its name says. Save it anew, or put it into a PDF.')
    if begins == _ZIP and b'vbaProject' in content:
        raise RefusedAttachment(f'“{name}” holds macros. Save it without them.')
    return name


def room_for(submission: Submission, size: int) -> bool:
    held = submission.attachments.aggregate(held=Sum('size'))['held'] or 0
    return held + size <= MOST_ON_A_SUBMISSION


def keep(submission: Submission, by, name: str, content: bytes) -> Attachment:
    """Until the message is sent it is its sender's alone; where the text is refused it need not be chosen again."""
    return Attachment.objects.create(
        submission=submission, by=by, name=name, size=len(content), content=content
    )
