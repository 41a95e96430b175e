"""The register of organisations."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from members import judging, registers, weblinks
from members.exchange.cells import Column, Refused, one_of, several_of, truth
from members.exchange.register import KEY, Exchanged, key, keys_of, no_such
from members.exchange.sheets import FileRow
from members.models import Organisation, Person, Registration
from members.models.people import Nation
from members.organisations import renaming
from members.registers import Register as Public
from ukis.folding import folded
from ukis.tags.naming import parted

NUMBERS = {f'number_{one.value}': one for one in Public}


def _number(public: str) -> Callable[[Organisation], list[str]]:
    return lambda row: [one.number for one in row.registrations.all() if one.register == public]


def _numbers(public: str) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        if re.fullmatch(
            r'\d{1,3}(,\d{3})+', text
        ):  # '1,234' of a spreadsheet; several have a blank between them
            raise ValueError(
                f'“{text}” is one number in thousands, or several without a blank. Write it plainly.'
            )
        return [registers.normalised(public, part) for part in text.split(',') if part.strip()]

    return parse


def tags_of(row: Any) -> list[str]:
    return sorted(tag.name for tag in row.topics.all())


def tags(text: str) -> list[str]:
    return sorted(parted(text))


def _nations(text: str) -> list[str]:
    return several_of(Nation.choices)(text)


class OrganisationRegister(Exchanged):
    name, words, model = 'organisations', 'organisation', Organisation
    columns = (
        key(),
        Column('Name', lambda row: row.name, 'name'),
        Column('Short name', lambda row: row.short_name, 'short_name', clears=True),
        Column('Earlier names', lambda row: '; '.join(one.name for one in row.earlier_names.all())),
        Column('Page address', lambda row: row.slug),
        Column(
            'Kind', lambda row: row.get_kind_display(), 'kind', one_of(Organisation.Kind.choices),
        ),
        Column('Nations', lambda row: row.nation_names, 'nations', _nations, clears=True, empty=[]),
        Column('Website', lambda row: row.website, 'website', clears=True),
        Column('Further links', lambda row: row.links, 'links', weblinks.tidy, clears=True),
        Column('Description', lambda row: row.description, 'description', clears=True),
        Column('Topics', tags_of, 'topics', tags, clears=True, empty=[], hangs=True),
        Column('In the public directory', lambda row: row.public, 'public', truth),
        Column('Billing address', lambda row: row.billing_address, 'billing_address', clears=True),
        *(
            Column(
                one.label, _number(one.value), name, _numbers(one.value), clears=True, empty=[], hangs=True
            )
            for name, one in NUMBERS.items()
        ),
        Column('Part of', lambda row: row.part_of),
        Column('What followed', lambda row: '; '.join(str(one.successor) for one in row.successions.all())),
    )  # fmt: skip
    unasked = ('slug',)
    noted_by_verbs = ('Name',)

    def begin_reading(self) -> None:
        """All names, folded: two organisations that read alike would be one to whoever looks for them."""
        rows = Organisation.objects.standing().order_by('pk').values_list('pk', 'name')
        self.named: dict[str, list[int]] = {}
        for pk, name in rows.iterator():
            self.named.setdefault(folded(name), []).append(pk)

    def rows(self) -> QuerySet[Organisation]:
        rows: Any = Organisation.objects.standing().select_related('part_of').order_by('name', 'pk')
        return rows.prefetch_related('earlier_names', 'registrations', 'topics', 'successions__successor')

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        given = keys_of(lines)
        by_name = {
            line.number: self.named.get(folded(line.cells.get('Name', '')), [])
            for line in lines
            if line.number not in given
        }
        rows = self.rows().in_bulk({*given.values(), *(pk for keys in by_name.values() for pk in keys[:1])})
        found: list[Any] = []
        for line in lines:
            if line.number in given:
                row = rows.get(given[line.number])
                found.append(row or no_such(self.words, KEY, line.cells[KEY]))
            elif len(keys := by_name[line.number]) > 1:
                found.append(Refused('Several organisations have this name: say which by its key.'))
            else:
                found.append(rows[keys[0]] if keys else None)
        return found

    def begin(self, values: dict[str, Any]) -> Organisation:
        return Organisation(public=False)

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        yield from super().same(row, values)
        if 'name' in values:
            yield folded(values['name'])

    def judge(self, row: Organisation, values: dict[str, Any], is_new: bool) -> None:
        if is_new and not row.name:
            raise Refused('Say the name.')
        others = [pk for pk in self.named.get(folded(row.name), []) if pk != row.pk]
        if 'name' in values and others:
            raise Refused(f'“Name”: there is another organisation called {row.name[:80]}.')
        self.clean(row)

    def write(self, row: Organisation, values: dict[str, Any], by: Person, is_new: bool) -> None:
        rest = self.own(values)
        renamed = '' if is_new else rest.pop('name', '')  # the verb keeps the old one
        self.put(row, rest)
        judging.check(row, judged_together=self.unasked)
        row.save(update_fields=None if is_new else list(rest))
        if renamed:
            renaming.rename(row, by=by, name=renamed)
        if 'topics' in values:
            row.topics.set(values['topics'])
        for name in NUMBERS.keys() & values.keys():
            self._keep_numbers(row, NUMBERS[name], values[name])

    @staticmethod
    def _keep_numbers(row: Organisation, public: str, numbers: list[str]) -> None:
        theirs = row.registrations.filter(register=public)
        theirs.exclude(number__in=numbers).delete()
        there = set(theirs.values_list('number', flat=True))
        for one in numbers:
            if one not in there:
                Registration.objects.create(organisation=row, register=public, number=one)
