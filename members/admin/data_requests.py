"""Requests and complaints about data, as staff answer them."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from members import data_requests
from members.forms.data import AnswerDataRequestForm
from members.models import DataRequest, Person
from ukis.staff import StaffModelAdmin


class AnsweredFilter(admin.SimpleListFilter):
    title, parameter_name = 'answered', 'answered'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [('no', 'waits for staff'), ('yes', 'answered')]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = {'no': True, 'yes': False}.get(str(self.value()))
        return queryset if asked is None else queryset.filter(answered_at__isnull=asked)


@admin.register(DataRequest)
class DataRequestAdmin(StaffModelAdmin):
    form = AnswerDataRequestForm
    list_display = ['name', 'kind', 'at', 'due_on', 'answered_at']
    list_filter = [AnsweredFilter, 'kind']
    search_fields = ['name', 'email']
    facts = ('kind', 'name', 'email', 'person', 'words', 'at', 'due_on')
    answered = ('answer', 'answered_at', 'answered_by')

    def get_fieldsets(self, request: HttpRequest, obj: DataRequest | None = None) -> Any:
        done = obj is not None and obj.is_answered
        asks = () if done and request.method == 'GET' else ('reply',)
        after = (*self.answered, *asks) if done else asks
        return [('What they ask', {'fields': self.facts}), ('The answer', {'fields': after})]

    def get_readonly_fields(self, request: HttpRequest, obj: DataRequest | None = None) -> Any:
        return (*self.facts, *self.answered)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        return super().render_change_form(
            request, {**context, 'title': 'A request about data'}, *args, **kwargs
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: DataRequest, form: Any, change: bool) -> None:
        data_requests.answer(obj, by=cast(Person, request.user), words=form.cleaned_data['reply'])

    def response_change(self, request: HttpRequest, obj: DataRequest) -> HttpResponse:
        messages.success(request, f'Your answer is on its way to {obj.name}.')
        return HttpResponseRedirect(reverse('admin:members_datarequest_changelist') + '?answered=no')

    def log_change(self, request: HttpRequest, obj: DataRequest, message: Any) -> None:  # type: ignore[override]
        """The verb has written its history."""
