"""What staff do with an invoice, a payment or a term: each act a row, with what it asks and the verb that does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from members.forms import money as asks
from members.models import Invoice, Payment, Person, Term
from members.models.billing import pounds
from members.money import billing, cover, crediting, extra_seats, invoicing, late_money, payments, taking_up

Standing = Term.Payment
OPEN = (Standing.UNPAID, Standing.PART_PAID, Standing.PROMISED)


type Does = Callable[[Any, Person, dict[str, Any]], tuple[Any, str]]


@dataclass(frozen=True)
class MoneyMove:
    """`does` gets the row, who does it and what was answered; it says in a sentence what was done, or answers with the
    row to look at next, and that sentence. `when` says whether it can be done just now."""

    label: str
    form: type[asks.MoneyForm]
    does: Does
    when: Callable[[Any], bool]
    leads_to: str
    grave: bool = False


def _record(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    if not invoice.owed and invoice.term is not None:
        return _record_for_term(invoice.term, by, given)
    payment, over = payments.record_for(invoice, by=by, **given)
    if over is not None:
        return payment, f'The payment is recorded, and put to no invoice yet. {over}'
    left = f' {pounds(payment.left)} stays the payer’s balance.' if payment.left else ''
    return (
        invoice,
        f'{pounds(payment.amount - payment.left)} is put to {invoice}, and a letter says so.{left}',
    )


def _record_for_term(term: Term, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    payment, why = taking_up.record_for(term, by=by, **given)
    if why:
        return payment, f'The payment is recorded, and put to no invoice yet. {why}'
    invoice = payment.allocations.get().invoice
    left = f' {pounds(payment.left)} stays the payer’s balance.' if payment.left else ''
    put = pounds(payment.amount - payment.left)
    return invoice, f'{invoice} is drawn, {put} is put to it, and a letter says so and encloses it.{left}'


def _write_off(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    return invoice, f'{payments.write_off(invoice, by=by, **given)}.'


def _credit(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    note = crediting.credit(invoice, by=by, **given)
    return invoice, f'{note} for {pounds(note.total)} is issued, and goes out with a letter.'


def _void(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    crediting.void(invoice, by=by, **given)
    return invoice, f'{invoice} is void.'


def _reissue(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    new = crediting.reissue(invoice, by=by, **given)
    return new, f'{invoice} is credited, and {new} goes out in its place.'


def _complete(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    invoicing.complete(invoice, by=by, **given)
    return (
        invoice,
        f'{invoice} keeps its number, and says so now. Send its PDF once more if they wait for it.',
    )


def _agree(invoice: Invoice, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    return invoicing.agree(invoice, by=by), f'{invoice} is owed from today.'


def _bill(term: Term, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    invoice = billing.bill(term, by=by, **given)
    return invoice, f'{invoice} for {pounds(invoice.total)} is issued, and goes out with a letter.'


def _promise(term: Term, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    payments.promise(term, by=by, **given)
    gives = (
        'the term covers to its day' if given['until'] >= term.start else 'no reminder goes out until its day'
    )
    return term.membership, f'The promise is kept here, and {gives}.'


def _waive(term: Term, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    crediting.waive(term, by=by, **given)
    return term.membership, 'The fee is waived, and the term covers to its end.'


def _more_seats(term: Term, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    taken = term.extra_seats.count()
    extra = extra_seats.take(term.membership, by=by, taken=taken, **given)
    return term.membership, f'{extra}: {extra.stands}.'


def _put(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    payments.put_to(payment, given['invoice'], given['amount'], by=by)
    return payment, f'{pounds(given["amount"])} is put to {given["invoice"]}.'


def _put_old(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    if 'invoice' not in given:
        new = late_money.keep_old_days(payment, by=by)
        return new, f'{new} is drawn for {_span(new)}, the old days, and the money is put to it.'
    payments.put_to(payment, given['invoice'], given['amount'], by=by, old_dates=True)
    return payment, f'{pounds(given["amount"])} is put to {given["invoice"]}: its term keeps its days.'


def _begin_anew(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    if 'invoice' not in given:
        new = late_money.begin_new_term(payment, by=by)
        return (
            new,
            f'{new} is for a term from the day of the payment, {_span(new)}, and the money is put to it.',
        )
    new = crediting.begin_anew(payment, given['invoice'], by=by)
    return new, f'{given["invoice"]} is credited, and {new} is for a term from the day of the payment.'


def _span(invoice: Invoice) -> str:
    assert invoice.term is not None
    return invoice.term.span


def _refund(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    return payment, f'Recorded: {payments.refund(payment, by=by, **given)}.'


def _take_back(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    payments.take_back(payment, by=by, **given)
    return (
        payment,
        'It counts no more, nor does the cover it gave. The payer and the office are told by letter.',
    )


def _not_own(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    return payments.say_whose(payment, by=by, own_money=False), 'No Gift Aid is claimed for it.'


def _own(payment: Payment, by: Person, given: dict[str, Any]) -> tuple[Any, str]:
    return payments.say_whose(payment, by=by, own_money=True), 'Gift Aid may be claimed for it.'


def _qualifies(payment: Payment) -> bool:
    return payment.membership.person_id is not None and payment.membership.category.gift_aid


def _unbilled(term: Term) -> bool:
    if term.payment not in (*OPEN, Standing.CREDITED) or not term.fee:
        return False
    return cover.claim(term) is None


def _is_recorded_for(term: Term) -> bool:
    """Also a void one, where none came after it: the money waits for a choice."""
    is_last_and_void = term.payment == Standing.VOID and payments.last_term(term.membership) == term
    return _unbilled(term) or is_last_and_void


def _may_be_paid(invoice: Invoice) -> bool:
    """Of one that was taken back whole the money is for its term."""
    taken_back = invoice.is_void or invoice.is_credited_whole
    of_its_term = taken_back and invoice.term is not None and _is_recorded_for(invoice.term)
    return of_its_term or not invoicing.why_not('pay', invoice)


def _of_invoice(name: str, form: type[asks.MoneyForm], does: Does, label: str = '') -> MoneyMove:
    """What the table of an invoice's moves says of it, with the page that asks."""
    move = invoicing.MOVES[name]
    return MoneyMove(
        label or move.label,
        form,
        does,
        lambda row: not invoicing.why_not(name, row),
        move.leads_to,
        move.grave,
    )


