from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.forms.organisations import OrganisationForm
from members.models import EarlierName, Organisation
from ukis import addresses
from ukis.staff import DAYS, StaffModelAdmin


class EarlierNameInline(admin.StackedInline):
    formfield_overrides = DAYS
    model = EarlierName
    extra = 0
    fields = [('name', 'until')]


@admin.register(Organisation)
class OrganisationAdmin(StaffModelAdmin):
    show_full_result_count = False
    form = OrganisationForm
    list_display = ['name', 'short_name', 'kind', 'part_of', 'public']
    list_filter = ['kind', 'public']
    list_select_related = ['part_of']
    search_fields = ['name', 'short_name', 'earlier_names__name']
    autocomplete_fields = ['part_of', 'successor']
    readonly_fields = ['logo']
    inlines = [EarlierNameInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        if change and 'slug' in form.changed_data and form.initial.get('slug'):
            addresses.moved(obj, 'organisation', form.initial['slug'])
        super().save_model(request, obj, form, change)
