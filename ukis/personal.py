"""Who holds what of a person: each app says it once for each kind of row. `My data` gives it out, and `ukis.erasing`
does with it what is said here when the person asks to be forgotten.

A test fails where a row points at a person and nobody said so, or not what erasure does with it.
"""

import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import IO, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils.text import slugify

from ukis import counting, tables
from ukis.letters import forgetting, queueing


class Fate(StrEnum):
    """What erasure does with a kind of row, as the preview says it."""

    DELETED = 'deleted'
    ANONYMISED = 'anonymised'
    KEPT = 'kept'


@dataclass(frozen=True)
class Leaving:
    """Somebody who is being erased, as they were known until then. `choice` is theirs for what is in print."""

    person: Any
    choice: str
    at: datetime
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    of_staff: bool  # or was, until they were erased
    # Pictures that may be nobody's any more, and posts of which they ask that they be taken down.
    pictures: set[int] = field(default_factory=set)
    asked_down: list[str] = field(default_factory=list)

    def unnamed(self, text: str, *also: str) -> str:
        """The text without their names and addresses, and without those of `also`: whole words, and no parts of
        others."""
        names = [name for name in (*self.addresses, *self.names, *also) if name]
        if not any(name in text for name in names):
            return text
        return re.sub(rf'(?<!\w)(?:{"|".join(map(re.escape, names))})(?!\w)', forgetting.FORMER, text)


@dataclass(frozen=True)
class OnErasure:
    """`why` in words, for the preview. `blanks`: columns, and what stands in them afterwards. `by` does it where
    neither a deletion nor columns are enough: a verb, called with `Leaving`."""

    fate: Fate
    why: str
    blanks: Mapping[str, Any] = field(default_factory=dict)
    by: Callable[[Leaving], object] | None = None


def deleted(why: str, by: Callable[[Leaving], object] | None = None) -> OnErasure:
    return OnErasure(Fate.DELETED, why, by=by)


def anonymised(
    why: str, blanks: Mapping[str, Any] | None = None, by: Callable[[Leaving], object] | None = None
) -> OnErasure:
    return OnErasure(Fate.ANONYMISED, why, blanks or {}, by)


def kept(why: str) -> OnErasure:
    return OnErasure(Fate.KEPT, why)


@dataclass(frozen=True)
class Holding:
    """One kind of row about a person.

    `keys` are its columns that lead to a person; `columns` what is given out, as paths ('membership__number'). `rows`
    narrows where a key alone does not say whose a row is; `known`, to what they may know of by now. Where nothing is
    given out (`columns` empty), `why` says so: that somebody of the staff did a thing is no more than their name beside
    it. `erasure`: what becomes of the rows.
    """

    model: str
    words: str
    keys: tuple[str, ...]
    columns: tuple[str, ...] = ()
    why: str = ''
    rows: Callable[[Any], QuerySet[Any]] | None = None
    known: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    erasure: OnErasure | None = None

    def of(self, person: Model) -> QuerySet[Any]:
        if self.rows is not None:
            return self.rows(person)
        model: Any = apps.get_model(self.model)
        found = model._base_manager.none()
        for key in self.keys:
            found = found | model._base_manager.filter(**{key: person})
        return found.order_by('pk')

    def given_out(self, person: Model) -> QuerySet[Any]:
        return self.known(self.of(person)) if self.known else self.of(person)


@dataclass(frozen=True)
class OwnDocument:
    """A file that goes with somebody's data: a post of theirs, a picture."""

    path: str
    content: bytes


_holdings: list[Holding] = []
_documents: list[Callable[[Any], Iterable[OwnDocument]]] = []


def register(*holdings: Holding) -> None:
    _holdings.extend(holdings)


def register_documents(documents: Callable[[Any], Iterable[OwnDocument]]) -> None:
    _documents.append(documents)


def holdings() -> list[Holding]:
    return list(_holdings)


def not_answered_for() -> set[str]:
    """Columns that lead to a person and of which nobody said what is given out: 'app.model.column'."""
    said = {f'{one.model}.{key}' for one in _holdings for key in one.keys}
    person = get_user_model()
    there = {
        f'{relation.field.model._meta.label_lower}.{relation.field.name}'
        for relation in person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and hasattr(relation, 'field')
    }
    return there - said


def not_erased() -> set[str]:
    """Kinds of rows of which nobody said what erasure does with them: 'app.model (words)'."""
    return {f'{one.model} ({one.words})' for one in _holdings if one.erasure is None}


@dataclass(frozen=True)
class HeldRows:
    words: str
    count: int


