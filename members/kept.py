"""How long what is held of people, organisations and their money is kept; see `ukis/keeping.py`."""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from members import applying, exchange
from members.erasing import former
from members.meeting import introducing
from members.money import bank
from members.places import inviting
from ukis import keeping
from ukis.keeping import Period, for_ever
from ukis.society.models import Society

ANSWERED_FILES = timedelta(days=365)
GONE = 'No longer kept'
SIX_YEARS = 'Six years after the end of the financial year'
TAX = 'Tax law asks for the books that long.'


def _rows(model: str) -> Any:
    return apps.get_model('members', model)._base_manager.all()


def _closed(now: datetime) -> Any:
    return keeping.books_closed_before(now, Society.get().year_begins_month)


def _old_files(now: datetime) -> QuerySet[Any]:
    return _rows('answeredfile').filter(
        answer__application__state='approved', answer__application__decided_at__lt=now - ANSWERED_FILES
    )


def _old_payers(now: datetime) -> QuerySet[Any]:
    of_people = Q(membership__person__isnull=False) & ~Q(payer_name=GONE)
    of_organisations = Q(membership__person=None) & ~Q(attention='')
    return _rows('invoice').filter(of_people | of_organisations, issued_on__lt=_closed(now))


def _forget_payers(now: datetime) -> None:
    of_people = _old_payers(now).filter(membership__person__isnull=False)
    keeping.empty(of_people, payer_name=GONE, payer_address='', attention='', po_number='')
    keeping.empty(_old_payers(now).filter(membership__person=None), attention='')


def _old_copies(now: datetime) -> QuerySet[Any]:
    said = ~Q(attention='') | ~Q(po_number='')
    return _rows('invoicecopy').filter(said, invoice__issued_on__lt=_closed(now))


def _forget_copies(now: datetime) -> None:
    keeping.empty(_old_copies(now), attention='', po_number='')


def _old_references(now: datetime) -> QuerySet[Any]:
    return _rows('payment').filter(received_on__lt=_closed(now)).exclude(reference='')


def _forget_references(now: datetime) -> None:
    keeping.empty(_old_references(now), reference='')


def _old_lines(now: datetime) -> QuerySet[Any]:
    return _rows('bankline').filter(recorded=True, value_date__lt=_closed(now)).exclude(text='')


def _forget_lines(now: datetime) -> None:
    keeping.empty(_old_lines(now), text='')


def _old_requests(now: datetime) -> QuerySet[Any]:
    return _rows('datarequest').filter(answered_at__lt=now - timedelta(days=3 * 365))


def _old_declarations(now: datetime) -> QuerySet[Any]:
    closed = _closed(now)
    rows = _rows('giftaiddeclaration').filter(cancelled_on__lt=closed).exclude(given_names=GONE)
    return rows.exclude(claimed__received_on__gte=closed)


def _forget_donors(now: datetime) -> None:
    rows = _old_declarations(now)
    keeping.empty(rows, given_names=GONE, title='', family_name='', house='', address='', postcode='')


