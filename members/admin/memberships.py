from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members import joining, leaving, status, waiting
from members.admin import gift_aid, money_shown
from members.admin.mailings import write_to_these
from members.admin.seats import SeatInline, seats_in_words
from members.forms.memberships import MembershipForm, SuspensionForm, TermForm, TermFormSet
from members.models import Membership, Override, Person, Seat, Term
from members.models.billing import pounds
from members.money import extra_seats, renewing
from members.places import seats
from members.renewals import grounds
from ukis.staff import StaffInline, StaffModelAdmin


class TermInline(StaffInline):
    model = Term
    form = TermForm
    formset = TermFormSet
    fields = [('start', 'end'), ('fee', 'seats'), ('payment', 'promised_until'), 'waived_why']

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related('invoices')

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A term is made void, not deleted: what was paid stays in the books."""
        return False


class SuspensionInline(StaffInline):
    model = Override
    form = SuspensionForm
    fields = ['reason', ('start', 'until'), 'by']
    readonly_fields = ['by']
    classes = ['collapse']

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related('by')


class StatusFilter(admin.SimpleListFilter):
    title = 'status'
    parameter_name = 'status'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((value.value, value.value) for value in status.Status), (waiting.LEAVING, waiting.LEAVE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked: Any = self.value()
        if asked == waiting.LEAVING:
            return queryset.filter(pk__in=waiting.leaving())
        if asked not in set(status.Status):
            return queryset
        rows: Any = queryset
        return rows.in_status(status.Status(asked))


@admin.register(Membership)
class MembershipAdmin(StaffModelAdmin):
    """One form for a membership and all that hangs on it. The verbs write it, and its history with it."""

    form = MembershipForm
    actions = [write_to_these]
    list_display = ['number', 'holder_link', 'category', 'status_now', 'why']
    list_filter = [StatusFilter, 'category']
    list_select_related = ['person', 'organisation', 'category']
    search_fields = ['number', 'person__name', 'organisation__name', 'organisation__short_name']
    autocomplete_fields = ['person', 'organisation']
    readonly_fields = [
        'holder_link',
        'status_now',
        'why_in_full',
        'seats_used',
        'invoices',
        'unpaid_terms',
        'gift_aid',
    ]
    inlines = [TermInline, SeatInline, SuspensionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = Membership.objects.with_status().order_by('number')
        return rows.select_related('person', 'organisation', 'category')

    def get_fieldsets(self, request: HttpRequest, obj: Membership | None = None) -> list:
        facts = ['category', ('number', 'joined_on')]
        end = ('How it ends', {'fields': [('ended_on', 'ended_why')]})
        if obj is None:
            return [('Who it is for', {'fields': ['organisation', 'person', *facts]}), end]
        now = ['holder_link', 'status_now', 'why_in_full', *(['seats_used'] if obj.organisation_id else [])]
        declared = ['gift_aid'] if obj.person_id and obj.category.gift_aid else []
        owed = ('Its money', {'fields': ['invoices', 'unpaid_terms', *declared]})
        return [('As it stands', {'fields': now}), owed, ('What it is', {'fields': facts}), end]

    def get_inlines(self, request: HttpRequest, obj: Membership | None) -> list:
        """Only an organisation's membership has seats; until one is chosen, it may be one's."""
        return [one for one in self.inlines if one is not SeatInline or obj is None or obj.organisation_id]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description='holder', ordering='organisation__name')
    def holder_link(self, row: Membership) -> str:
        kind = 'organisation' if row.organisation_id else 'person'
        address = reverse(f'admin:members_{kind}_change', args=[row.organisation_id or row.person_id])
        return format_html('<a href="{}">{}</a>', address, row.holder)

    @admin.display(description='status')
    def status_now(self, row: Membership) -> str:
        return row.status  # type: ignore[attr-defined]

    @admin.display(description='why')
    def why(self, row: Membership) -> str:
        return row.sentence

    @admin.display(description='why')
    def why_in_full(self, row: Membership) -> str:
        return grounds.in_full(row, to_staff=True)

    @admin.display(description='places')
    def seats_used(self, row: Membership) -> str:
        return seats_in_words(row)

    @admin.display(description='invoices')
    def invoices(self, row: Membership) -> SafeString:
        return money_shown.invoices_of(row)

    @admin.display(description='terms')
    def unpaid_terms(self, row: Membership) -> SafeString:
        return money_shown.moves_of_terms(row)

    @admin.display(description='Gift Aid')
    def gift_aid(self, row: Membership) -> SafeString:
        return gift_aid.declared_by(row)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if not change:
            joining.begin(obj, by=_staff(request))
        elif facts := {name: form.cleaned_data[name] for name in joining.FACTS if name in form.changed_data}:
            joining.correct(obj, by=_staff(request), **facts)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows, by = formset.save(commit=False), _staff(request)
        if formset.model is Term:
            renewing.keep_terms(form.instance, by=by, terms=formset.over_what_stands())
        elif formset.model is Seat:
            seats.keep_seats(form.instance, by=by, seats=rows, tells=seats.tell_whose_it_is)
        else:
            leaving.keep_suspensions(form.instance, by=by, suspensions=rows)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        use = seats.use(form.instance)
        if form.instance.organisation_id and use.beyond:
            messages.warning(request, f'More places than the membership has: {use}.')
        if change and 'category' in form.changed_data:
            _say_what_is_offered(request, form.instance)

    def log_addition(self, request: HttpRequest, obj: Membership, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the history."""

    def log_change(self, request: HttpRequest, obj: Membership, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the history."""


def _say_what_is_offered(request: HttpRequest, membership: Membership) -> None:
    """After another category: of the next terms that took its fee."""
    for term in extra_seats.next_terms(membership):
        fee = f'its fee is {pounds(term.fee)}' if term.fee else 'it is free'
        messages.info(
            request,
            f'The next term, {term.span}, is offered anew as {membership.category} has it: {fee}, its places '
            f'{term.seats}.',
        )


def _staff(request: HttpRequest) -> Person:
    return cast(Person, request.user)
