"""What is due up to now: renewals offered and chased, first invoices chased. The ledger of the clock holds each step
once; one step, one text (`templates/members/letters/`)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from members import letters
from members.letters import address_of, recipients
from members.letters.recipients import Addressee
from members.models import ExtraSeats, Invoice, Membership, Override, Person, Term
from members.money import bank, cover, notices, up_front
from members.renewals import offering
from members.status import Status
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import Reminder, ReminderPlan
from ukis.letters.models import Letter

ON_THEIR_WAY = (Letter.State.WAITING, Letter.State.HELD, Letter.State.SENDING, Letter.State.SENT)
# One whose invoice was credited whole can be renewed as one that has none.
WANTED = (Term.Payment.UNPAID, Term.Payment.PART_PAID, Term.Payment.PROMISED, Term.Payment.CREDITED)
# A link in the first notice still works when the last reminder has gone out.
LINK_DAYS = 200
# How long after its day the last step may still leave: it waits for the bank's file, which may be late by months; a
# membership is kept on meanwhile (`members/renewals/unheard.py`).
AWAITED = 120


class OfTerms(ReminderPlan[Term]):
    """The next term, counted from the last day of the one before: offered, reminded of, and chased when it began.
    Where payment is promised the steps that are left count from the day of the promise, if that covers some of it;
    where it is promised before the term begins they wait until then, for cover still ends when it did."""

    name = key = 'renewal'
    steps = tuple(map(Reminder, (-60, -30, -7, 0, 14, 30, 50)))
    last_for = AWAITED

    def rows(self, first: date, last: date) -> QuerySet[Term]:
        a_day = timedelta(days=1)
        begins = Q(start__range=(first + a_day, last + a_day), cover_end=None)
        rows = Term.objects.filter(renewal__begins_anew=False, payment__in=WANTED)
        return rows.filter(begins | _promised_within(first, last))

    def row(self, key: int) -> Term | None:
        return Term.objects.filter(pk=key, renewal__isnull=False).first()

    def whom(self, row: Term) -> str:
        return str(row.membership.holder)

    def counts_from(self, row: Term) -> date:
        before = row.start - timedelta(days=1)
        return max(_promised(row) or before, before)

    def lock(self, row: Term) -> Term:
        Membership.objects.locked(row.membership_id)
        return Term.objects.select_related(
            'renewal', 'membership__category', 'membership__organisation', 'membership__person'
        ).get(pk=row.pk)

    def why_not(self, row: Term, step: Reminder, on: date) -> str:
        if row.renewal.begins_anew:
            return 'It was renewed anew.'
        if row.payment not in WANTED:
            return f'The term is {row.get_payment_display()}.'
        if row.renewal.is_refused:
            return 'They do not renew.'
        needed = max(row.start, on + timedelta(days=1))
        return _of_membership(row.membership, needed, on) or _lapsed(row.membership, on)

    def waits(self, row: Term, step: Reminder, on: date) -> bool:
        promised = (_promised(row) or on - timedelta(days=1)) >= on
        due_on = self.counts_from(row) + timedelta(days=step.days)
        return promised or _bank_is_behind(step, due_on) or not _all_work(self._to(row, on), on)

    def tell(self, row: Term, step: Reminder, on: date) -> int:
        invoice = cover.claim(row) or up_front.draw(row)
        link = {
            'view': 'renewal',
            'purpose': 'renewal',
            'days': LINK_DAYS,
            'about': [ContentType.objects.get_for_model(Term).pk, row.pk],
        }
        standing: Any = row.membership.standing(on)
        notice = notices.of(row)
        sent = letters.tell(
            f'renewal_{_word(step)}',
            self._to(row, on),
            row.membership,
            key=f'renewal {row.pk} {step.name}',
            judged_by=_judged_by(self, row, step, owed := invoice.owed if invoice else notice.price),
            link=link,
            term=row,
            invoice=invoice,
            owed=owed,
            quote=invoice.number if invoice else notice.quote,
            pay_to=invoice.pay_to if invoice else notice.pay_to,
            last_day=self.counts_from(row),
            renewed=invoice is not None and bool(invoice.paid or row.renewal.is_renewed),
            sentence=standing.sentence,
            in_grace_until=(standing.status == Status.GRACE and standing.grace_until)
            or self.counts_from(row) + timedelta(days=row.membership.category.grace_days),
        )
        return _to_them(sent)

    @staticmethod
    def _to(row: Term, on: date) -> list[Addressee]:
        return recipients.of_renewal(row.membership, on)


class OfFirstInvoices(ReminderPlan[Invoice]):
    """The invoice of a first term, of one after a gap, or of more seats in the middle of one, counted from the day it
    is due, or to which payment is promised. It ends with a question to staff, as it does where the membership ended
    before any cover."""

    name, key = 'first invoice', 'invoice'
    steps = tuple(map(Reminder, (0, 14, 30, 50)))
    last_for = AWAITED

    def rows(self, first: date, last: date) -> QuerySet[Invoice]:
        promises = Term.objects.filter(payment=Term.Payment.PROMISED)
        promised = promises.filter(promised_until__range=(first, last)).values('pk')
        rows = Invoice.objects.open().filter(Q(due_on__range=(first, last)) | Q(term__in=promised))
        return rows.filter(Q(term__renewal=None) | Q(term__renewal__begins_anew=True))

    def row(self, key: int) -> Invoice | None:
        return Invoice.objects.filter(pk=key).first()

    def whom(self, row: Invoice) -> str:
        return f'{row.payer_name}, {row}'

    def counts_from(self, row: Invoice) -> date:
        return max(row.due_on, (row.term and _promised(row.term)) or row.due_on)

    def lock(self, row: Invoice) -> Invoice:
        Membership.objects.locked(row.membership_id)
        return Invoice.objects.select_related(
            'term', 'membership__category', 'membership__organisation', 'membership__person'
        ).get(pk=row.pk)

    def why_not(self, row: Invoice, step: Reminder, on: date) -> str:
        if not row.owed:
            return 'Nothing is owed.'
        if row.term is not None and row.term.payment in (Term.Payment.VOID, Term.Payment.WAIVED):
            return f'The term is {row.term.get_payment_display()}.'
        chased = self._is_last(step) or _was_used(row)
        if chased:
            return _suspended(row.membership, on)
        return _of_membership(row.membership, (row.period_end or on) + timedelta(days=1), on)

    def waits(self, row: Invoice, step: Reminder, on: date) -> bool:
        due_on = self.counts_from(row) + timedelta(days=step.days)
        return _bank_is_behind(step, due_on) or not _all_work(self._to(row, step, on), on)

    def tell(self, row: Invoice, step: Reminder, on: date) -> int:
        kind = 'invoice_unpaid_for_long' if self._is_last(step) else 'invoice_reminder'
        sent = letters.tell(
            kind,
            self._to(row, step, on),
            row.membership,
            key=f'invoice {row.pk} {step.name}',
            # That a part was paid is no answer to what staff are asked.
            judged_by=_judged_by(self, row, step, None if self._is_last(step) else row.owed),
            invoice=row,
            late=days.late_by(row.due_on, on),
            ended=(row.membership.ended_on or on) < on,
            told_on=ledger.told_on(self, row, besides=step),
            page=address_of('admin:members_membership_change', row.membership_id),
        )
        return len(sent) if self._is_last(step) else _to_them(sent)

    def _is_last(self, step: Reminder) -> bool:
        return step == self.steps[-1]

    def _to(self, row: Invoice, step: Reminder, on: date) -> list[Addressee]:
        return recipients.staff() if self._is_last(step) else recipients.of_money(row.membership, on)


PLANS: tuple[Any, ...] = (OfTerms(), OfFirstInvoices())


def remind(now: datetime) -> None:
    """Offers what is to be offered, then tells what is due."""
    offering.prepare_due(now)
    for plan in PLANS:
        ledger.run(plan, now)


def step_of(letter: Letter) -> tuple[Any, Any, Reminder] | None:
    """The plan, the row and the step of which it tells; None where it is of none."""
    by = letter.judged_by
    plan = next((one for one in PLANS if one.key == by.get('plan')), None)
    if plan is None:
        return None
    step = next((one for one in plan.steps if one.name == by['step']), None)
    row = plan.row(by['row']) if step else None
    return (plan, row, step) if step and row else None


def _judged_by(plan: Any, row: Any, step: Reminder, owed: Decimal | None) -> dict[str, Any]:
    return {'plan': plan.key, 'row': row.pk, 'step': step.name, 'owed': None if owed is None else str(owed)}


def given_up(letter: Letter) -> None:
    """One of a step's letters cannot be delivered: whoever comes next hears in their place, at last the staff."""
    of_step = step_of(letter)
    if of_step is None:
        return
    found, row, step = of_step
    on, before = days.today(), Letter.objects.about(row.membership).count()
    if found.why_not(found.lock(row), step, on):
        return
    if not found.tell(row, step, on):  # those who were written to are not written to again
        ledger.reached_nobody(found, row, step, f'What was sent to {letter.to_address} did not arrive.')
    if Letter.objects.about(row.membership).count() == before:
        letters.tell(
            'unreachable',
            recipients.staff(),
            row.membership,
            key=f'{letter.key} unreachable',
            to=letter.to_address,
            words=letter.subject,
            page=address_of('admin:members_membership_change', row.membership_id),
        )


