"""Email domains that organisations claim: staff confirm each, or say why not."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from members.admin import showing
from members.forms.domains import DecideDomainForm
from members.models import Domain, Person
from members.organisations import domains
from ukis import days
from ukis.staff import StaffModelAdmin


class ConfirmedFilter(admin.SimpleListFilter):
    title = 'confirmed'
    parameter_name = 'confirmed'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [('no', 'waits for staff'), ('yes', 'confirmed')]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = {'no': True, 'yes': False}.get(str(self.value()))
        return queryset if asked is None else queryset.filter(confirmed_at__isnull=asked)


@admin.register(Domain)
class DomainAdmin(StaffModelAdmin):
    form = DecideDomainForm
    held_first = ['organisation']
    list_display = ['name', 'organisation', 'places', 'claimed_by', 'stands']
    list_filter = [ConfirmedFilter, 'automatic']
    list_select_related = ['organisation', 'claimed_by']
    search_fields = ['name', 'organisation__name', 'organisation__short_name']
    facts: Any = ['name', 'owner', 'website', 'part_of', 'claimed_by', 'claimed_at']
    readonly_fields = [*facts, 'confirmed_by', 'confirmed_at']
    fieldsets = [
        ('What is claimed', {'fields': facts}),
        ('What becomes of it', {'fields': ['confirmed_by', 'confirmed_at', 'decide', 'automatic', 'reason']}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A claim goes by saying why."""
        return False

    @admin.display(description='places', ordering='automatic')
    def places(self, row: Domain) -> str:
        return 'taken without asking' if row.automatic else 'asked for, each'

    @admin.display(description='stands', ordering='confirmed_at')
    def stands(self, row: Domain) -> str:
        if row.confirmed_at is None:
            return f'waits for staff since {days.in_words(days.london_day(row.claimed_at))}'
        return f'confirmed on {days.in_words(days.london_day(row.confirmed_at))}'

    @admin.display(description='organisation')
    def owner(self, row: Domain) -> SafeString:
        return showing.link(row.organisation)

    @admin.display(description='its website')
    def website(self, row: Domain) -> str:
        return row.organisation.website or showing.NONE

    @admin.display(description='part of')
    def part_of(self, row: Domain) -> str:
        return str(row.organisation.part_of or showing.NONE)

    def save_model(self, request: HttpRequest, obj: Domain, form: Any, change: bool) -> None:
        data, by = form.cleaned_data, cast(Person, request.user)
        if data['decide'] == 'confirm':
            domains.confirm(obj, by=by, automatic=data['automatic'])
        else:
            domains.give_up(obj, by=by, why=data['reason'].strip())

    def response_change(self, request: HttpRequest, obj: Domain) -> HttpResponse:
        """To the list: what was refused has no page any more."""
        messages.success(request, f'{obj.name} is decided, and {obj.claimed_by} is told.')
        return HttpResponseRedirect(reverse('admin:members_domain_changelist') + '?confirmed=no')

    def log_change(self, request: HttpRequest, obj: Domain, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the organisation's history."""
