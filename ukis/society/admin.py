"""Staff's pages for the Society's row and for their own pages."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ukis import days
from ukis.addresses.admin import AddressedAdmin, Instead
from ukis.editor import ProseField
from ukis.society import retiring, who_commissions
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
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


class PageForm(forms.ModelForm):
    body = ProseField(label='Text', max_length=1_000_000)

    class Meta:
        model = Page
        fields = ['title', 'address', 'body', 'published', 'in_footer', 'position']


class RetireInstead(Instead):
    """What may be done with a page that is on the site."""

    label = 'Do this'
    what = forms.ChoiceField(label='What is to become of it?', widget=forms.RadioSelect)
    other = forms.ModelChoiceField(
        Page.objects.none(),
        label='The other page',
        required=False,
        empty_label='–',
        help_text='For the second choice.',
    )

    def __init__(self, data: Any, *, page: Page) -> None:
        super().__init__(data)
        self.page = page
        fields: Any = self.fields
        others = Page.objects.published().exclude(pk=page.pk)
        fields['other'].queryset = others
        choices = [('unpublish', 'Take it off the site and keep its text, for staff only')]
        if page.address != 'about' and others.exists():
            choices.append(('replace', 'Delete it, and let its address lead to another page'))
        else:
            del fields['other']
        fields['what'].choices = choices

    def clean(self) -> dict[str, Any]:
        given: Any = super().clean()
        if given.get('what') == 'replace' and not given.get('other') and 'other' not in self.errors:
            self.add_error('other', 'Choose the page to which the address leads from then on.')
        return given

    def carry_out(self) -> str:
        if self.cleaned_data['what'] == 'unpublish':
            retiring.unpublish(self.page)
            return f'“{self.page}” is off the site. Its text is kept.'
        retiring.replace(self.page, self.cleaned_data['other'])
        return f'“{self.page}” is deleted, and its address leads to “{self.cleaned_data["other"]}”.'


@admin.register(Notice)
class NoticeAdmin(StaffModelAdmin):
    """Notices of the home page; each goes by itself after its last day."""

    list_display = ['words', 'first_day', 'last_day', 'now']
    search_fields = ['words', 'link_words']
    list_per_page = 50

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {'last_day': days.today() + timedelta(days=14), **super().get_changeform_initial_data(request)}

    def languages_of(self, obj: Notice) -> dict[str, list[str]]:
        return {obj.language: [obj.words]}

    @admin.display(description='on the home page')
    def now(self, notice: Notice) -> str:
        if notice.stands_on(days.today()):
            return 'now'
        return 'to come' if notice.first_day > days.today() else 'over'


@admin.register(Page)
class PageAdmin(AddressedAdmin):
    """Staff's pages. What the text may hold is the sanitiser's to say, at save."""

    form = PageForm
    list_display = ['title', 'address', 'published', 'in_footer', 'position', 'changed_at']
    list_filter = ['published']
    search_fields = ['title', 'address', 'body']

    def save_model(self, request: HttpRequest, obj: Page, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for sentence in form.fields['body'].told.sentences():  # type: ignore[attr-defined]
            messages.warning(request, sentence)

    def why_kept(self, obj: Page) -> str:
        return f'“{obj}” is on the site: links to its address would lead nowhere.' if obj.published else ''

    def instead(self, obj: Page, data: Any = None) -> Instead:
        return RetireInstead(data, page=obj)

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        retiring.delete(obj)
