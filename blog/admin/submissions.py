from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from blog import wording
from blog.desk import queues
from blog.models import Submission
from blog.models.submissions_seen import SubmissionQuerySet
from ukis.staff import StaffModelAdmin


class ReadOnly(StaffModelAdmin):
    """Seen in the admin, changed on the desk: states and words are the verbs' alone."""

    list_per_page = 50
    actions = None

    def _has_desk(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_on_the_desk

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._has_desk(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._has_desk(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class FoundByWords(ReadOnly):
    """Looked through as the desk is."""

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        if said := queues.where_looked(request.GET.get('q', '')):
            messages.info(request, said)
        return super().changelist_view(request, extra_context)


@admin.register(Submission)
class SubmissionAdmin(FoundByWords):
    list_display = ['title', 'state', 'holder', 'held_since', 'due_on', 'editor']
    list_filter = ['state', 'holder']
    list_select_related = ['editor']
    search_fields = ['working_title', 'authorships__name']  # what the desk looks through, and as it does
    ordering = ['-held_since', '-pk']
    fieldsets = [
        (
            None,
            {'fields': ['on_the_desk', 'title', 'state', 'holder', 'held_since', 'due_on', 'editor']},
        ),
        (
            'History',
            {
                'fields': [
                    'started_at',
                    'started_by',
                    'promised_at',
                    'first_submitted_at',
                    'closed_at',
                    'reopens_to',
                    'source',
                ]
            },
        ),
    ]
    readonly_fields = ['on_the_desk', 'title']

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        """The rule of the desk: unsent drafts and one's own submissions are not for here."""
        found: SubmissionQuerySet = Submission.objects.on_the_desk_of(request.user)
        return found.with_title().select_related('editor', 'started_by').order_by('-held_since', '-pk')

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queues.search(queryset, search_term), False  # type: ignore[arg-type]

    def languages_of(self, obj: Submission) -> dict[str, list[str]]:
        return {obj.language: [obj.title]}

    @admin.display(description='title', ordering='working_title')
    def title(self, submission: Submission) -> str:
        return wording.titled(submission)

    @admin.display(description='On the desk')
    def on_the_desk(self, submission: Submission) -> str:
        address = reverse('admin:desk_submission', args=[submission.pk])
        return format_html('<a href="{}">{}</a>', address, wording.editor_words(submission))
