"""Terms: one paid period after another, never two at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db import connection, transaction

from members import judging
from members.judging import Problem
from members.models import Category, Membership, Person, Term
from members.money import cover
from ukis import history

NOTED = ('start', 'end', 'fee', 'seats', 'payment', 'promised_until', 'waived_why')


def add_term(
    membership: Membership,
    *,
    by: Person | None,
    start: date,
    end: date,
    payment: str = Term.Payment.UNPAID,
    promised_until: date | None = None,
    fee: Decimal | None = None,
    seats: int | None = None,
) -> Term:
    """A new term; fee and seats are its category's where nothing else is said."""
    term = Term(start=start, end=end, payment=payment, promised_until=promised_until)
    if fee is not None:
        term.fee = fee
    if seats is not None:
        term.seats = seats
    keep_terms(membership, by=by, terms=[term])
    return term


@transaction.atomic
def keep_terms(membership: Membership, *, by: Person | None, terms: Iterable[Term]) -> None:
    """Takes new and changed terms together, judged with those that stay: the boundary between two may move."""
    row = Membership.objects.locked(membership.pk)
    stored = {term.pk: term for term in row.terms.all()}
    given = list(terms)
    for term in given:
        term.membership = row
        take_from_category(term, row.category)
        judging.check(term)
    kept = {term.pk for term in given}
    judging.refuse(problems([*given, *(term for pk, term in stored.items() if pk not in kept)]))
    lines = []
    with _apart_at_the_end():
        for term in given:
            before = stored.get(term.pk)
            if before and before.payment == Term.Payment.PROMISED != term.payment:
                term.promised_until = None  # or the next invoice would bring the promise back
            lines += _lines(before, term)
            term.save()
            if term.payment == Term.Payment.PROMISED:
                cover.agree_to(term)
    history.note(row, by=by, lines=lines)


def take_from_category(term: Term, category: Category) -> None:
    for name in ('fee', 'seats'):
        if getattr(term, name) is None:
            setattr(term, name, getattr(category, name))


def problems(terms: Iterable[Term]) -> Iterator[Problem]:
    """Each two of one membership's terms, as they are to be, that share a day. A void one is none."""
    counted = [term for term in terms if term.payment != Term.Payment.VOID and term.start and term.end]
    counted.sort(key=lambda term: (term.start, term.pk or 0))
    reaches = None
    for earlier, later in pairwise(counted):
        reaches = max((reaches or earlier, earlier), key=lambda term: term.end)
        if later.start <= reaches.end:
            yield Problem('start', f'This period overlaps another: {reaches}.', (later, reaches))


def _lines(before: Term | None, term: Term) -> list[str]:
    if before is None:
        return [f'Term added: {term}, fee £{term.fee}, places {term.seats}']
    return [f'Term {before.span}: {change}' for change in history.changes(before, term, NOTED)]


@contextmanager
def _apart_at_the_end() -> Iterator[None]:
    """PostgreSQL, which keeps terms apart itself, looks when all are written: on the way two may touch."""
    if connection.vendor != 'postgresql':
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute('SET CONSTRAINTS terms_do_not_overlap DEFERRED')
        yield
        cursor.execute('SET CONSTRAINTS terms_do_not_overlap IMMEDIATE')
