"""Staff's pages for the Society's row and for their own pages."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ukis import addresses
from ukis.editor import ProseField
from ukis.society.models import Page, Society
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
        ('The line under a post', {'fields': ['views_own', 'views_organisation', 'views_society']}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Society]:
        return super().get_queryset(request).select_related('commissioning_editor')

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """The Commissioning Editor is one of the few who have that role, so a plain list serves."""
        kwargs['queryset'] = get_user_model()._default_manager.filter(
            is_active=True, groups__name='Commissioning Editor'
        )
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


class PageForm(forms.ModelForm):
    body = ProseField(label='Text', max_length=1_000_000)

    class Meta:
        model = Page
        fields = ['title', 'address', 'body', 'published', 'in_footer', 'position']
        help_texts = {'address': '“about” stands at /about/, every other page below it: /about/principles/.'}

    def clean_address(self) -> str:
        return addresses.refuse_taken(self.cleaned_data['address'], self.instance, 'page')


@admin.register(Page)
class PageAdmin(StaffModelAdmin):
    """Staff's pages. What the text may hold is the sanitiser's to say, at save."""

    form = PageForm
    list_display = ['title', 'address', 'published', 'in_footer', 'position', 'changed_at']
    list_filter = ['published']
    search_fields = ['title', 'address', 'body']
    prepopulated_fields = {'address': ['title']}

    def save_model(self, request: HttpRequest, obj: Page, form: forms.ModelForm, change: bool) -> None:
        if change and 'address' in form.changed_data and form.initial['address'] != 'about':
            addresses.moved(obj, 'page', form.initial['address'])
        super().save_model(request, obj, form, change)
        for sentence in form.fields['body'].told.sentences():  # type: ignore[attr-defined]
            messages.warning(request, sentence)