def what_is_held(person: Model) -> list[HeldRows]:
    """How much of each kind, in the order in which it is given out; what there is none of is left out."""
    given_out = [one for one in _holdings if one.columns]
    found = counting.counts([one.given_out(person) for one in given_out])
    held: dict[str, int] = {}
    for one, count in zip(given_out, found, strict=True):
        held[one.words] = held.get(one.words, 0) + count
    return [HeldRows(words, count) for words, count in held.items() if count]


def archive(person: Model) -> IO[bytes]:
    """A ZIP of all of it: `data.json`, a CSV for each kind of row, and the documents. At its beginning, to be read."""
    file = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115  # closed with the answer
    everything: dict[str, list[dict[str, Any]]] = {}
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as packed:
        for one in _holdings:
            if not one.columns:
                continue
            found = list(one.given_out(person).values(*one.columns))
            everything[one.words] = everything.get(one.words, []) + found
        for words, found in everything.items():
            if found:
                packed.writestr(f'{slugify(words)}.csv', _csv(found))
        packed.writestr(
            'data.json', json.dumps(everything, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
        )
        for documents in _documents:
            for document in documents(person):
                packed.writestr(document.path, document.content)
    file.seek(0)
    return file


def _csv(rows: list[dict[str, Any]]) -> bytes:
    head = list(rows[0])
    return b''.join(tables.as_csv(head, ([_plain(row.get(name)) for name in head] for row in rows)))


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _of_addresses(model: str, column: str, person: Any) -> QuerySet[Any]:
    """Rows that name an address which this person has confirmed, in small letters."""
    found = person.emailaddress_set.filter(verified=True).values_list('email', flat=True)
    rows: Any = apps.get_model('ukis', model)._base_manager
    return rows.filter(**{f'{column}__in': [address.lower() for address in found]}).order_by('pk')


# What the cellar itself holds.
register(
    Holding(
        'ukis.letter',
        'Letters to you',
        ('to',),
        columns=('kind', 'to_address', 'subject', 'body', 'note', 'state', 'queued_at', 'sent_at'),
        known=queueing.that_left,
        erasure=anonymised(
            'Address and words go; that a letter of this kind was sent stays. One that waits is not sent.',
            by=forgetting.forget,
        ),
    ),
    Holding(
        'ukis.letter',
        'Letters about what you did',
        ('by',),
        why='Whose act a letter told of.',
        erasure=anonymised('Your words in letters to others go; of what you wrote as staff, your name.'),
    ),
    Holding(
        'ukis.suppressedaddress',
        'Addresses to which we do not write',
        (),
        columns=('address', 'scope', 'reason', 'since', 'lifted_at', 'lifted_why'),
        rows=lambda person: _of_addresses('suppressedaddress', 'address', person),
        erasure=kept('So that no letter goes there again, whoever asks for one.'),
    ),
    Holding(
        'ukis.consent',
        'What you said to letters',
        ('person',),
        columns=('address', 'choice', 'agreed', 'wording', 'form', 'source', 'at'),
        erasure=deleted('Nothing is sent to you any more.'),
    ),
    Holding(
        'ukis.bounce',
        'Letters to you that came back',
        (),
        columns=('address', 'verdict', 'says', 'at'),
        rows=lambda person: _of_addresses('bounce', 'address', person),
        erasure=deleted('With the letters they are about.'),
    ),
    Holding(
        'ukis.suppressedaddress',
        'What you did here',
        ('by', 'lifted_by'),
        why='Who of the staff wrote it down or lifted it.',
        erasure=kept('The record stays whole; who did it reads “Former member”.'),
    ),
    Holding(
        'ukis.lettertext',
        'What you did here',
        ('by',),
        why='Who of the staff edited what a letter says.',
        erasure=kept('The history stays whole; who did it reads “Former member”.'),
    ),
    Holding(
        'ukis.pageversion',
        'What you did here',
        ('made_by', 'published_by'),
        why='Who of the staff wrote or published a page of the site.',
        erasure=kept('The history stays whole; who did it reads “Former member”.'),
    ),
    Holding(
        'ukis.statementreview',
        'What you did here',
        ('by',),
        why='Who of the staff went through the accessibility statement.',
        erasure=kept('The record stays whole; who did it reads “Former member”.'),
    ),
    Holding(
        'ukis.mailpause',
        'What you did here',
        ('by', 'ended_by'),
        why='Who of the staff paused all mail or ended it.',
        erasure=kept('The record stays whole; who did it reads “Former member”.'),
    ),
    Holding(
        'ukis.buffer',
        'What you typed and did not send',
        ('writer',),
        columns=('form', 'page', 'fields', 'kept_at'),
        erasure=deleted('Nobody else has ever seen it.'),
    ),
    Holding(
        'ukis.picture',
        'Pictures you uploaded',
        ('uploaded_by',),
        columns=('file', 'width', 'height', 'made_at'),
        erasure=anonymised(
            'Those that nothing shows any more are deleted; others stay where they are shown.'
        ),
    ),
)