def _can_be_put(payment: Payment) -> bool:
    return bool(payment.left) and asks.of_membership(payment.membership).exists()


def _waits_for_a_choice(payment: Payment) -> bool:
    return late_money.choice_of(payment) is not None


def _is_over(payment: Payment) -> bool:
    """Whether no invoice can have money of that day but by a choice."""
    rows = asks.of_membership(payment.membership) if payment.left else ()
    return any(payments.why_over(row, payment.received_on) for row in rows)


RECORD = replace(_of_invoice('pay', asks.RecordForm, _record, label='Record a payment'), when=_may_be_paid)
AGREE = _of_invoice('agree', asks.AgreedForm, _agree)
COMPLETE = _of_invoice('complete', asks.CompleteForm, _complete)
WRITE_OFF = _of_invoice('write_off', asks.WriteOffForm, _write_off)
REISSUE = _of_invoice('reissue', asks.ReissueForm, _reissue)
CREDIT = _of_invoice('credit', asks.CreditForm, _credit)
VOID = _of_invoice('void', asks.VoidForm, _void)
RECORD_FOR_TERM = MoneyMove(
    'Record a payment for it',
    asks.TermPaymentForm,
    _record_for_term,
    _is_recorded_for,
    'The numbered invoice is drawn for it, and goes out with the letter that thanks the payer.',
)
BILL = MoneyMove(
    'Issue the invoice',
    asks.CompleteForm,
    _bill,
    _unbilled,
    'It goes out with a letter, to who looks after money.',
)
PROMISE = MoneyMove(
    'Record a promise to pay',
    asks.PromiseForm,
    _promise,
    lambda row: row.payment in OPEN,
    'The term counts as covered until that day, without payment, and no reminder goes out before it.',
)
WAIVE = MoneyMove(
    'Waive the fee',
    asks.WaiveForm,
    _waive,
    lambda row: row.payment in (*OPEN, Standing.CREDITED),
    'The term covers to its end.',
    grave=True,
)
MORE_SEATS = MoneyMove(
    'Give more places',
    asks.SeatsForm,
    _more_seats,
    extra_seats.are_to_be_had,
    'They have an invoice of their own, to the end of the term; the term’s own cover does not hang on it.',
)
PUT = MoneyMove(
    'Put it to an invoice',
    asks.PutForm,
    _put,
    lambda row: _can_be_put(row) and not _is_over(row),
    'A letter says what is still due.',
)
OLD_DAYS = MoneyMove(
    'Put it to the old term, with its days',
    asks.OldDaysForm,
    _put_old,
    _waits_for_a_choice,
    'There is no gap: the term keeps its days, although the membership was over when the money came. Where it has no '
    'invoice, one is drawn.',
)
NEW_TERM = MoneyMove(
    'Begin a new term with it',
    asks.NewTermForm,
    _begin_anew,
    _waits_for_a_choice,
    'An invoice for the old days is credited; the term begins on the day of the payment, and its invoice is drawn. The '
    'gap stays visible.',
)
REFUND = MoneyMove(
    'Record what was sent back',
    asks.RefundForm,
    _refund,
    lambda row: bool(row.left),
    'Only what is put to no invoice.',
)
TAKE_BACK = MoneyMove(
    'The bank took it back',
    asks.TakeBackForm,
    _take_back,
    lambda row: not row.reversed_on,
    'The cover it gave ends. The payer and the office are told.',
    grave=True,
)
NOT_OWN = MoneyMove(
    'It was not the member’s own money',
    asks.WhoseForm,
    _not_own,
    lambda row: _qualifies(row) and row.own_money is not False,
    'An employer or somebody else paid it. Gift Aid is not claimed for it; what was claimed goes back with the next '
    'claim.',
)
OWN = MoneyMove(
    'It was the member’s own money',
    asks.WhoseForm,
    _own,
    lambda row: _qualifies(row) and not row.own_money,
    'Gift Aid may be claimed for it.',
)
MOVES: dict[str, dict[str, MoneyMove]] = {
    'invoice': {
        'record': RECORD,
        'agree': AGREE,
        'complete': COMPLETE,
        'write-off': WRITE_OFF,
        'reissue': REISSUE,
        'credit': CREDIT,
        'void': VOID,
    },
    'term': {
        'bill': BILL,
        'record': RECORD_FOR_TERM,
        'promise': PROMISE,
        'waive': WAIVE,
        'more-seats': MORE_SEATS,
    },
    'payment': {
        'put': PUT,
        'old-days': OLD_DAYS,
        'new-term': NEW_TERM,
        'refund': REFUND,
        'take-back': TAKE_BACK,
        'not-own': NOT_OWN,
        'own': OWN,
    },
}
