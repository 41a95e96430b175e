"""What the outbox keeps beside its letters: addresses that refuse them, and private links."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from ukis.letters import refusing
from ukis.letters.models import Bounce, Consent, Letter, PrivateLink, SuppressedAddress
from ukis.letters.subjects import kept_from
from ukis.staff import Readable, StaffModelAdmin


class SuppressForm(forms.ModelForm):
    def clean_address(self) -> str:
        return self.cleaned_data['address'].strip().lower()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        rows = SuppressedAddress.objects.standing()
        if rows.filter(address=said.get('address'), scope=said.get('scope')).exists():
            self.add_error('address', 'This address is in the list already.')
        return said


class LiftForm(forms.ModelForm):
    why = forms.CharField(
        label='Why letters may go there again',
        max_length=300,
        help_text='As in: she wrote from it today; her mailbox was full, and is not any more.',
    )


class LiftedFilter(admin.SimpleListFilter):
    title, parameter_name = 'lifted', 'lifted'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [('no', 'stands'), ('yes', 'lifted')]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        asked = {'no': True, 'yes': False}.get(str(self.value()))
        return queryset if asked is None else queryset.filter(lifted_at__isnull=asked)


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(StaffModelAdmin):
    """Once written down, a row changes in one way: it is lifted, by somebody who says why, and stays."""

    list_display = ['address', 'cause', 'scope', 'reason', 'since', 'lifted_at']
    list_filter = [LiftedFilter, 'scope', 'cause']
    search_fields = ['address']
    ordering = ['-since', '-pk']
    said = ('address', 'scope', 'reason')
    facts = ('address', 'cause', 'scope', 'reason', 'since', 'by')
    lifting = ('lifted_at', 'lifted_by', 'lifted_why')

    def get_fieldsets(self, request: HttpRequest, obj: SuppressedAddress | None = None) -> Any:
        if obj is None:
            return [(None, {'fields': self.said})]
        asks = () if obj.is_lifted and request.method == 'GET' else ('why',)
        after = (*self.lifting, *asks) if obj.is_lifted else asks
        return [('What is not sent', {'fields': self.facts}), ('Lifted', {'fields': after})]

    def get_readonly_fields(self, request: HttpRequest, obj: SuppressedAddress | None = None) -> Any:
        return () if obj is None else (*self.facts, *self.lifting)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs['form'] = SuppressForm if obj is None else LiftForm
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SuppressedAddress, form: Any, change: bool) -> None:
        if change:
            refusing.lift(obj, by=request.user, why=form.cleaned_data['why'])
        else:
            obj.by = request.user  # type: ignore[assignment]
            super().save_model(request, obj, form, change)


class OfALetter(Readable):
    """A row beside a letter, which is named to those who may read it: to others its subject says what is asked of
    whom."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        readable = Letter.objects.filter(pk=models.OuterRef('letter')).exclude(kept_from(request.user))
        rows = super().get_queryset(request).select_related('letter')
        return rows.annotate(is_theirs_to_read=models.Exists(readable))

    @admin.display(description='letter')
    def of_letter(self, row: Any) -> str:
        if row.letter is None:
            return '–'
        return str(row.letter) if row.is_theirs_to_read else 'one that is not yours to read'


@admin.register(Bounce)
class BounceAdmin(OfALetter):
    list_display = ['address', 'verdict', 'says', 'of_letter', 'at']
    list_filter = ['verdict']
    search_fields = ['address']
    fields = ['of_letter', 'address', 'verdict', 'says', 'at']


@admin.register(Consent)
class ConsentAdmin(Readable):
    list_display = ['address', 'choice', 'agreed', 'form', 'at']
    list_filter = ['choice', 'agreed']
    search_fields = ['address']
    fields = ['address', 'person', 'choice', 'agreed', 'wording', 'form', 'source', 'at']


@admin.register(PrivateLink)
class PrivateLinkAdmin(OfALetter):
    list_display = ['purpose', 'of_letter', 'made_at', 'expires_at']
    list_filter = ['purpose']
    fields = ['purpose', 'of_letter', 'made_at', 'expires_at']
