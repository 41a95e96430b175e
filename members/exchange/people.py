"""The register of people. Who comes in by a file has said yes to nothing, has no password and no confirmed address."""

from collections.abc import Iterator, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from members import judging, moving, seeing, signing_in, staffing
from members.erasing import known_again
from members.exchange.cells import Column, Refused, one_of, truth
from members.exchange.organisations import tags, tags_of
from members.exchange.register import KEY, Exchanged, key, keys_of, no_such
from members.exchange.sheets import FileRow
from members.models import Person
from members.models.people import Nation
from members.orcid import plain
from ukis import days
from ukis.folding import folded
from ukis.letters.models import SuppressedAddress

CLOSING = [str(label) for label in seeing.Visibility.labels]
SHOWS = ('page_for', *(f'{part}_for' for part in seeing.PARTS))


def _visibility(name: str) -> Column:
    field: Any = Person._meta.get_field(name)
    head = str(field.verbose_name).replace('my page', 'their page').replace('I ', 'they ')
    return Column(
        head[:1].upper() + head[1:],
        lambda row: getattr(row, f'get_{name}_display')(),
        name,
        one_of(seeing.Visibility.choices),
        closing=CLOSING,
    )


def _closing(head: str, name: str) -> Column:
    return Column(head, lambda row: getattr(row, name), name, truth, closing=['yes', 'no'])


def _email(text: str) -> str:
    return text.strip().lower()


class PersonRegister(Exchanged):
    name, words, model = 'people', 'person', Person
    columns = (
        key(),
        Column('Title', lambda row: row.title, 'title', clears=True),
        Column('Name as printed', lambda row: row.name, 'name'),
        Column('Given names', lambda row: row.given_names, 'given_names', clears=True),
        Column('Family name', lambda row: row.family_name, 'family_name'),
        Column('Email', lambda row: row.email, 'email', _email),
        Column('Page address', lambda row: row.slug),
        Column('Biography', lambda row: row.biography, 'biography', clears=True),
        Column('ORCID', lambda row: row.orcid, 'orcid', plain, clears=True),
        Column('Nation', lambda row: row.get_nation_display(), 'nation', one_of(Nation.choices), clears=True),
        Column('Website', lambda row: row.website, 'website', clears=True),
        Column('Topics offered', tags_of, 'topics', tags, clears=True, empty=[], hangs=True),
        Column('Postal address', lambda row: row.postal_address, 'postal_address', clears=True),
        *map(_visibility, SHOWS),
        _closing('Search engines may list their page', 'indexed'),
        _closing('May be asked for an introduction', 'may_be_asked'),
        Column('Works at', lambda row: _works_at(row)),
        Column('May sign in', lambda row: row.is_active),
        Column('Letters not sent', lambda row: row.suppressed and row.suppressed.get_scope_display()),
        Column('Why not', lambda row: row.suppressed and _why(row.suppressed)),
        Column('Not since', lambda row: row.suppressed and days.london_day(row.suppressed.since)),
    )
    unasked = ('slug', 'password')

    def begin_reading(self) -> None:
        self.named: dict[str, list[int]] = {}
        self.erased = known_again.erased()
        for pk, name in Person.objects.standing().order_by('pk').values_list('pk', 'name').iterator():
            self.named.setdefault(folded(name), []).append(pk)

    def rows(self) -> QuerySet[Person]:
        rows: Any = Person.objects.standing().order_by('family_name', 'name', 'pk')
        return rows.prefetch_related('topics', 'affiliations__organisation')

    def hang(self, rows: Sequence[Any]) -> None:
        """On each person the row that suppresses their address, if there is one."""
        addresses = [row.email for row in rows if row.email]
        rows_of = SuppressedAddress.objects.standing().filter(address__in=addresses)
        # Where there are two, the one that keeps everything back is told.
        found = {one.address: one for one in sorted(rows_of, key=lambda one: one.scope == one.Scope.ALL)}
        for row in rows:
            row.suppressed = found.get(row.email)

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        given = keys_of(lines)
        wanted = {_email(line.cells.get('Email', '')) for line in lines} - {''}
        by_email = {row.email: row for row in self.rows().filter(email__in=wanted)}
        others = EmailAddress.objects.filter(email__in=wanted - by_email.keys(), verified=True)
        of_others = dict(others.values_list('email', 'user'))
        names = {
            line.number: self.named.get(folded(line.cells.get('Name as printed', '')), [])
            for line in lines
            if line.number not in given and not line.cells.get('Email')
        }
        keys = {*given.values(), *of_others.values(), *(pk for found in names.values() for pk in found[:1])}
        rows = self.rows().in_bulk(keys)
        found = [self._one(line, given, by_email, of_others, names, rows) for line in lines]
        self.hang([row for row in found if isinstance(row, Person)])
        return found

    def _one(
        self,
        line: FileRow,
        given: dict,
        by_email: dict,
        of_others: dict,
        names: dict,
        rows: dict[int, Person],
    ) -> Any:
        email = _email(line.cells.get('Email', ''))
        if line.number in given:
            return rows.get(given[line.number]) or no_such(self.words, KEY, line.cells[KEY])
        if email in by_email:
            return by_email[email]
        if rows.get(of_others.get(email, 0)):
            # Their main address would be changed by it, unheard.
            return Refused(
                '“Email”: a second address of somebody here. Give their key, or their main address.'
            )
        if email:
            return None
        same = names[line.number]
        if len(same) == 1 and rows[same[0]].email is None:
            return rows[same[0]]
        if same:
            return Refused('There is somebody of this name already: give their key or their address.')
        return None

    def begin(self, values: dict[str, Any]) -> Person:
        closed = dict.fromkeys(SHOWS, seeing.Visibility.NOBODY)
        row = Person(indexed=False, may_be_asked=False, **closed)
        row.set_unusable_password()
        row.suppressed = None  # type: ignore[attr-defined]
        return row

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        yield from super().same(row, values)
        if 'email' in values:
            yield values['email']
        elif row is not None and row.pk is None:
            yield folded(row.name)

    def judge(self, row: Person, values: dict[str, Any], is_new: bool) -> None:
        if is_new and not row.name:
            raise Refused('Say the name as printed.')
        if is_new and (why := known_again.why_not(row, self.erased)):
            raise Refused(why)
        if 'email' in values:
            self._judge_email(row, is_new)
        self.clean(row)

    @staticmethod
    def _judge_email(row: Person, is_new: bool) -> None:
        if not is_new and staffing.is_of_staff(row):
            raise Refused('“Email”: whoever may change a staff member’s address changes it on their page.')
        others = EmailAddress.objects.filter(email=row.email, verified=True).exclude(user=row.pk)
        if others.exists():
            raise Refused('“Email”: somebody else signs in with this address.')

    def write(self, row: Person, values: dict[str, Any], by: Person, is_new: bool) -> None:
        if not is_new:
            moving.lock(row)
        fields = self.own(values)
        self.put(row, fields)
        judging.check(row, judged_together=self.unasked)
        row.save(update_fields=None if is_new else [*fields, 'given_names', 'family_name'])
        if 'email' in values:
            signing_in.set_main_address(row)
        if 'topics' in values:
            row.topics.set(values['topics'])


def _works_at(row: Person) -> str:
    today = days.today()
    rows = [one for one in row.affiliations.all() if one.until is None or one.until >= today]
    return '; '.join(str(one) for one in rows)


def _why(row: SuppressedAddress) -> str:
    return f'{row.get_cause_display()}: {row.reason}'