def _to_them(sent: list[Letter]) -> int:
    """How many are for somebody of theirs, and on their way or there."""
    return sum(letter.to_id is not None and letter.state in ON_THEIR_WAY for letter in sent)


def _of_membership(membership: Membership, needed: date, on: date) -> str:
    """`needed`: the day that it has to reach."""
    return 'The membership ends.' if membership.ends_before(needed) else _suspended(membership, on)


def _suspended(membership: Membership, on: date) -> str:
    suspended = Override.objects.filter(membership=membership, start__lte=on).filter(
        Q(until=None) | Q(until__gte=on)
    )
    return 'The membership is suspended.' if suspended.exists() else ''


def _lapsed(membership: Membership, on: date) -> str:
    """Of one whose days of grace are over each letter would speak of what is to come, and has been."""
    standing: Any = membership.standing(on)
    return 'The membership has lapsed.' if standing.status in (Status.LAPSED, Status.FORMER) else ''


def _was_used(invoice: Invoice) -> bool:
    """Whether a promise gave what it is for, before the membership ended: that is owed whatever came after."""
    term, last = invoice.term, invoice.membership.ended_on
    if term is not None:
        return term.cover_end is not None and (last is None or term.start <= last)
    return ExtraSeats.objects.filter(invoice=invoice, promised_until__isnull=False).exists()


def _promised(term: Term) -> date | None:
    """Until when it counts as paid without being so."""
    return term.promised_until if term.payment == Term.Payment.PROMISED else None


def _promised_within(first: date, last: date) -> Q:
    return Q(payment=Term.Payment.PROMISED, cover_end__range=(first, last))


def _bank_is_behind(step: Reminder, due_on: date) -> bool:
    return step.days >= 0 and bank.is_behind(due_on)


def _all_work(to: list[Addressee], on: date) -> bool:
    """A step leaves once, for all of them together. Holidays of the nations, one after another, are a few days."""
    return all(ledger.works(on, nations(one.person)) for one in to)


def nations(person: Person | None) -> list[str]:
    return [person.nation] if person and person.nation else []


_WORDS = {
    -60: 'offered',
    -30: 'in_30_days',
    -7: 'in_7_days',
    0: 'ends_today',
    14: 'after_14_days',
    30: 'after_30_days',
}


def _word(step: Reminder) -> str:
    return _WORDS.get(step.days, 'last')
