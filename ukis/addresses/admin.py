"""Staff's page of former addresses, and what the admin of everything that has an address shares."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from ukis import addresses, history
from ukis.addresses.choosing import field_of
from ukis.addresses.models import OldAddress
from ukis.refusals import NotNow
from ukis.staff import StaffModelAdmin


class Instead(forms.Form):
    """What is offered where deleting would leave an address that ends nowhere."""

    label = ''  # of its button

    def carry_out(self) -> str:
        """Does it, and says what was done. NotNow where it cannot be done any more."""
        raise NotImplementedError


class AddressedAdmin(StaffModelAdmin):
    """For the admin of a model with an address: when it is changed by hand the former one leads to today's, and
    what the public may know at its address is not deleted without something that takes its place."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        name = field_of(obj).name
        if change and name in form.changed_data:
            addresses.moved(obj, form.initial.get(name, '') if self.was_known(obj) else '')

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            # Somebody took the address or the name just now: asked again, the form says so and keeps what was typed.
            for name in request.FILES:
                cast(UploadedFile, request.FILES[name]).seek(0)
            return super().changeform_view(request, *args, **kwargs)

    def was_known(self, obj: Any) -> bool:
        """Whether the public can have known the address that it had."""
        return True

    def why_kept(self, obj: Any) -> str:
        """In a sentence, why it is not simply deleted; nothing where it may be."""
        return ''

    def instead(self, obj: Any, data: Any = None) -> Instead | None:
        """What may be done instead, if anything."""
        return None

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        allowed = obj is not None and self.has_delete_permission(request, obj)
        why = self.why_kept(obj) if allowed else ''
        if why:
            return self._offer(request, obj, why)
        try:
            return super().delete_view(request, object_id, extra_context)
        except NotNow as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)

    def _offer(self, request: HttpRequest, obj: Any, why: str) -> HttpResponse:
        form = self.instead(obj, request.POST if request.method == 'POST' else None)
        if form is not None and form.is_valid():
            try:
                with transaction.atomic():
                    done = form.carry_out()
            except NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                history.note(obj, by=cast(Model, request.user), lines=[done])
                messages.success(request, done)
                return redirect(f'admin:{obj._meta.label_lower.replace(".", "_")}_changelist')
        context = {
            **admin.site.each_context(request),
            'title': f'“{obj}” is not simply deleted',
            'object': obj,
            'opts': obj._meta,
            'why': why,
            'form': form,
        }
        status = 422 if form is not None and form.is_bound else 200
        return TemplateResponse(request, 'admin/not_deleted.html', context, status=status)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """Of several at once, those that are kept stand among what forbids it."""
        kept = {obj: self.why_kept(obj) for obj in objs}
        free = [obj for obj in objs if not kept[obj]]
        *rest, protected = super().get_deleted_objects(free, request)
        return (*rest, [*protected, *filter(None, kept.values())])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        addresses.forget(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


def _managers() -> Iterator[Any]:
    return (model._default_manager for model in apps.get_models())


@admin.register(OldAddress)
class OldAddressAdmin(StaffModelAdmin):
    """What leads where. The verbs write it; here it is only looked up."""

    list_display = ['path', 'leads', 'made_at']
    list_per_page = 50
    search_fields = ['path']
    fields = ['path', 'leads', 'made_at']
    ordering = ['-made_at', '-pk']

    def get_queryset(self, request: HttpRequest) -> QuerySet[OldAddress]:
        # Each with what it is called by, where that is more than its own row.
        called = [rows.with_title() for rows in _managers() if hasattr(rows, 'with_title')]
        return super().get_queryset(request).prefetch_related(GenericPrefetch('now', called))

    @admin.display(description='leads to')
    def leads(self, old: OldAddress) -> str:
        path = old.leads_to
        return format_html('<a href="{}">{}</a>, {}', path, path, old.now) if path else 'nothing any more'

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
