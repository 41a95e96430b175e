"""What letters are about: who of the staff may not read them, where staff look at the row, and what the row
must hear of its letters.

Filled by the apps, so that the outbox names none of them.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model, Q
from django.utils.safestring import SafeString

from ukis.letters.models import Letter

log = logging.getLogger(__name__)

type Hears = Callable[[Letter], object]


@dataclass(frozen=True)
class Foot:
    """A line at the foot of a letter, and the page to which its link leads; the link is about the letter itself.
    `one_click`: the page that ends such letters by one POST with the same token, for the mail program's own button."""

    words: str
    view: str
    purpose: str
    days: int
    one_click: str = ''


@dataclass(frozen=True)
class Inset:
    """What stands in the place of INSET, as plain text and as safe HTML, and what all its HTML wears."""

    text: str
    html: SafeString
    style: SafeString


@dataclass(frozen=True)
class Subject:
    """One kind of row. `kept_from` gives, for a member of staff, the letters that are not theirs to read.

    The four that hear of a letter are called with it as it now stands, in the transaction that makes it so:
    what they write stands or falls with it. `lock` takes the row itself (select_for_update) and is
    called before the letter is locked, for whoever moves the row comes to its letters second.
    """

    kept_from: Callable[[Any], Q]
    page: Callable[[Model], str]
    lock: Hears | None = None
    changed: Hears | None = None  # staff gave it other words; `letter.note` holds in all that share its note
    left: Hears | None = None  # the mail server took it: its reader has been told
    recalled: Hears | None = None  # it will never be sent
    given_up: Hears | None = None  # it could not be sent, and will not be tried again by itself
    unwanted: Hears | None = None  # its reader called it unwanted, by their mail program's button
    # Why it must not leave any more, in a sentence, or nothing: asked in the transaction in which a worker takes
    # it, with what it is about locked, for it may have waited for days. It writes nothing; `recalled` hears of it.
    overtaken: Callable[[Letter], str] | None = None
    # Until when it waits, where its reader is not to have it yet: asked at the same moment, of one that is still true.
    put_off: Callable[[Letter], datetime | None] | None = None
    # What its variables print by now, of one that is still true and may have waited for days: asked at that moment.
    values: Callable[[Letter], dict[str, str | int] | None] | None = None
    # Others that were written with it and have not gone: whoever recalls one alone is told of them.
    beside: Callable[[Letter], Iterable[Letter]] | None = None
    # What goes with it, made anew each time it is sent: (name of the file, what it holds, its type).
    enclosed: Callable[[Letter], list[tuple[str, bytes, str]]] | None = None
    # Long words that many letters share, made as each is sent so that the outbox need not hold them for every reader.
    inset: Callable[[Letter], Inset | None] | None = None
    # It may have arrived, and nobody knows: such a letter is not repeated by itself, it waits for staff to decide.
    doubted: Hears | None = None
    # A private link under its words, where its reader may want another thing than what the letter asks.
    foot: Callable[[Letter], 'Foot | None'] | None = None
    # Why its reader gets it, in a sentence at its foot, or nothing: asked as it leaves.
    why: Callable[[Letter], str] | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)  # each kind of letter about it, in words
    # Who reads what is answered to them by email, each as a sentence in the letter.
    answered: Mapping[str, str] = field(default_factory=dict)
    # Kinds of them that their reader can do without and so refuse, each by which of their choices. All others are
    # service: what somebody asked for, owes, decided or must know of.
    refusable: Mapping[str, str] = field(default_factory=dict)
    # Kinds for which whoever reads an address has just asked, and whose link shows that they do: these go there even
    # where others came back.
    proving: frozenset[str] = frozenset()


SUBJECTS: dict[str, Subject] = {}
# Of each kind: when it goes, and to whom, as a sentence for whoever edits its words.
_occasions: dict[str, str] = {}


def register_subject(model: str, subject: Subject) -> None:
    """Called from `AppConfig.ready()`; `model` is its label in lower case: 'blog.submission'."""
    SUBJECTS[model] = subject


def kinds() -> dict[str, str]:
    """Every kind of letter there is, in words."""
    return {kind: words for subject in SUBJECTS.values() for kind, words in subject.kinds.items()}


