"""How an invoice moves: what may be done with it as it stands, by whom, and what follows. The order is `ukis.engine`'s.

Where it stands is not kept: its sums say it. So a move writes rows that are added up (an allocation, a credit note, a
write-off), or the day on which it was void, and the state is what comes of it.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils import timezone

from members import judging
from members.models import Invoice, Membership, Office, Person
from members.models.billing import InvoiceState as State
from members.models.billing import pounds
from members.money import copies, cover, extra_seats
from ukis import days, engine, history
from ukis.engine import Situation
from ukis.refusals import NotNow

# A transfer that its bank made smaller may be let go; what is more is asked for, or credited.
SMALL = Decimal('10.00')
# What may be added to one that was issued.
COMPLETED = ('po_number', 'attention')
OWED = (State.ISSUED, State.IN_PART)
STANDING = (*OWED, State.PAID)


class InvoiceParty(StrEnum):
    """What somebody is to an invoice."""

    OFFICE = 'office'  # who keeps the Society's money
    PAYER = 'payer'  # whose membership it is, or who holds an office in the organisation
    SOCIETY = 'society'  # nobody in person: the clock, the bank, the link of a letter


type Held = Situation[Invoice, InvoiceParty]


@dataclass(frozen=True, kw_only=True)
class InvoiceMove(engine.Move[Invoice, InvoiceParty]):
    """`otherwise`: what to do where it stands in the way. `leads_to`: what follows, for whoever presses the button;
    `grave`: not to be undone."""

    otherwise: str
    leads_to: str
    grave: bool = False


def _is_small(held: Held) -> str:
    gone = held.row.owed + held.row.written_off
    if gone <= SMALL:
        return ''
    return (
        f'{pounds(gone)} is more than a small shortfall: up to {pounds(SMALL)} of an invoice can be written off. '
        'Ask for the rest, or credit it.'
    )


def _is_not_replaced(held: Held) -> str:
    newer = Invoice.objects.filter(replaces=held.row).first()
    return f'{newer} stands in place of {held.row} already.' if newer else ''


def _is_unagreed(held: Held) -> str:
    return '' if held.row.is_unagreed else f'{held.row} is agreed to already.'


def _move(
    name: str, label: str, frm: tuple[State, ...], to: State | None, *who: InvoiceParty, **given: Any
) -> InvoiceMove:
    return InvoiceMove(name=name, label=label, frm=frm, to=to, who=frozenset(who), **given)


MOVES = {
    move.name: move
    for move in (
        _move(
            'pay',
            'Put money to it',
            OWED,
            None,
            InvoiceParty.OFFICE,
            InvoiceParty.SOCIETY,
            otherwise='The money can stay the payer’s balance.',
            leads_to='A letter thanks the payer and says what is still due.',
        ),
        _move(
            'take_back',
            'Take money back from it',
            (*STANDING, State.CREDITED),
            None,
            InvoiceParty.OFFICE,
            InvoiceParty.SOCIETY,
            otherwise='No money stands on it.',
            leads_to='The cover it gave ends. The payer and the office are told.',
            grave=True,
        ),
        _move(
            'agree',
            'They have agreed to it',
            OWED,
            None,
            *InvoiceParty,
            guard=_is_unagreed,
            otherwise='There is nothing to agree to.',
            leads_to='It was drawn with the notice of the renewal; from today it is owed, and counted as such.',
        ),
        _move(
            'complete',
            'Add an order number',
            OWED,
            None,
            *InvoiceParty,
            otherwise='It stays as it is.',
            leads_to='The invoice keeps its number. It can be had as it was first issued, and as it is then.',
        ),
        _move(
            'write_off',
            'Write off a small rest',
            OWED,
            None,
            InvoiceParty.OFFICE,
            InvoiceParty.SOCIETY,
            guard=_is_small,
            asks=('reason',),
            otherwise='There is nothing to let go.',
            leads_to='The term then counts as paid.',
        ),
        _move(
            'reissue',
            'Credit it and issue another',
            tuple(State),
            None,
            InvoiceParty.OFFICE,
            InvoiceParty.SOCIETY,
            guard=_is_not_replaced,
            asks=('reason',),
            otherwise='',
            leads_to='The new one has the payer’s name and address as they are today; what was paid, '
            'and what was written off, goes with it.',
        ),
        _move(
            'credit',
            'Credit',
            STANDING,
            None,
            *InvoiceParty,
            asks=('reason',),
            otherwise='There is nothing to credit.',
            leads_to='A credit note goes out. What was paid beyond the rest becomes balance; credited whole, its term '
            'covers nothing.',
            grave=True,
        ),
        _move(
            'void',
            'Make it void',
            (State.ISSUED,),
            State.VOID,
            InvoiceParty.OFFICE,
            InvoiceParty.SOCIETY,
            asks=('reason',),
            otherwise='What money was put to, or some of it taken back, cannot be void: credit the rest.',
            leads_to='Its number stays listed. No letter goes out: credit it, if the payer has it already.',
            grave=True,
        ),
    )
}


@dataclass
class MovingInvoice:
    """A move under way. `said`: what stands of it in the history, of the membership too unless `quietly`; `letter`
    tells of it. `in_place`: another is issued for the same, with its places."""

    invoice: Invoice
    move: InvoiceMove
    by: Person | None
    note: str
    at: datetime
    said: list[str] = field(default_factory=list)
    quietly: bool = False
    in_place: bool = False
    letter: Callable[[], None] | None = None


class InvoiceProcess(engine.Process[Invoice, InvoiceParty, InvoiceMove, MovingInvoice]):
    """What the engine must know of invoices."""

    moves = MOVES

    def lock(self, row: Invoice) -> Invoice:
        Membership.objects.locked(row.membership_id)
        return Invoice.objects.locked(row.pk)

    def roles_of(self, row: Invoice, by: Person | None, at: datetime) -> frozenset[InvoiceParty]:
        if by is None:
            return frozenset({InvoiceParty.SOCIETY})
        if by.has_perm('members.change_invoice'):
            return frozenset({InvoiceParty.OFFICE})
        own = Q(membership__person=by)
        held = Office.objects.current().filter(person=by).values('organisation')
        answers = Invoice.objects.filter(own | Q(membership__organisation__in=held), pk=row.pk).exists()
        return frozenset({InvoiceParty.PAYER} if answers else ())

    def why_not(self, move: InvoiceMove, situation: Held) -> str:
        row = situation.row
        if row.state not in move.frm:
            return f'“{move.label}” is not possible now. {row}: {row.sentence} {move.otherwise}'
        return move.guard(situation)

    def begin(self, move: InvoiceMove, situation: Held, by: Person | None, note: str) -> MovingInvoice:
        why = judging.reason(note) if move.needs_words else ''
        return MovingInvoice(situation.row, move, by, why, situation.at)

    def write(self, made: MovingInvoice) -> None:
        row = made.invoice
        cover.add_up(row)
        if not made.in_place:
            extra_seats.follow(row, by=made.by)
        history.note(row, by=made.by, lines=made.said)
        if not made.quietly:
            history.note(row.membership, by=made.by, lines=[f'{row}: {line}' for line in made.said])

    def tell(self, made: MovingInvoice) -> None:
        if made.letter is not None:
            made.letter()


PROCESS = InvoiceProcess()


@contextmanager
def moving(name: str, invoice: Invoice, *, by: Person | None, note: str = '') -> Iterator[MovingInvoice]:
    """Makes a move of the table; the body of the `with` runs between check and write. See `ukis.engine`."""
    with engine.moving(PROCESS, name, invoice, by=by, note=note) as made:
        yield made


def why_not(name: str, invoice: Invoice) -> str:
    """Why it cannot be done with the invoice as it stands, whoever would; or nothing."""
    return PROCESS.why_not(MOVES[name], Situation(invoice, frozenset(), timezone.now()))


def agree(invoice: Invoice, *, by: Person | None) -> Invoice:
    """Somebody says yes to one that was drawn with the notice of a renewal."""
    with moving('agree', invoice, by=by) as made:
        cover.agree(made.invoice, days.london_day(made.at))
        made.said = ['Agreed to: it is owed']
    return made.invoice


def complete(invoice: Invoice, *, by: Person | None, po_number: str, attention: str) -> Invoice:
    """Adds a purchase-order number, and for whose attention it is, to an invoice on which something is owed."""
    with moving('complete', invoice, by=by) as made:
        row = made.invoice
        before = copy.copy(row)
        row.po_number, row.attention = po_number.strip(), attention.strip()
        judging.check(row)
        row.save(update_fields=COMPLETED)
        made.said, made.quietly = history.changes(before, row, COMPLETED), True
        if made.said:
            copies.keep_first(before)
            copies.keep(row, at=made.at)
    return row


def add_order(invoice: Invoice, *, by: Person | None, **order: str) -> Invoice:
    """What whoever renews second writes for the invoice that is there. NotNow where something else stands on it, or it
    is not owed any more."""
    new = {
        name: said.strip() for name, said in order.items() if said.strip() not in ('', getattr(invoice, name))
    }
    if not new:
        return invoice
    typed = ', '.join(f'“{said}”' for said in new.values())
    if invoice.state not in OWED:
        raise NotNow(
            f'The membership is renewed already. {invoice}: {invoice.sentence} So {typed} was not added to it: write '
            'to the office if you need another invoice.'
        )
    if others := ', '.join(f'“{getattr(invoice, name)}”' for name in new if getattr(invoice, name)):
        raise NotNow(
            f'The membership is renewed already, and {others} stands on {invoice}. So {typed} was not added to it: '
            'write to the office, which can issue another invoice.'
        )
    stands = {name: getattr(invoice, name) for name in COMPLETED}
    return complete(invoice, by=by, **(stands | new))
