"""The index as it is kept: what each kind of thing says of itself is written where the thing is, in the transaction
that changes it, and taken out where it is not to be found any more.

Nothing of a thing is trusted that was read before its row was held: `texts` holds the rows that it reads.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from ukis.search import gathering, on_postgresql, on_sqlite, weighing
from ukis.search.models import KIND_BITS, MOST_ROWS, ROW_BITS, Document, Form, SearchState, ToWriteAnew, Word
from ukis.search.sought import LONG
from ukis.search.words import EDGE, in_words, stems

EVERYBODY = 'everybody'
AT_ONCE = 50


@dataclass(frozen=True)
class Text:
    """Of one row, in plain text. `facets` are words of letters and digits: by them a search is narrowed."""

    row: int
    title: str
    at: datetime | None = None
    language: str = 'en-GB'
    lead: str = ''
    tags: Collection[str] = ()
    names: Collection[str] = ()
    body: str = ''
    facets: Collection[str] = ()


@dataclass(frozen=True)
class KindOfDocument:
    """`texts`: of these rows those that are to be found, each held and as it stands. `rows`: all that are to be found.
    `visible`: of these rows those that everybody may see now; None where the index itself is always right."""

    number: int
    model: str  # its label
    name: str
    texts: Callable[[Collection[int]], Iterable[Text]]
    rows: Callable[[], QuerySet[Any]]
    visible: Callable[[Collection[int]], Collection[int]] | None = None
    for_everybody: bool = True
    dated: bool = True
    # Written with what changes it, in one transaction; otherwise as soon as that stands.
    at_once: bool = True
    # Of its model, where others that are saved change nothing of it.
    columns: frozenset[str] = frozenset()
    # The letter of the facet by which others are marked that have its names among their words.
    names_others: str = ''
    is_of_names: bool = False
    facets: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        own = (f'k{self.number}',)
        object.__setattr__(self, 'facets', (*own, EVERYBODY) if self.for_everybody else own)

    @property
    def facet(self) -> str:
        return self.facets[0]

    def keep(self, rows: Iterable[int]) -> None:
        """In the transaction that changed them."""
        some = set(rows)
        if not gathering.gathers(self._keep_now, some):
            self._keep_now(some)

    def _keep_now(self, rows: Collection[int]) -> None:
        for some in batched(sorted(rows), AT_ONCE):
            _keep(self, some)

    def keep_soon(self, rows: Iterable[int]) -> None:
        """Once what was changed stands; should that be the last thing a process does, the clock comes by."""
        some = set(rows)
        if not gathering.gathers(self._keep_after, some):
            self._keep_after(some)

    def _keep_after(self, rows: Collection[int]) -> None:
        transaction.on_commit(lambda: self.keep(rows), robust=True)

    def drop(self, rows: Iterable[int]) -> None:
        for some in batched(sorted(set(rows)), AT_ONCE):
            _write(self, some, [])

    def astray(self) -> set[int]:
        """What is there and should not be, and the other way round."""
        return set(self.rows()) ^ set(_of(self))

    def settle(self) -> None:
        """What is astray; of what others change untold, all of it."""
        self.keep(self.astray() if self.at_once else {*self.rows(), *_of(self)})


KINDS: dict[int, KindOfDocument] = {}


def register(kind: KindOfDocument) -> KindOfDocument:
    KINDS[kind.number] = kind
    return kind


def changed(model: str, rows: Iterable[int]) -> None:
    """Said by whatever writes rows of a model, in its transaction; those of which nothing is looked for do no harm."""
    for kind in KINDS.values():
        if kind.model == model:
            (kind.keep if kind.at_once else kind.keep_soon)(rows)


def saved(row: Any, columns: Iterable[str] | None) -> None:
    """After any row of such a model was saved: these columns, or all."""
    for kind in KINDS.values():
        if kind.model == row._meta.label_lower and not (
            columns and kind.columns and kind.columns.isdisjoint(columns)
        ):
            (kind.keep if kind.at_once else kind.keep_soon)([row.pk])


def body() -> ModuleType:
    return on_postgresql if connection.vendor == 'postgresql' else on_sqlite


def key_of(kind: KindOfDocument, row: int, at: datetime | None) -> int:
    seconds = max(0, int(at.timestamp())) if at else 0
    return (seconds << (ROW_BITS + KIND_BITS)) | ((row % MOST_ROWS) << KIND_BITS) | kind.number


def row_of(key: int) -> int:
    return (key >> KIND_BITS) & (MOST_ROWS - 1)


def kind_of(key: int) -> int:
    return key & ((1 << KIND_BITS) - 1)


def _of(kind: KindOfDocument) -> QuerySet[Any]:
    return Document.objects.filter(kind=kind.number).order_by().values_list('row', flat=True)


def _keep(kind: KindOfDocument, rows: Collection[int]) -> None:
    with transaction.atomic():
        _write(kind, rows, [document(kind, text) for text in kind.texts(rows)])


def _write(kind: KindOfDocument, rows: Collection[int], new: list[Document]) -> None:
    with transaction.atomic():
        if kind.for_everybody:
            # Words are counted by one at a time: from here to the end of the transaction.
            state = SearchState.objects.select_for_update().get_or_create(pk=1)[0]
        old = {one.row: one for one in Document.objects.filter(kind=kind.number, row__in=rows)}
        new = [one for one in new if not _took_the_same(one, old)]
        if kind.for_everybody:
            counts: Counter[tuple[int, str]] = Counter()
            for one in new:
                counts.update(counted(one))
            for one in old.values():
                counts.subtract(counted(one))
            _count(counts)
            if len(new) != len(old):
                documents = F('documents') + len(new) - len(old)
                SearchState.objects.filter(pk=state.pk).update(documents=documents)
        if kind.names_others:
            _follow(kind, {one.row: one.first for one in new}, old)
        Document.objects.filter(pk__in=[one.pk for one in old.values()]).delete()
        if new:
            body().write(new)


def _follow(kind: KindOfDocument, names: dict[int, str], old: dict[int, Document]) -> None:
    """Of each whose names are others now; once, where nobody has begun to go through those that have the old ones."""
    facets = {f'{kind.names_others}{row}' for row, was in old.items() if was.first != names.get(row)}
    if facets:
        begun = ToWriteAnew.objects.filter(facet__in=facets, after=-1, once_more=True)
        facets -= set(begun.values_list('facet', flat=True))
        ToWriteAnew.objects.bulk_create(ToWriteAnew(facet=facet) for facet in sorted(facets))


def _took_the_same(one: Document, old: dict[int, Document]) -> bool:
    """What stands there as it should is left alone."""
    same = one.row in old and said(old[one.row]) == said(one)
    if same:
        del old[one.row]
    return same


def document(kind: KindOfDocument, text: Text) -> Document:
    fields = (
        (weighing.TITLE, [text.title]),
        (weighing.LEAD, [text.lead]),
        (weighing.TAGS, text.tags),
        (weighing.NAMES, text.names),
    )
    counted: Counter[int] = Counter()
    first: list[str] = []
    first_joined: list[str] = []
    for weight, texts in fields:
        for one in texts:
            words, joined = in_words(one)
            first += [*words, EDGE]
            first_joined += joined
            _weigh(counted, [*words, *joined], weight, text.language)
    rest, joined = in_words(text.body)
    _weigh(counted, [*rest, *joined], weighing.BODY, text.language)
    first, rest = [*first, *first_joined], [*rest, EDGE, *joined]
    of_first = {stems(word, text.language) for word in first if word != EDGE}
    of_all = of_first | {stems(word, text.language) for word in rest if word != EDGE}
    facets = [*kind.facets, *text.facets]
    if max(len(first), len(rest)) > on_postgresql.LAST_PLACE or _is_repetitive(rest):
        facets.append(LONG)
    return Document(
        key=key_of(kind, text.row, text.at),
        kind=kind.number,
        row=text.row,
        language=text.language,
        first=' '.join(first),
        rest=' '.join(rest),
        first_stems=' '.join(sorted(of_first)),
        stems=' '.join(sorted(of_all)),
        facets=' '.join(facets),
        weights=weighing.packed(counted, len(first) + len(rest)),
    )


def _weigh(counted: Counter[int], words: list[str], weight: int, language: str) -> None:
    for word, times in Counter(words).items():
        counted[weighing.word_hash(word)] += weight * times
        counted[weighing.stem_hash(stems(word, language))] += weight * times


def _is_repetitive(words: list[str]) -> bool:
    most = on_postgresql.MOST_PLACES - 1
    return len(words) > most and max(Counter(words).values()) > most


def counted(one: Document) -> set[tuple[int, str]]:
    words = {*one.first.split(), *one.rest.split()} - {EDGE}
    of_all = {stems(word, one.language) for word in words}
    return {(Form.WORD.value, word) for word in words} | {(Form.STEM.value, stem) for stem in of_all}


def _count(counts: Counter[tuple[int, str]]) -> None:
    changes = sorted((form, word, change) for (form, word), change in counts.items() if change)
    if not changes:
        return
    body().count_words(changes)
    gone = [word for _, word, change in changes if change < 0]
    for some in batched(gone, 500):
        Word.objects.filter(word__in=some, documents=0).delete()


def said(one: Document | None) -> tuple[Any, ...] | None:
    if one is None:
        return None
    return (one.key, one.first, one.rest, one.facets, bytes(one.weights), one.language)