def register_occasions(sentences: Mapping[str, str]) -> None:
    """Called from `AppConfig.ready()`."""
    _occasions.update(sentences)


def occasion_of(kind: str) -> str:
    return _occasions.get(kind, '')


def kept_from(person: Any) -> Q:
    """Which letters are not for this person to read, though they look after the outbox."""
    kept = Q(pk__in=[])
    for subject in SUBJECTS.values():
        kept |= subject.kept_from(person)
    return kept


def refusable() -> dict[str, str]:
    """Every kind of letter that can be refused, by which choice of its reader."""
    return {kind: choice for subject in SUBJECTS.values() for kind, choice in subject.refusable.items()}


def proving() -> set[str]:
    return {kind for subject in SUBJECTS.values() for kind in subject.proving}


def subject_of(letter: Letter) -> Subject | None:
    kind = ContentType.objects.get_for_id(letter.content_type_id)
    return SUBJECTS.get(f'{kind.app_label}.{kind.model}')


def lock_subject(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.lock:
        subject.lock(letter)


def lock_subjects(letters: Iterable[Letter]) -> None:
    """By the kinds' names: whoever moves an application comes to its membership second."""
    for letter in sorted(letters, key=_place):
        lock_subject(letter)


def _place(letter: Letter) -> tuple[str, int]:
    return ContentType.objects.get_for_id(letter.content_type_id).model, letter.object_id


def beside(letter: Letter) -> list[Letter]:
    subject = subject_of(letter)
    return list(subject.beside(letter)) if subject and subject.beside else []


def enclosed_with(letter: Letter) -> list[tuple[str, bytes, str]]:
    subject = subject_of(letter)
    return subject.enclosed(letter) if subject and subject.enclosed else []


def foot_of(letter: Letter) -> Foot | None:
    subject = subject_of(letter)
    return subject.foot(letter) if subject and subject.foot else None


def why_of(letter: Letter) -> str:
    subject = subject_of(letter)
    return subject.why(letter) if subject and subject.why else ''


def inset_of(letter: Letter) -> Inset | None:
    subject = subject_of(letter)
    return subject.inset(letter) if subject and subject.inset else None


def is_not_repeated(letter: Letter) -> bool:
    """Whether it waits for staff where it may have arrived."""
    subject = subject_of(letter)
    return subject is not None and subject.doubted is not None


def tell_doubted(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.doubted:
        subject.doubted(letter)


def why_overtaken(letter: Letter) -> str:
    """Why it must not leave any more; '' where it may. Takes in hand what the letter is about."""
    subject = subject_of(letter)
    return (_asked(letter, subject.overtaken) if subject and subject.overtaken else None) or ''


def put_off_until(letter: Letter) -> datetime | None:
    subject = subject_of(letter)
    return _asked(letter, subject.put_off) if subject and subject.put_off else None


def values_now(letter: Letter) -> dict[str, str | int] | None:
    """Nothing for letters that say what they said when they were written."""
    subject = subject_of(letter)
    return _asked(letter, subject.values) if subject and subject.values else None


def _asked[Answer](letter: Letter, ask: Callable[[Letter], Answer]) -> Answer | None:
    try:
        with transaction.atomic():
            lock_subject(letter)
            return ask(letter)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception('Whether letter %s may leave could not be asked; it leaves as it is', letter.pk)
        return None


def tell_changed(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.changed:
        subject.changed(letter)


def tell_recalled(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.recalled:
        subject.recalled(letter)


def tell_given_up(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.given_up:
        subject.given_up(letter)


def tell_unwanted(letter: Letter) -> None:
    subject = subject_of(letter)
    if subject and subject.unwanted:
        subject.unwanted(letter)


def tell_left(letter: Letter) -> bool:
    """Whether what it is about has heard. What fails there must not make a letter that left one that did not."""
    subject = subject_of(letter)
    if not subject or not subject.left:
        return True
    try:
        with transaction.atomic():
            subject.left(letter)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception('Letter %s left, and what it is about could not hear of it', letter.pk)
        return False
    return True
