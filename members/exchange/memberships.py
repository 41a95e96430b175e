"""The registers of memberships and of their terms. Money is no file's: what was paid follows from invoices."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from members import joining
from members.exchange.cells import Column, Refused, money, number, one_of
from members.exchange.register import KEY, Exchanged, key, keys_of, no_such
from members.exchange.sheets import FileRow, either
from members.models import Category, Membership, Organisation, Person, Term
from members.money import renewing
from ukis import engine

NUMBER = 'Membership number'


def organisation(text: str) -> Organisation:
    """By its page address, or by its name where only one has it."""
    found = list(Organisation.objects.filter(slug=text.lower())[:1]) or list(
        Organisation.objects.filter(name__iexact=text)[:2]
    )
    if len(found) != 1:
        raise ValueError(f'{"several organisations are" if found else "no organisation is"} “{text[:80]}”.')
    return found[0]


def person(text: str) -> Person:
    """By an address for letters, or by that of their page."""
    found = Person.objects.filter(
        **({'email': text.lower()} if '@' in text else {'slug': text.lower()})
    ).first()
    if found is None:
        raise ValueError(f'nobody is “{text[:80]}”. Give their email or the address of their page.')
    return found


def _category(text: str) -> Category:
    found = Category.objects.filter(name__iexact=text).first()
    if found is None:
        raise ValueError(f'there is no category “{text[:80]}”.')
    return found


def told_person(row: Any) -> str:
    return (row.person.email or row.person.slug) if row.person else ''


class MembershipRegister(Exchanged):
    name, words, model = 'memberships', 'membership', Membership
    columns = (
        Column(NUMBER, lambda row: row.number, 'number', number, once=True, hint='empty for a new one'),
        Column(
            'Organisation',
            lambda row: row.organisation and row.organisation.slug,
            'organisation',
            organisation,
            once=True,
            hint='its page address, or its name',
        ),
        Column(
            'Person', told_person, 'person', person, once=True, hint='email, or the address of their page'
        ),
        Column('Name', lambda row: row.holder),
        Column('Category', lambda row: row.category, 'category', _category),
        Column('Joined on', lambda row: row.joined_on, 'joined_on', is_day=True),
        Column('Ends on', lambda row: row.ended_on, 'ended_on', is_day=True, clears=True, empty=None),
        Column('Why it ends', lambda row: row.ended_why, 'ended_why', clears=True),
        Column('Status', lambda row: getattr(row, 'status', '')),
        Column('Covered until', lambda row: getattr(row, 'cover_until', None)),
    )
    unasked = ('person', 'organisation', 'number')
    notes_itself = True

    def rows(self) -> QuerySet[Membership]:
        rows: Any = Membership.objects.with_status().order_by('number')
        return rows.select_related('category', 'person', 'organisation')

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        given = keys_of(lines, NUMBER)
        by_number = {row.number: row for row in self.rows().filter(number__in=given.values())}
        return [
            by_number.get(given[line.number]) if line.number in given else self._alike(line) for line in lines
        ]

    def _alike(self, line: FileRow) -> Any:
        """A new one that came in by the same file before: of the same holder, open, in the same category."""
        try:
            held = (
                {'organisation': organisation(line.cells['Organisation'])}
                if line.cells.get('Organisation')
                else {'person': person(line.cells.get('Person', ''))}
            )
        except ValueError:
            return None  # said when the cell itself is read
        rows = self.rows().filter(**held, category__name__iexact=line.cells.get('Category', ''))
        day = line.cells.get('Joined on', '')
        return next((row for row in rows if not day or row.joined_on in either(day)), None)

    def begin(self, values: dict[str, Any]) -> Membership:
        return Membership()

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        yield from super().same(row, values)
        if row is not None and row.pk is None:
            yield row.organisation_id, row.person_id, row.joined_on

    def judge(self, row: Membership, values: dict[str, Any], is_new: bool) -> None:
        if is_new and (row.organisation is None) == (row.person is None):
            raise Refused('Say either the organisation or the person who holds it.')
        if row.category_id is None:
            raise Refused('Say the category.')
        if is_new and row.number and not 1 <= row.number <= 999_999_999:
            raise Refused(f'“{NUMBER}”: leave it empty, and the next one is drawn.')
        if problem := next(joining.problems(row), None):
            raise Refused(problem.sentence)
        self.clean(row)

    def hold(self, rows: Sequence[Any]) -> None:
        super().hold(rows)
        engine.hold(Organisation.objects, {row.organisation_id for row in rows})
        engine.hold(Person.objects, {row.person_id for row in rows})

    def write(self, row: Membership, values: dict[str, Any], by: Person, is_new: bool) -> None:
        if is_new:
            joining.begin(row, by=by)
        else:
            joining.correct(row, by=by, **values)


class TermRegister(Exchanged):
    name, words, model = 'terms', 'term', Term
    columns = (
        key(),
        Column(
            NUMBER,
            lambda row: row.membership_id and row.membership.number,
            'membership',
            lambda text: membership(text),
            once=True,
        ),
        Column('Name', lambda row: row.membership_id and row.membership.holder),
        Column('From', lambda row: row.start, 'start', is_day=True),
        Column('To', lambda row: row.end, 'end', is_day=True),
        Column('Fee', lambda row: row.fee, 'fee', money),
        Column('Places', lambda row: row.seats, 'seats', number),
        Column('Payment', lambda row: row.get_payment_display(), 'payment', one_of(Term.Payment.choices)),
        Column(
            'Promised until',
            lambda row: row.promised_until,
            'promised_until',
            is_day=True,
            clears=True,
            empty=None,
        ),
        Column('Why it is waived', lambda row: row.waived_why, 'waived_why', clears=True),
    )
    unasked = ('membership',)
    notes_itself = True

    def rows(self) -> QuerySet[Term]:
        rows = Term.objects.order_by('membership__number', 'start', 'pk').prefetch_related('invoices')
        return rows.select_related('membership__category', 'membership__person', 'membership__organisation')

    def find(self, lines: Sequence[FileRow]) -> list[Any]:
        given = keys_of(lines)
        rows = self.rows().in_bulk(given.values())
        numbers = keys_of((line for line in lines if line.number not in given), NUMBER)
        theirs: dict[tuple[int, date], Term] = {}
        for row in self.rows().filter(membership__number__in=numbers.values()):
            theirs[row.membership.number, row.start] = row
        found: list[Any] = []
        for line in lines:
            if line.number in given:
                found.append(rows.get(given[line.number]) or no_such(self.words, KEY, line.cells[KEY]))
            else:
                wanted = ((numbers.get(line.number, -1), day) for day in either(line.cells.get('From', '')))
                found.append(next((theirs[one] for one in wanted if one in theirs), None))
        return found

    def begin(self, values: dict[str, Any]) -> Term:
        return Term()

    def same(self, row: Any, values: dict[str, Any]) -> Iterator[Any]:
        yield from super().same(row, values)
        if row is not None and row.pk is None:
            yield row.membership_id, row.start

    def judge(self, row: Term, values: dict[str, Any], is_new: bool) -> None:
        if row.membership_id is None or row.start is None or row.end is None:
            raise Refused('Say the number of the membership, and the term’s first and last day.')
        if 'payment' in values and row.payment not in Term.TYPED:
            raise Refused(
                f'“Payment”: “{row.get_payment_display()}” follows from an invoice and its payments.'
            )
        billed = not is_new and any(
            not one.is_void and not one.is_credited_whole for one in row.invoices.all()
        )
        if billed and {'fee', 'payment'} & values.keys():
            raise Refused(
                'Its invoice asks for the fee as it was: that is changed on the page of the invoice.'
            )
        renewing.take_from_category(row, row.membership.category)
        others = row.membership.terms.exclude(pk=row.pk)
        if problem := next(renewing.problems([*others, row]), None):
            raise Refused(problem.sentence)
        self.clean(row)

    def write(self, row: Term, values: dict[str, Any], by: Person, is_new: bool) -> None:
        self.put(row, values)
        renewing.keep_terms(row.membership, by=by, terms=[row])


def membership(text: str) -> Membership:
    rows = Membership.objects.select_related('category', 'person', 'organisation')
    found = rows.filter(number=number(text)).first()
    if found is None:
        raise ValueError(f'there is no membership {text[:40]}.')
    return found
