"""What the pages of invoices, payments and memberships show of money."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.admin.money_pages import buttons
from members.admin.showing import NONE, link
from members.models import Membership
from members.models.billing import pounds
from members.money import payments
from ukis import days

SHOWN = 30
SETTLED = ('paid', 'free', 'waived', 'void')


def listed(rows: list[SafeString]) -> SafeString:
    if not rows:
        return SafeString(NONE)
    return format_html(
        '<ul class="staff-list">{}</ul>', format_html_join('', '<li>{}</li>', ((row,) for row in rows))
    )


def pdf(view: str, key: int, words: str, *beside: int) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(view, args=[key, *beside]), words)


def history_of(row: Any) -> SafeString:
    """The last that happened to it, the newest first."""
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related('user')
    return listed(
        [
            format_html(
                '{}, {}: {}', days.moment_in_words(one.action_time), one.user, one.get_change_message()
            )
            for one in entries.order_by('-action_time')[:SHOWN]
        ]
    )


def invoices_of(membership: Membership) -> SafeString:
    """The latest, each with how it stands, and what is put to no invoice."""
    rows = [
        format_html('{}: {}', link(row), row.sentence)
        for row in membership.invoices.order_by('-number')[:SHOWN]
    ]
    if balance := membership.balance:
        address = f'{reverse("admin:members_payment_changelist")}?left=balance&q={membership.holder}'
        rows.append(format_html('<a href="{}">{} is put to no invoice</a>', address, pounds(balance)))
    return listed(rows)


def moves_of_terms(membership: Membership) -> SafeString:
    """What can be done about terms that nobody has paid yet, and about that of today, the newest first."""
    on = days.today()
    unpaid = ~Q(payment__in=SETTLED)
    void = Q(payment='void', end__gte=on)  # for which money may come still
    rows = membership.terms.filter(unpaid | void | Q(start__lte=on, end__gte=on)).order_by('-start')
    shown = [row for row in rows[:5] if row.payment != 'void' or payments.last_term(membership) == row]
    prefetch_related_objects([row for row in shown if row.payment not in SETTLED], 'invoices')
    return listed([format_html('{}{}', row, buttons('term', row)) for row in shown])
