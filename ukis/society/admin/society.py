"""Staff's page for the Society's row."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ukis.society import who_commissions
from ukis.society.models import Society
from ukis.staff import StaffModelAdmin


@admin.register(Society)
class SocietyAdmin(StaffModelAdmin):
    """The one row: the list leads to it, and there is nothing to add or to delete."""

    fieldsets = [
        ('The Society', {'fields': ['name', 'short_name', 'strapline', 'mission', 'charity_number']}),
        ('How it is reached', {'fields': ['office_address', 'postal_address']}),
        (
            'The blog',
            {
                'fields': [
                    'commissioning_editor',
                    'contributions_address',
                    'words_from',
                    'words_to',
                    'licence',
                    'rights_sentence',
                ]
            },
        ),
        (
            'Invoices',
            {
                'fields': [
                    'legal_name',
                    'registered_as',
                    'pay_to',
                    ('payment_days', 'year_begins_month'),
                    ('vat_number', 'vat_rate'),
                    'gift_aid_wording',
                    'invoices_up_front',
                ]
            },
        ),
        ('The line under a post', {'fields': ['views_own', 'views_organisation', 'views_society']}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Society]:
        return super().get_queryset(request).select_related('commissioning_editor')

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """The Commissioning Editor is one of the few who have that role, so a plain list serves."""
        kwargs['queryset'] = get_user_model()._default_manager.filter(*who_commissions)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)  # which refuses
        Society.objects.get_or_create(pk=1)
        return redirect('admin:ukis_society_change', 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
