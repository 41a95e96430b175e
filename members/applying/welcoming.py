"""What the welcome names of money: as it is when the letter leaves, for it waits some minutes at least."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from members import letters
from members.applying import engine
from members.letters import recipients
from members.models import Application, Invoice, Membership, Term
from members.money import cover, money_letters
from ukis import days
from ukis.letters.models import Letter
from ukis.society.models import Society


def facts(term: Term) -> dict[str, Any]:
    invoice = cover.claim(term)
    return {
        'membership': term.membership,
        'term': term,
        'pay_to': Society.get().pay_to.strip(),
        'promised_until': _promised(term),
        'judged_by': {'term': term.pk, **_named(term)},
        **(money_letters.figures(invoice) if invoice else {'invoice': None}),
    }


def lock(letter: Letter) -> None:
    """The application first, as whoever decides on it does."""
    if 'term' in letter.judged_by:
        list(Application.objects.filter(pk=letter.object_id).order_by().select_for_update().values_list('pk'))
        Membership.objects.locked(_term(letter).membership_id)


def why(letter: Letter) -> str:
    named = dict(letter.judged_by)
    if not named.pop('term', None) or named == _named(_term(letter)):
        return ''
    return 'What there is to pay is other than it names.'


def recalled(letter: Letter) -> None:
    """It is said as it is now, unless it may have arrived."""
    if letter.overtaken_why and not letter.in_doubt:
        row = Application.objects.get(pk=letter.object_id)
        letters.tell(
            letter.kind,
            [recipients.of_letter(letter)],
            row,
            key=f'in place of {letter.pk}',
            by=letter.by,
            link=engine.link_to(row),
            **facts(_term(letter)),
        )


def beside(letter: Letter) -> Iterable[Letter]:
    """Of the welcome the letter with its invoice, and of that the welcome."""
    if letter.kind == 'application_approved' and (term := letter.judged_by.get('term')):
        return _about(Invoice.objects.filter(term=term), 'invoice_issued')
    if letter.kind != 'invoice_issued':
        return ()
    invoice = Invoice.objects.get(pk=letter.object_id)
    welcomes = _about(Application.objects.filter(membership=invoice.membership_id), 'application_approved')
    return [one for one in welcomes if one.judged_by.get('term') == invoice.term_id]


def _about(rows: Any, kind: str) -> QuerySet[Letter]:
    of_model = ContentType.objects.get_for_model(rows.model)
    return Letter.objects.filter(content_type=of_model, object_id__in=rows.values('pk'), kind=kind)


def _term(letter: Letter) -> Term:
    return Term.objects.select_related('membership').get(pk=letter.judged_by['term'])


def _named(term: Term) -> dict[str, str]:
    invoice, promised = cover.claim(term), _promised(term)
    return {
        'invoice': f'{invoice.number}' if invoice else '',
        'owed': f'{invoice.owed}' if invoice else '',
        'due': money_letters.due_to_come(invoice) if invoice else '',
        'promised': f'{promised or ""}',
    }


def _promised(term: Term) -> Any:
    """The day until which it counts without payment, where that is to come."""
    until = term.promised_until if term.payment == Term.Payment.PROMISED else None
    return until if until and until >= days.today() else None
