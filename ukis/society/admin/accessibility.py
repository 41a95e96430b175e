"""The facts of the accessibility statement, in the admin: one row, and its known problems."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import DateField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from ukis import staff, unsaved
from ukis.refusals import CONFLICT
from ukis.society import reviewing
from ukis.society.accessibility import AccessibilityStatement, KnownProblem
from ukis.staff import DAYS, StaffInline, StaffModelAdmin

THERE = 'Somebody wrote the facts meanwhile. Nothing was saved; put into theirs what is missing there.'


class KnownProblems(StaffInline):
    model = KnownProblem
    fields = ['what', 'kind', 'clause', 'why', 'mend_by', 'mended_on', 'position']


@admin.register(AccessibilityStatement)
class AccessibilityStatementAdmin(StaffModelAdmin):
    """The list leads to it; it is not deleted, for the page shows it."""

    # No hidden copy of what stood there first: it would name the words of help, which a hidden field may not.
    formfield_overrides = {DateField: {**DAYS[DateField], 'show_hidden_initial': False}}
    inlines = [KnownProblems]
    fieldsets = [
        ('The site', {'fields': ['site', 'conformance', 'can_do']}),
        ('Whom to write to', {'fields': ['email', 'phone', 'answer_days', 'enforcement']}),
        (
            'When, and how it was tested',
            {'fields': ['prepared_on', 'reviewed_on', 'tested_on', 'tested_by', 'how_tested', 'improving']},
        ),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)  # which refuses
        if AccessibilityStatement.objects.exists():
            return redirect('admin:ukis_accessibilitystatement_change', 1)
        return redirect('admin:ukis_accessibilitystatement_add')

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.has_add_permission(request) and AccessibilityStatement.objects.exists():
            there = reverse('admin:ukis_accessibilitystatement_change', args=[1])
            if request.method == 'POST':
                return unsaved.give_back(request, status=CONFLICT, why=THERE, back=there)
            return redirect(there)
        return super().add_view(request, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, form, *args, **kwargs)
        page = reviewing.kept(form.instance, by=request.user)
        if page is None or not page.published:
            messages.warning(request, 'No page shows it: the page “accessibility” is not on the site.')
        else:
            shown = format_html('<a href="{}">The page</a> says so now.', page.get_absolute_url())
            messages.info(request, shown)


def front(request: HttpRequest) -> dict | None:
    """On the front page of the admin, where there is none, or its review is late."""
    if not request.user.has_perm('ukis.change_accessibilitystatement'):  # type: ignore[union-attr]
        return None
    statement = AccessibilityStatement.objects.first()
    if statement is not None and not statement.is_overdue:
        return None
    return {'template': 'admin/ukis/accessibilitystatement/_front.html', 'statement': statement}


staff.blocks.append(front)
