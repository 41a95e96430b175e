"""Changes that contacts propose to their organisation: staff accept each, or say why not."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from members import likeness
from members.admin import showing
from members.forms.listing import DecideForm
from members.models import ChangeProposal, Person
from members.organisations import proposals
from ukis.staff import StaffModelAdmin


@admin.register(ChangeProposal)
class ChangeProposalAdmin(StaffModelAdmin):
    form = DecideForm
    held_first = ['organisation']
    list_display = ['organisation', 'field', 'by', 'at', 'decision', 'decided_by']
    list_filter = ['decision', 'field']
    list_select_related = ['organisation', 'by', 'decided_by']
    search_fields = ['organisation__name', 'organisation__short_name', 'by__name']
    date_hierarchy = None
    asked = ['decide', 'reason']
    facts = ['listing', 'field', 'now', 'was_then', 'wanted_now', 'since', 'by', 'at']

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super().get_queryset(request).select_related('organisation__logo', 'by', 'decided_by', 'picture')
        )

    def get_fieldsets(self, request: HttpRequest, obj: ChangeProposal | None = None) -> list:
        said = [('What is proposed', {'fields': self.facts})]
        if obj is not None and obj.waits and self.has_change_permission(request, obj):
            return [*said, ('What becomes of it', {'fields': self.asked})]
        return [*said, ('What became of it', {'fields': ['decision', 'decided_by', 'decided_at', 'why']})]

    def get_readonly_fields(self, request: HttpRequest, obj: ChangeProposal | None = None) -> list[str]:
        return [*self.facts, 'decision', 'decided_by', 'decided_at', 'why']

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        return super().render_change_form(request, {**context, 'title': 'A proposed change'}, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is decided is read, and not changed."""
        return super().has_change_permission(request, obj) and (obj is None or obj.waits)

    @admin.display(description='organisation')
    def listing(self, row: ChangeProposal) -> SafeString:
        return showing.link(row.organisation)

    @admin.display(description='it says now')
    def now(self, row: ChangeProposal) -> str:
        if row.field == ChangeProposal.Field.LOGO:
            organisation = row.organisation
            return showing.picture(organisation.logo, organisation.logo_alt)
        return _shown(row, proposals.standing(row.organisation, row.field))

    @admin.display(description='it said when this was proposed')
    def was_then(self, row: ChangeProposal) -> str:
        return _shown(row, row.was)

    @admin.display(description='it is to say')
    def wanted_now(self, row: ChangeProposal) -> str:
        if row.field == ChangeProposal.Field.LOGO and row.picture:
            words = row.wanted['words']
            return format_html('{}<p>In words: {}</p>', showing.picture(row.picture, words), words)
        return _shown(row, row.wanted)

    @admin.display(description='changed since')
    def since(self, row: ChangeProposal) -> str:
        if not row.waits:
            return showing.NONE
        changed = proposals.standing(row.organisation, row.field) != row.was
        return 'Yes: it says something else now than when this was proposed. Compare.' if changed else 'No'

    def save_model(self, request: HttpRequest, obj: ChangeProposal, form: Any, change: bool) -> None:
        data, by = form.cleaned_data, cast(Person, request.user)
        if data['decide'] == 'accept':
            proposals.accept(obj, by=by, seen=data['seen'])
            if obj.field == ChangeProposal.Field.NAME:
                same = likeness.organisations_called(obj.wanted, besides=obj.organisation)
                showing.warn_of_namesakes(request, same)
        else:
            proposals.decline(obj, by=by, why=data['reason'])

    def log_change(self, request: HttpRequest, obj: ChangeProposal, message: Any) -> None:  # type: ignore[override]
        """The verbs have written the organisation's history."""


def _shown(row: ChangeProposal, value: Any) -> str:
    return mark_safe(linebreaks(proposals.in_words(row.field, value), autoescape=True))
