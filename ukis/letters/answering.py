"""Where a letter is answered by email: a secret address of its reader and of what it is about, made as it is sent.
Only its hash is kept, as of any private link."""

import re
import secrets

from django.conf import settings

from ukis.letters.models import Letter, PrivateLink, hashed
from ukis.letters.subjects import subject_of

PURPOSE = 'answer by email: '
DAYS = 180
LONG = 32  # letters of a token, of either kind
# Parts of an address, also where a mail service has wrapped it into one of its own.
_RUN = re.compile(rf'[A-Za-z0-9_-]{{{LONG},}}')
_OF_ANSWERS = re.compile('[0-9a-fA-F]+')  # which may lose its case on the way
# What is signed in an address, as in `letter=4:Fq2…`: it fills in what its reader alone is to see.
_SIGNED = re.compile(r'(?<==)\w{1,20}(?::|%3[Aa])[\w:%-]{20,200}')


def takes_answers(letter: Letter) -> bool:
    return bool(settings.ANSWERS_TO and letter.answers)


def answers_to(letter: Letter) -> str:
    """As in `answers+0a1b…@example.org`; with no name before the @, `0a1b…@example.org`. Nothing where nobody reads
    what comes back."""
    about = letter.about if takes_answers(letter) else None
    if about is None:
        return ''
    token = secrets.token_hex(16)  # what stands before the @ may lose its case on the way
    PrivateLink.make(purpose=f'{PURPOSE}{letter.answers}', about=about, days=DAYS, letter=letter, token=token)
    name, _, host = settings.ANSWERS_TO.rpartition('@')
    return f'{name}+{token}@{host}' if name else f'{token}@{host}'


def without_secrets(text: str) -> str:
    """What somebody sends back that they had from us: a link in it that works is its reader's, and nobody else's."""
    text = _SIGNED.sub('…', text)
    found = {run[at : at + LONG] for run in _RUN.findall(text) for at in range(len(run) - LONG + 1)}
    tried: dict[str, list[str]] = {}
    for token in found:
        for known in {token, token.lower()} if _OF_ANSWERS.fullmatch(token) else {token}:
            tried.setdefault(hashed(known), []).append(token)
    hashes = sorted(tried)
    for at in range(0, len(hashes), 500):
        ours = PrivateLink.objects.filter(token_hash__in=hashes[at : at + 500])
        for kept in ours.values_list('token_hash', flat=True):
            for token in tried[kept]:
                text = text.replace(token, '…')
    return text


def who_reads(letter: Letter) -> str:
    """A sentence for the letter: who reads what is answered by email."""
    subject = subject_of(letter)
    return subject.answered.get(letter.answers, '') if subject and takes_answers(letter) else ''


def links_of(tokens: tuple[str, ...]) -> list[PrivateLink]:
    """Whose addresses these are, ended ones too."""
    rows = PrivateLink.objects.filter(token_hash__in=[hashed(token) for token in tokens])
    return list(rows.filter(purpose__startswith=PURPOSE).select_related('letter__to').order_by('pk'))


def letter_of(numbers: tuple[str, ...]) -> Letter | None:
    """The letter of ours with one of these Message-IDs that could be answered by email. It proves nothing: whoever was
    sent a copy knows them."""
    found = {one.message_id: one for one in Letter.objects.filter(message_id__in=numbers).exclude(answers='')}
    return next((found[number] for number in numbers if number in found), None)


def answered_by(link: PrivateLink) -> str:
    """What its letter says of where an answer goes."""
    return link.purpose.removeprefix(PURPOSE)
