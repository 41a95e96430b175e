"""Reading a document that somebody sent: a look at it here, all else in a process of its own, bounded in every way."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ukis import markup
from ukis.documents import telling
from ukis.documents.mapping import ADDRESS, Mapped
from ukis.documents.refused import (
    DAMAGED,
    EMPTY,
    LOCK_FILE,
    LOCKED,
    OLD_WORD,
    OTHER_KIND,
    SHORTCUT,
    TOO_MUCH,
    NoTurn,
    RefusedDocument,
)
from ukis.pictures.intake import MAX_BYTES  # of any file: what a form's file is kept to while it is read

PATIENCE = 45.0  # seconds: what the child is given, waiting for the processor included
AT_ONCE = 2
_ROOT = Path(__file__).resolve().parents[2]
_turns = threading.BoundedSemaphore(AT_ONCE)
_COMPOUND, _ZIP = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', b'PK'
_SHORTCUTS = ('.gdoc', '.gdocx', '.url', '.webloc', '.lnk')
_IMG = re.compile(rf'<img src="{ADDRESS}(\d+)"[^>]*>')


@dataclass(frozen=True)
class DocumentPicture:
    """In the text it stands under `address` until it is taken in."""

    address: str
    content: bytes
    alt: str
    decorative: bool


@dataclass(frozen=True)
class StillHeld:
    """What the file itself still holds, whatever was read of it."""

    deletions: int = 0
    deleted_words: int = 0
    hidden: int = 0
    comments: tuple[tuple[str, int], ...] = ()  # by whom, how many
    names: tuple[str, ...] = ()
    files: int = 0

    @property
    def sentences(self) -> list[str]:
        said = []
        if self.deletions:
            words = telling.number(self.deleted_words)
            said.append(f'{_count(self.deletions, "deleted passage")} ({words}) can still be read in it.')
        if self.hidden:
            said.append(f'{_count(self.hidden, "hidden passage")} can still be read in it.')
        if self.comments:
            number = sum(count for _, count in self.comments)
            said.append(
                f'{_count(number, "comment")}, by {_listed(name or "nobody named" for name, _ in self.comments)}.'
            )
        if self.names:
            said.append(f'Names of people and organisations who made or changed it: {_listed(self.names)}.')
        if self.files:
            said.append(f'{_count(self.files, "other file")} inside it, whole.')
        return said


@dataclass(frozen=True)
class DocumentRead:
    html: str  # in our own markup, clean
    references: str
    title: str
    standfirst: str
    language: str  # as the document says, 'cy-GB'; '' where it does not
    pictures: tuple[DocumentPicture, ...]
    told: tuple[str, ...]
    held: StillHeld
    digest: str  # of the file


def read(source: bytes, name: str) -> DocumentRead:
    """The words of a .docx, with all changes accepted. Raises RefusedDocument."""
    look_at(source, name)
    if not _turns.acquire(blocking=False):
        raise NoTurn
    try:
        answer = _asked(source)
    finally:
        _turns.release()
    if refused := answer.get('refused'):
        raise RefusedDocument(refused)
    try:
        return _made(answer, hashlib.sha256(source).hexdigest())
    except ValueError as too_long:
        raise RefusedDocument(str(too_long)) from None


def look_at(source: bytes, name: str) -> None:
    """Refuses what is known by its name or its first bytes."""
    if name.startswith('~$'):
        raise RefusedDocument(LOCK_FILE)
    if name.lower().endswith(_SHORTCUTS) or re.match(rb'\s*\{[^}]*"(doc_id|url)"', source[:2000]):
        raise RefusedDocument(SHORTCUT)
    if not source.strip(b'\0 \r\n\t'):
        raise RefusedDocument(EMPTY)
    if len(source) > MAX_BYTES:
        raise RefusedDocument(
            f'The document is larger than {MAX_BYTES // 1_000_000} MB. Make its pictures smaller (Word: “Compress '
            'Pictures”), or take them out and add them here, and choose it again.'
        )
    if source.startswith(_COMPOUND):
        raise RefusedDocument(LOCKED if 'EncryptedPackage'.encode('utf-16-le') in source else OLD_WORD)
    if not source.startswith(_ZIP):
        raise RefusedDocument(OTHER_KIND)


def _asked(source: bytes) -> dict[str, Any]:
    """What the child says. It gets the file and nothing else of ours: no environment, no secrets."""
    try:
        child = subprocess.run(
            [sys.executable, '-m', 'ukis.documents.child'],
            input=source,
            capture_output=True,
            cwd=_ROOT,
            env={'PYTHONDONTWRITEBYTECODE': '1', 'PYTHONUTF8': '1'},
            timeout=PATIENCE,
            check=False,
        )
        answer = json.loads(child.stdout) if child.returncode == 0 else {'refused': TOO_MUCH}
    except subprocess.TimeoutExpired:
        return {'refused': TOO_MUCH}
    except ValueError:
        return {'refused': DAMAGED}
    return answer if isinstance(answer, dict) else {'refused': DAMAGED}


def _made(answer: dict[str, Any], digest: str) -> DocumentRead:
    mapped = Mapped(answer['html'], answer['paragraphs'], answer['pictures'])
    answer['counts'] = Counter(answer['counts']) + mapped.counts
    answer['words'] |= mapped.words
    body, references = markup.shaped(mapped.body), markup.shaped(mapped.references)
    language = _language(answer)
    return DocumentRead(
        html=body.html,
        references=references.html,
        title=mapped.title,
        standfirst=mapped.standfirst,
        language=language,
        pictures=tuple(
            DocumentPicture(
                f'{ADDRESS}{number}', base64.b64decode(one['content']), one['alt'], one['decorative']
            )
            for number, one in enumerate(answer['pictures'])
        ),
        told=tuple(
            telling.sentences(
                answer,
                body.told + references.told,
                [mapped.title, mapped.standfirst],
                [body.html, references.html],
            )
        ),
        held=StillHeld(**answer['held'] | {
            'comments': tuple(answer['held']['comments'].items()), 'names': tuple(answer['held']['names'])
        }),
        digest=digest,
    )  # fmt: skip


def _language(answer: dict[str, Any]) -> str:
    """That of most words. Others are told, for our markup has no place for them."""
    words: dict[str, int] = {}
    for language, count in answer['languages'].items():
        base = language.split('-')[0].lower()
        words[base] = words.get(base, 0) + count
    main = max(words, key=words.__getitem__, default='')
    others = [base for base, count in words.items() if base != main and count]
    answer['counts']['another language'] = len(others)
    answer['examples']['another language'] = others
    return next((one for one in answer['languages'] if one.split('-')[0].lower() == main), '')


def with_pictures(html: str, addresses: dict[str, str], why: str = 'it could not be read') -> str:
    """The text with each picture under the address at which it lies now, or the place where it stood."""

    def put(tag: re.Match[str]) -> str:
        before = f'{ADDRESS}{tag[1]}'
        if address := addresses.get(before):
            return tag[0].replace(f'src="{before}"', f'src="{address}"')
        return f'[Picture left out: {why}]'

    return markup.clean(_IMG.sub(put, html))


def _count(number: int, noun: str) -> str:
    return f'{number:,} {noun}{"" if number == 1 else "s"}'


def _listed(names: Any) -> str:
    return ', '.join(names)
