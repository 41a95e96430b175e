"""The outbox as staff see it: what was written to whom, what became of it, and what can still be done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from ukis import letters
from ukis.clock.models import ClockRun
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress
from ukis.staff import StaffModelAdmin

State = Letter.State
UNSENT = (State.WAITING, State.HELD)
LETTER = ('recipient', 'subject', 'body', 'about_link')
FATE = ('state', 'send_after', 'sent_at', 'attempts', 'last_error', 'in_doubt')
RECORD = ('kind', 'by', 'queued_at', 'reply_to', 'message_id')
SHOWN = [*LETTER, *FATE, *RECORD]
# The move, its button, the states that draw it, and what is said when it is done.
MOVES: dict[str, tuple[Callable, str, tuple[str, ...], str]] = {
    'hold': (letters.hold, 'Hold', (State.WAITING,), 'The letter is held until somebody sends it.'),
    'release': (letters.release, 'Send now', UNSENT, 'The letter goes out now.'),
    'recall': (letters.recall, 'Recall for good', (*UNSENT, State.FAILED), 'The letter was recalled.'),
    'retry': (letters.retry, 'Try again', (State.FAILED, State.SUPPRESSED), 'The letter is tried again.'),
}


class Readable(StaffModelAdmin):
    """Rows that the site writes and staff read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LetterForm(forms.ModelForm):
    class Meta:
        model = Letter
        fields = ['subject', 'body']
        widgets = {
            'subject': forms.TextInput(attrs={'class': 'vTextField'}),
            'body': forms.Textarea(attrs={'rows': 18, 'class': 'vLargeTextField'}),
        }

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if 'subject' in words and 'body' in words:
            letters.check_words(
                self.instance, subject=words['subject'], body=words['body'], note=self.instance.note
            )
        return words


@admin.register(Letter)
class LetterAdmin(StaffModelAdmin):
    form = LetterForm
    list_display = ['subject', 'recipient', 'state', 'kind', 'send_after', 'sent_at', 'doubt', 'about_link']
    list_filter = ['state', 'kind', 'in_doubt']
    search_fields = ['subject', 'to_name', 'to_address', 'message_id']
    list_per_page = 50
    show_full_result_count = False
    change_form_template = 'admin/ukis/letter/change_form.html'
    fieldsets = [
        (None, {'fields': LETTER}),
        ('What became of it', {'fields': FATE}),
        ('For the record', {'fields': RECORD, 'classes': ['collapse']}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Letter]:
        """What each subject lets the person read; their own they read in any case, as anybody does."""
        rows = super().get_queryset(request).select_related('content_type', 'by').prefetch_related('about')
        kept_from = Q(pk__in=[])
        for subject in letters.SUBJECTS.values():
            kept_from |= subject.kept_from(request.user)
        return rows.exclude(kept_from)

    def get_readonly_fields(self, request: HttpRequest, obj: Letter | None = None) -> list[str]:
        open_ones = {'subject', 'body'} if obj and obj.state in UNSENT else set()
        return [name for name in SHOWN if name not in open_ones]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description='to', ordering='to_address')
    def recipient(self, letter: Letter) -> str:
        return f'{letter.to_name} <{letter.to_address}>' if letter.to_name else letter.to_address

    @admin.display(description='sent twice?')
    def doubt(self, letter: Letter) -> str:
        return 'perhaps' if letter.in_doubt else ''

    @admin.display(description='about')
    def about_link(self, letter: Letter) -> str:
        if letter.about is None:
            return '–'
        address = _page_of(letter.about)
        return format_html('<a href="{}">{}</a>', address, letter.about) if address else str(letter.about)

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:
        try:
            letters.edit(obj, by=request.user, subject=obj.subject, body=obj.body, note=obj.note)
        except letters.TooLate as late:
            obj.too_late = str(late)  # type: ignore[attr-defined]  # said by response_change

    def response_change(self, request: HttpRequest, obj: Letter) -> HttpResponse:
        if sentence := getattr(obj, 'too_late', ''):
            messages.error(request, sentence)
            return redirect('admin:ukis_letter_change', obj.pk)
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        moves = [
            path(f'<int:pk>/{name}/', self._move_view(name), name=f'ukis_letter_{name}') for name in MOVES
        ]
        return moves + super().get_urls()

    def _move_view(self, name: str) -> Callable[..., HttpResponse]:
        verb, label, _, done = MOVES[name]

        def move(request: HttpRequest, pk: int) -> HttpResponse:
            letter = self.get_object(request, str(pk))
            if letter is None:
                raise Http404('There is no such letter.')
            if not self.has_change_permission(request, letter):
                raise PermissionDenied('Only those who look after the outbox may do this.')
            try:
                verb(letter, by=request.user)
            except letters.TooLate as late:
                messages.error(request, str(late))
            else:
                self.log_change(request, letter, f'{label}.')
                messages.success(request, done)
            return redirect('admin:ukis_letter_change', letter.pk)

        return self.admin_site.admin_view(require_POST(move))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = '', extra_context: dict | None = None
    ) -> HttpResponse:
        letter = self.get_object(request, object_id)
        may = letter is not None and self.has_change_permission(request, letter)
        moves = [
            {'name': name, 'label': label, 'address': reverse(f'admin:ukis_letter_{name}', args=[letter.pk])}
            for name, (_, label, states, _) in MOVES.items()
            if may and letter and letter.state in states
        ]
        open_one = bool(may and letter and letter.state in UNSENT)
        extra = {
            'moves': moves,
            'show_save': open_one,
            'show_save_and_continue': open_one,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, extra)


def _page_of(row: models.Model) -> str:
    """Where staff look at this row; empty where they have no page for it."""
    if subject := letters.SUBJECTS.get(row._meta.label_lower):
        return subject.page(row)
    try:
        return reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_change', args=[row.pk])
    except NoReverseMatch:
        return ''


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(StaffModelAdmin):
    """Taking a row away is how an address that works again is written to again."""

    list_display = ['address', 'reason', 'since']
    search_fields = ['address']
    readonly_fields = ['since']

    def save_model(self, request: HttpRequest, obj: SuppressedAddress, form: Any, change: bool) -> None:
        obj.address = obj.address.strip().lower()
        super().save_model(request, obj, form, change)


@admin.register(PrivateLink)
class PrivateLinkAdmin(Readable):
    list_display = ['purpose', 'letter', 'made_at', 'expires_at']
    list_filter = ['purpose']
    list_select_related = ['letter']
    fields = ['purpose', 'letter', 'made_at', 'expires_at']


@admin.register(ClockRun)
class ClockRunAdmin(Readable):
    list_display = ['name', 'last_run_at', 'going_well']
    fields = ['name', 'last_run_at', 'last_error']

    @admin.display(boolean=True)
    def going_well(self, run: ClockRun) -> bool:
        return not run.last_error
