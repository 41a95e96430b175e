"""What the registers have in common: columns, how a row of a file finds its own, how one is judged and written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet

from members.exchange.cells import Column, Refused
from members.exchange.sheets import FileRow
from members.models import Membership, Person
from ukis import engine

KEY = 'Key'


class Exchanged:
    """One kind of row. `find` gives, for lines in their order, the row of each, None where it is new, or why not."""

    name: str
    words: str
    model: Any
    columns: Sequence[Column]
    # What is asked of a whole row beside its fields: the verb's own rules.
    unasked: Sequence[str] = ()
    # Whether its verbs write all of the history, or of which columns they do.
    notes_itself = False
    noted_by_verbs: Sequence[str] = ()

    def rows(self) -> QuerySet[Any]:
        """All that is exported, with what hangs on it."""
        raise NotImplementedError

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        raise NotImplementedError

    def begin(self, values: dict[str, Any]) -> Model:
        """A new row, not written."""
        raise NotImplementedError

    def judge(self, row: Any, values: dict[str, Any], is_new: bool) -> None:
        """Refused where these values cannot stand in this row; `row` has them already, and is not written."""

    def write(self, row: Any, values: dict[str, Any], by: Person, is_new: bool) -> None:
        """By the verbs, in the caller's transaction."""
        raise NotImplementedError

    def hang(self, rows: Sequence[Any]) -> None:
        """What no join brings along, on rows that are told."""

    def own(self, values: dict[str, Any]) -> dict[str, Any]:
        """Of these the fields of the row itself."""
        hanging = {column.name for column in self.columns if column.hangs}
        return {name: value for name, value in values.items() if name not in hanging}

    def put(self, row: Any, values: dict[str, Any]) -> None:
        for name, value in self.own(values).items():
            setattr(row, name, value)

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        """What two rows of one file may not both speak of."""
        if row is not None and row.pk is not None:
            yield row.pk

    def lock(self, row: Any) -> Any:
        """The row as it stands, held until the transaction ends; its membership first, as every verb does."""
        if its := getattr(row, 'membership_id', None):
            Membership.objects.locked(its)
        list(self.model.objects.filter(pk=row.pk).order_by().select_for_update(no_key=True).values_list('pk'))
        held = self.rows().get(pk=row.pk)
        self.hang([held])
        return held

    def hold(self, rows: Sequence[Any]) -> None:
        """All that is to be changed, before the first of it is: memberships before what hangs on them."""
        theirs = {getattr(row, 'membership_id', None) for row in rows}
        engine.hold(Membership.objects, theirs)
        engine.hold(self.model.objects, {row.pk for row in rows})

    def begin_reading(self) -> None:
        """Forgets what it looked up for another file."""

    @property
    def taken(self) -> list[Column]:
        return [column for column in self.columns if column.is_taken]

    @property
    def told(self) -> list[Column]:
        """Those that an export tells and an import leaves alone."""
        return [column for column in self.columns if not column.is_taken and column.head != KEY]

    def label(self, line: FileRow, row: Any) -> str:
        return str(row) if row is not None and row.pk else next(filter(None, line.cells.values()), '')

    def clean(self, row: Any) -> None:
        """What a row must be by itself, with the name of the column where it is not."""
        heads = {column.name: column.head for column in self.columns if column.name}
        try:
            row.full_clean(exclude=list(self.unasked))
        except ValidationError as wrong:
            field, sentences = next(iter(wrong.message_dict.items()))
            named = '' if field == NON_FIELD_ERRORS else f'“{heads.get(field, field)}”: '
            raise Refused(f'{named}{sentences[0]}') from None


def keys_of(lines: Iterable[FileRow], head: str = KEY) -> dict[int, int]:
    """By the number of the line, the key that it gives; what is none is -1, which no row has."""
    found = {}
    for line in lines:
        if text := line.cells.get(head, ''):
            plain = text.removesuffix('.0').replace(',', '')
            found[line.number] = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 16 else -1
    return found


def no_such(words: str, head: str, text: str) -> Refused:
    return Refused(f'There is no {words} with the {head.lower()} {text[:40]}. Leave it empty for a new one.')


def key() -> Column:
    return Column(KEY, lambda row: row.pk, hint='by which a row is found again; empty for a new one')