PERIODS = (
    Period(
        models=('members.application', 'members.applicationanswer', 'members.applicationstep'),
        words='Applications',
        kept='A draft until the day that its applicant is told two weeks before; one that was declined, withdrawn or '
        'led elsewhere a year; an approved one with its membership',
        why='Time to come back to a draft and to put a mistake right; how somebody became a member.',
        due=applying.due_to_go,
        clear=applying.dispose,
        job='members: applications that are not kept',
        every=timedelta(hours=6),
    ),
    Period(
        models=('members.answeredfile',),
        words='Files of approved applications',
        kept='One year after the decision; others go with their application',
        why='They were asked for to decide, and that is done.',
        due=_old_files,
        beside=('answer',),
        job='members: files of approved applications',
    ),
    Period(
        models=('members.seat',),
        words='Addresses of invitations',
        kept='An invitation that came to nothing goes with its address some days after its last day; a place that was '
        'taken stays',
        why='Somebody who did not answer gave us no address. Who had a place when explains who could write what.',
        due=inviting.past_their_days,
        beside=('person', 'membership__person', 'membership__organisation', 'membership__category'),
        job='members: old invitations',
    ),
    Period(
        models=('members.introduction',),
        words='Notes between members',
        kept='240 days where nothing came of them; that they were written is kept on',
        why='So that nobody is asked again too early, and a note can be shown to staff.',
        due=introducing.with_old_words,
        clear=introducing.forget_words,
        job='members: words of introductions',
        every=timedelta(hours=1),
    ),
    Period(
        models=('members.bankimport', 'members.bankformat'),
        words='Bank files that nobody confirmed',
        kept='A week, with their lines',
        why='They are previews; what was confirmed stands in the books.',
        due=bank.never_confirmed,
        job='members: forget bank files',
        every=timedelta(hours=6),
    ),
    Period(
        models=('members.registerimport',),
        words='Files of the registers that nobody carried out',
        kept='A week',
        why='They are previews, and full of people.',
        due=exchange.never_confirmed,
        job='members: forget registers’ files',
        every=timedelta(hours=6),
    ),
    Period(
        models=('members.registerimportrow',),
        words='What each row of such a file changed',
        kept='A week after it was carried out',
        why='It stands in the history of what it changed.',
        due=exchange.read_long_ago,
        job='members: forget registers’ rows',
        every=timedelta(hours=6),
        named=False,
    ),
    Period(
        models=('members.bankline',),
        words='What a bank wrote beside a payment',
        kept=SIX_YEARS,
        why=TAX,
        due=_old_lines,
        clear=_forget_lines,
        job='members: words of bank lines',
    ),
    Period(
        models=('members.invoice', 'members.invoiceline', 'members.creditnote', 'members.creditnoteline'),
        words='Invoices and credit notes: name and address of people, and for whose attention',
        kept=f'{SIX_YEARS}; numbers, amounts and organisations’ names are kept on',
        why=f'{TAX} The numbers have no gaps.',
        due=_old_payers,
        clear=_forget_payers,
        job='members: payers of old invoices',
    ),
    Period(
        models=('members.invoicecopy',),
        words='Invoices as they read before they were completed: order number, and for whose attention',
        kept=SIX_YEARS,
        why=TAX,
        due=_old_copies,
        clear=_forget_copies,
        job='members: words of old invoices',
        named=False,
    ),
    Period(
        models=(
            'members.payment', 'members.allocation', 'members.refund', 'members.release', 'members.writeoff',
        ),
        words='Payments: what their payer wrote',
        kept=f'{SIX_YEARS}; amounts and days are kept on',
        why=TAX,
        due=_old_references,
        clear=_forget_references,
        job='members: references of old payments',
    ),
    Period(
        models=('members.giftaiddeclaration', 'members.giftaidclaim', 'members.giftaidline'),
        words='Gift Aid: name and home address of who declared',
        kept='Six years after the end of the financial year of the last payment that was claimed, or of its '
        'cancelling; the amounts are kept on',
        why='The tax office may ask for them that long.',
        due=_old_declarations,
        beside=('person',),
        clear=_forget_donors,
        job='members: old Gift Aid declarations',
    ),
    Period(
        models=('members.datarequest',),
        words='Requests and complaints about data',
        kept='Three years after the answer',
        why='To show that they were answered, and when.',
        due=_old_requests,
        job='members: old requests about data',
    ),
    Period(
        models=('members.person',),
        words='Former members',
        kept=f'{SIX_YEARS} in which they last had a membership, a place or an office, applied or signed in',
        why='Questions about the books come no later. They are written to a week before, and can say that it stays.',
        due=former.due,
        clear=former.ask_to_go,
        job='members: former members',
    ),
    for_ever(
        'Until they ask to be erased: bylines, versions and books lead to them.',
        'People: members, staff, and who is in print or wrote here',
        'members.person', 'members.affiliation', 'members.sought',
    ),
    for_ever(
        'Who was a member when, and why it ended: what rights and the books of later years are reckoned from.',
        'Memberships, their terms, and which entries were merged',
        'members.membership', 'members.term', 'members.extraseats', 'members.override', 'members.renewal',
        'members.renewalwish', 'members.mergerecord',
    ),
    for_ever(
        'What the Society wrote to many is its record; who got it stands with the letters, and goes with them.',
        'Letters to many',
        'members.mailing',
    ),
    for_ever(
        'They are about organisations: who they are, who spoke for them, what changed in their listing.',
        'Organisations',
        'members.organisation', 'members.earliername', 'members.registration', 'members.succession',
        'members.office', 'members.domain',
        'members.changeproposal',
    ),
    for_ever(
        'That it was done, when and how much: it names nobody, and erases again whoever comes back with a backup.',
        'Receipts of erasures',
        'members.erasure',
    ),
    for_ever(
        'They say nothing of anybody.',
        'Categories, the parts of their fees, their questions, and counts',
        'members.category', 'members.categorypart', 'members.question', 'members.numbers', 'members.nationcount',
    ),
)  # fmt: skip
