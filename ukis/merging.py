"""Two rows that turn out to be one: every column that leads to the other is pointed at the one that is kept.

Columns are found, not listed: a table that is added later is pointed over like the others. Where a column stands in a
rule of uniqueness, two rows may not both be had, and somebody says what becomes of them (`MergeRule`); a test fails
where nobody did (`unanswered`).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UniqueConstraint,
)

from ukis import history
from ukis.refusals import NotNow


@dataclass(frozen=True)
class LeadingColumn:
    """A column that leads to a row. `kind`: of a generic key, the column that says to what kind."""

    model: Any
    name: str
    kind: str = ''

    @property
    def label(self) -> str:
        return f'{self.model._meta.label_lower}.{self.name}'

    @property
    def words(self) -> str:
        table = str(self.model._meta.verbose_name_plural)
        column: Any = self.model._meta.get_field(self.name)
        told = str(column.verbose_name)
        if self.kind or told == str(column.related_model._meta.verbose_name):
            said = ''
        else:
            said = f' {told} them' if told.endswith('by') or told == 'to' else f' ({told})'
        return f'{table[:1].upper()}{table[1:]}{said}'

    def of(self, row: Model) -> QuerySet[Any]:
        return self.model._base_manager.filter(self.leads_to(row))

    def leads_to(self, row: Model) -> Q:
        kind = {self.kind: ContentType.objects.get_for_model(row)} if self.kind else {}
        return Q(**{self.name: row.pk, **kind})

    def uniques(self) -> list[tuple[list[str], Q]]:
        """What may stand but once with this column: the other columns, and where that holds."""
        meta = self.model._meta
        rules = [
            (list(rule.fields), rule.condition or Q())
            for rule in meta.constraints
            if isinstance(rule, UniqueConstraint)
        ]
        rules += [(list(names), Q()) for names in meta.unique_together]
        if meta.get_field(self.name).unique:
            rules.append(([self.name], Q()))
        return [
            ([one for one in names if one != self.name], where)
            for names, where in rules
            if self.name in names
        ]

    def twice(self, pair: 'MergePair') -> Q:
        """Of the rows of the one that goes, those beside which the database has one of the kept one already."""
        found = Q(pk__in=[])
        for others, where in self.uniques():
            twins = self.of(pair.kept).filter(where, **{name: OuterRef(name) for name in others})
            found |= where & Q(Exists(twins))
        return found


@dataclass(frozen=True)
class MergeChoice:
    """What the page asks: `options` are what is answered and what it means in words."""

    name: str
    question: str
    options: Sequence[tuple[str, str]]
    initial: str
    help: str = ''


@dataclass
class MergePair:
    kept: Any
    gone: Any
    by: Any
    answers: dict[str, str] = field(default_factory=dict)


def nothing(pair: MergePair) -> str:
    return ''


@dataclass(frozen=True, kw_only=True)
class MergeRule:
    """What becomes of the rows of a column, beside being pointed at the one that is kept.

    `settle` runs before any row is pointed over, and makes room. Rows `but` stay where they are. What the kept one has
    too stays with the other, or is deleted where it says nothing more (`same_goes`); `says` tells that on the page.
    `ends`: none is pointed over, all are deleted.
    """

    column: str
    words: str = ''
    says: Callable[[MergePair], str] = nothing
    settle: Callable[[MergePair], object] | None = None
    but: Callable[[MergePair], Q] | None = None
    same_goes: bool = False
    ends: bool = False


@dataclass(frozen=True)
class MergeLine:
    """A line of the preview, and afterwards of the record."""

    words: str
    moved: int
    stayed: int
    says: str = ''


@dataclass
class Merging:
    """How rows of one model are merged. `refuses` gives why not, in a sentence; `afterwards` runs when all is done."""

    rules: dict[str, MergeRule] = field(default_factory=dict)
    choices: list[Callable[[MergePair], Iterable[MergeChoice]]] = field(default_factory=list)
    refuses: list[Callable[[MergePair], str]] = field(default_factory=list)
    afterwards: list[Callable[[MergePair], object]] = field(default_factory=list)


_ways: dict[str, Merging] = {}


def way_of(label: str) -> Merging:
    """Of a model, by its label in lower case. The apps add to it from `AppConfig.ready()`."""
    return _ways.setdefault(label, Merging())


def rules(label: str, *given: MergeRule) -> None:
    way_of(label).rules.update({rule.column: rule for rule in given})


def columns_to(model: type[Model]) -> list[LeadingColumn]:
    found = [
        LeadingColumn(relation.field.model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and hasattr(relation, 'field')
    ]
    for other in apps.get_models():
        keys = (one for one in other._meta.private_fields if isinstance(one, GenericForeignKey))
        found += [LeadingColumn(other, key.fk_field, key.ct_field) for key in keys]
    return sorted(set(found), key=lambda column: column.label)


def unanswered(model: type[Model]) -> set[str]:
    """Columns in a rule of uniqueness of which nobody said what becomes of what would be there twice."""
    ruled = way_of(model._meta.label_lower).rules
    return {column.label for column in columns_to(model) if column.uniques() and column.label not in ruled}


def why_not(pair: MergePair) -> str:
    return next(filter(None, (refuse(pair) for refuse in _way(pair).refuses)), '')


def questions(pair: MergePair) -> list[MergeChoice]:
    return [choice for choices in _way(pair).choices for choice in choices(pair)]


def preview(pair: MergePair) -> list[MergeLine]:
    """How many rows of each table move and stay; those of which there are none are left out. One question."""
    columns = columns_to(type(pair.kept))
    counts: dict[str, Any] = {}
    for at, column in enumerate(columns):
        counts[f'all{at}'] = _count(column.of(pair.gone))
        staying = _staying(column, pair, settled=False)
        if staying is not None:
            counts[f'stay{at}'] = _count(column.of(pair.gone).filter(staying))
    found = type(pair.kept)._base_manager.filter(pk=pair.kept.pk).values(**counts).get()
    lines = []
    for at, column in enumerate(columns):
        rule, every = _rule(column, pair), found[f'all{at}'] or 0
        stays = every if rule and rule.ends else found.get(f'stay{at}') or 0
        if every:
            says = rule.says(pair) if rule else ''
            lines.append(MergeLine((rule and rule.words) or column.words, every - stays, stays, says))
    return lines


def state_of(
    pair: MergePair,
    lines: Iterable[MergeLine],
    choices: Iterable[MergeChoice],
    *,
    besides: Iterable[str] = (),
) -> str:
    """Names what stands now: it is another as soon as anything of either changes."""
    left_out = set(besides)
    said = [
        f'{one.attname}={getattr(row, one.attname)}'
        for row in (pair.kept, pair.gone)
        for one in row._meta.concrete_fields
        if one.name not in left_out
    ]
    said += [repr(line) for line in lines] + [repr(choice) for choice in choices]
    return hashlib.sha256('\n'.join(said).encode()).hexdigest()


def settle(pair: MergePair) -> None:
    """Room is made for what moves. Call it in the transaction, both rows held."""
    for rule in _way(pair).rules.values():
        if rule.settle is not None:
            rule.settle(pair)


def point_over(pair: MergePair) -> list[MergeLine]:
    """Every row that can move leads to the kept one now; what was done, table by table."""
    return list(_pointed(pair))


def finish(pair: MergePair) -> None:
    for act in _way(pair).afterwards:
        act(pair)


def check_answers(choices: Iterable[MergeChoice], answers: Mapping[str, str]) -> None:
    for choice in choices:
        if answers.get(choice.name) not in {value for value, _ in choice.options}:
            raise NotNow(f'{choice.question} Choose one.')


def in_lines(lines: Iterable[MergeLine]) -> list[str]:
    """For the history of the row."""
    said = (
        f'{line.words}: {line.moved} moved' + (f', {line.stayed} not' if line.stayed else '')
        for line in lines
    )
    return list(said) or [history.EMPTY]


def _pointed(pair: MergePair) -> Iterator[MergeLine]:
    for column in columns_to(type(pair.kept)):
        rule, rows = _rule(column, pair), column.of(pair.gone)
        if rule and rule.ends:
            gone = rows.count()
            rows.delete()
            if gone:
                yield MergeLine(rule.words or column.words, 0, gone)
            continue
        staying = _staying(column, pair, settled=True)
        keys = list(rows.filter(staying).values_list('pk', flat=True)) if staying is not None else []
        moved = rows.exclude(pk__in=keys).update(**{column.name: pair.kept.pk})
        if rule and rule.same_goes:
            rows.filter(pk__in=keys).delete()
        if moved or keys:
            yield MergeLine((rule and rule.words) or column.words, moved, len(keys))


def _way(pair: MergePair) -> Merging:
    return way_of(pair.kept._meta.label_lower)


def _rule(column: LeadingColumn, pair: MergePair) -> MergeRule | None:
    return _way(pair).rules.get(column.label)


def _staying(column: LeadingColumn, pair: MergePair, *, settled: bool) -> Q | None:
    """Which rows do not move; before it is settled what a rule makes room for does."""
    rule = _rule(column, pair)
    but = rule.but(pair) if rule and rule.but else None
    if not column.uniques() or (rule and rule.settle and not settled):
        return but
    return column.twice(pair) | but if but is not None else column.twice(pair)


def _count(rows: QuerySet[Any]) -> Any:
    """Written as a function and no aggregate: all rows are one group."""
    counted = Func(F('pk'), function='COUNT', output_field=IntegerField())
    return Subquery(rows.order_by().annotate(merge_count=counted).values('merge_count'))
