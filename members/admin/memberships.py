from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from members import joining, leaving, renewing, seats, status
from members.models import Category, Membership, Override, Person, Seat, Term
from ukis.refusals import NotNow
from ukis.staff import DAYS, Autocompleted, KnowingFormSet, StaffModelAdmin


@admin.register(Category)
class CategoryAdmin(StaffModelAdmin):
    show_full_result_count = False
    list_display = ['name', 'holders', 'fee', 'seats', 'grace_days', 'open']
    list_filter = ['holders', 'open']
    search_fields = ['name']


class TermFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Two new rows of one page do not know of each other."""
        super().clean()
        spans: list[tuple[date, date]] = []
        for form in self.forms:
            given = getattr(form, 'cleaned_data', {})
            start, end = given.get('start'), given.get('end')
            if not (start and end) or given.get('payment') == Term.Payment.VOID:
                continue
            if any(start <= until and end >= since for since, until in spans):
                form.add_error('start', 'This period overlaps another on this page.')
            spans.append((start, end))


class TermInline(admin.StackedInline):
    formfield_overrides = DAYS
    model = Term
    formset = TermFormSet
    extra = 0
    fields = [('start', 'end'), ('fee', 'seats'), ('payment', 'promised_until')]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A term is made void, not deleted: what was paid stays in the books."""
        return False


class SeatInline(Autocompleted, admin.StackedInline):
    formfield_overrides = DAYS
    model = Seat
    extra = 0
    fields = [('person', 'state'), ('since', 'until')]
    autocomplete_fields = ['person']
    formset = KnowingFormSet

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A seat is ended, not deleted."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        along = ('person', 'membership__organisation', 'membership__person', 'membership__category')
        return super().get_queryset(request).select_related(*along)


class OverrideInline(admin.StackedInline):
    formfield_overrides = DAYS
    model = Override
    extra = 0
    fields = ['reason', ('start', 'until'), 'by']
    readonly_fields = ['by']

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StatusFilter(admin.SimpleListFilter):
    title = 'status'
    parameter_name = 'status'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value.value, value.value) for value in status.Status]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Membership)
class MembershipAdmin(StaffModelAdmin):
    show_full_result_count = False
    list_display = ['number', 'holder_link', 'category', 'status_now', 'why']
    list_filter = [StatusFilter, 'category']
    list_select_related = ['person', 'organisation', 'category']
    search_fields = ['number', 'person__name', 'organisation__name', 'organisation__short_name']
    autocomplete_fields = ['category', 'person', 'organisation']
    readonly_fields = ['status_now', 'why']
    inlines = [TermInline, SeatInline, OverrideInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = Membership.objects.with_status().order_by('number')
        return rows.select_related('person', 'organisation', 'category')

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (NotNow, ValidationError, IntegrityError):
            # Checked on the page, and yet refused at saving: somebody else was quicker.
            messages.error(
                request, 'Nothing was saved: somebody changed this membership just now. Look again.'
            )
            return redirect(request.path)

    @admin.display(description='holder', ordering='organisation__name')
    def holder_link(self, row: Membership) -> str:
        kind = 'organisation' if row.organisation_id else 'person'
        address = reverse(f'admin:members_{kind}_change', args=[row.organisation_id or row.person_id])
        return format_html('<a href="{}">{}</a>', address, row.holder)

    @admin.display(description='status', ordering='status')
    def status_now(self, row: Membership) -> str:
        return getattr(row, 'status', '–')

    @admin.display(description='why')
    def why(self, row: Membership) -> str:
        return row.sentence if hasattr(row, 'status') else 'Worked out from its terms once they are saved.'

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if not change:
            joining.begin(obj, by=_staff(request))
        elif facts := {name: form.cleaned_data[name] for name in joining.FACTS if name in form.changed_data}:
            joining.correct(obj, by=_staff(request), **facts)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = formset.save(commit=False)
        keep: dict[type, Callable[..., None]] = {
            Term: lambda **by: renewing.keep_terms(form.instance, terms=rows, **by),
            Seat: lambda **by: seats.keep_seats(form.instance, seats=rows, **by),
            Override: lambda **by: leaving.keep_suspensions(form.instance, suspensions=rows, **by),
        }
        keep[formset.model](by=_staff(request))

    def log_addition(self, request: HttpRequest, obj: Membership, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the history."""

    def log_change(self, request: HttpRequest, obj: Membership, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the history."""


def _staff(request: HttpRequest) -> Person:
    return cast(Person, request.user)


@admin.register(Seat)
class SeatAdmin(StaffModelAdmin):
    held_first = ['membership']
    show_full_result_count = False
    list_display = ['person', 'membership', 'state', 'since', 'until']
    list_filter = ['state']
    list_select_related = ['person', 'membership__organisation', 'membership__person', 'membership__category']
    search_fields = ['person__name', 'person__email', 'membership__organisation__name']
    autocomplete_fields = ['person', 'membership']

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Seat, form: Any, change: bool) -> None:
        seats.keep_seats(obj.membership, by=_staff(request), seats=[obj])
