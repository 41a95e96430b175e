"""The outbox as staff see it: what was written to whom, what became of it, and what can still be done."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from ukis import days, letters
from ukis.clock.models import Heartbeat
from ukis.letters import pausing
from ukis.letters.admin.changing import BUTTONS, RECALL, UNSENT, LetterForm, is_whole, words_of
from ukis.letters.admin.narrowing import AboutFilter, KindFilter
from ukis.letters.admin.reading import as_it_would_leave, as_read, carries_inset
from ukis.letters.models import Letter
from ukis.letters.subjects import kept_from
from ukis.letters.texts import anew
from ukis.letters.wording import fate, kind_of
from ukis.markup.languages import with_languages
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT
from ukis.staff import StaffModelAdmin, may_follow

State = Letter.State
# Of so many letters it is said who would get them.
SHOWN = 500
RECORD = ['kind_in_words', 'by', 'queued', 'reply_to', 'tries', 'message_id']


def _named() -> Iterator[models.QuerySet]:
    """Of what letters are about, that whose name stands in other rows: asked for with them."""
    managers: Iterable[Any] = (apps.get_model(label)._default_manager for label in letters.SUBJECTS)
    yield from (rows.with_name() for rows in managers if hasattr(rows, 'with_name'))


@admin.register(Letter)
class LetterAdmin(StaffModelAdmin):
    form = LetterForm
    list_display = ['says', 'addressee', 'fate', 'kind_in_words', 'about_link']
    list_filter = ['state', AboutFilter, KindFilter, 'in_doubt']
    search_fields = ['subject', 'to_name', 'to_address', 'message_id']
    list_per_page = 50
    change_form_template = 'admin/ukis/letter/change_form.html'
    change_list_template = 'admin/ukis/letter/change_list.html'

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Letter]:
        """What each subject lets the person read; their own they read in any case, as anybody does."""
        about = GenericPrefetch('about', list(_named()))
        rows = super().get_queryset(request).select_related('content_type', 'by').prefetch_related(about)
        return rows.exclude(kept_from(request.user))

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Found first, and put in order then: read in the order of the list, those not meant are read one by one."""
        if not search_term:
            return queryset, False
        found, _ = super().get_search_results(request, Letter.objects.order_by(), search_term)
        return queryset.filter(pk__in=found.values('pk')), False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        letter: Any = super().get_object(request, *args, **kwargs)
        if letter is not None:
            letter.today = anew.of_today(letter) if letter.state in UNSENT and letter.judged_by else {}
            letter.carries_note = bool(letter.note)  # whatever a form then puts in its place
        return letter

    def get_fieldsets(self, request: HttpRequest, obj: Letter | None = None) -> list:
        words = ['note', 'subject', 'body'] if _carries_note(obj) else ['subject', 'body']
        is_whole_there = _is_open(request, obj) and not (_carries_note(obj) or carries_inset(obj))
        read = [] if is_whole_there else ['reads']
        return [
            (None, {'fields': ['fate', 'recipient', 'about_link']}),
            ('The letter', {'fields': words if _is_open(request, obj) else ['says']}),
            *([('As it is read', {'fields': read})] if read else []),
            *([('As it would leave now', {'fields': ['leaves']})] if getattr(obj, 'today', None) else []),
            (
                'For the record',
                {'fields': ['kind_in_words', 'by', 'queued', 'reply_to', 'tries', 'message_id']},
            ),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Letter | None = None) -> list[str]:
        open_ones = ('note', 'subject', 'body') if _is_open(request, obj) else ()
        shown = [name for _, options in self.get_fieldsets(request, obj) for name in options['fields']]
        return [name for name in shown if name not in open_ones]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None or obj.state in UNSENT:
            return form

        class Gone(form):  # type: ignore[valid-type, misc]
            """Nothing can be typed over any more: the sentence that says so is enough."""

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                del self.fields['began']

        return Gone

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def languages_of(self, obj: Letter) -> dict[str, list[str]]:
        return obj.languages

    @admin.display(description='to')
    def recipient(self, letter: Letter) -> str:
        return f'{letter.to_name} <{letter.to_address}>' if letter.to_name else letter.to_address

    @admin.display(description='subject', ordering='subject')
    def says(self, letter: Letter) -> str:
        return with_languages(letter.subject, letter.languages)

    @admin.display(description='to', ordering='to_address')
    def addressee(self, letter: Letter) -> str:
        return format_html('{}<span class="quiet">{}</span>', letter.to_name, letter.to_address)

    @admin.display(description='what became of it', ordering='send_after')
    def fate(self, letter: Letter) -> str:
        return fate(letter)

    @admin.display(description='kind', ordering='kind')
    def kind_in_words(self, letter: Letter) -> str:
        return kind_of(letter)

    @admin.display(description='about')
    def about_link(self, letter: Letter) -> str:
        if letter.about is None:
            return '–'
        address = _page_of(letter)
        about = with_languages(str(letter.about), letter.languages)
        return format_html('<a href="{}">{}</a>', address, about) if address else about

    @admin.display(description='the words')
    def reads(self, letter: Letter) -> str:
        return as_read(letter)

    @admin.display(description='its days put right')
    def leaves(self, letter: Any) -> str:
        return as_it_would_leave(letter, letter.today)

    @admin.display(description='written')
    def queued(self, letter: Letter) -> str:
        return days.moment_in_words(letter.queued_at)

    @admin.display(description='what the mail server said last')
    def tries(self, letter: Letter) -> str:
        return letter.last_error or 'nothing yet' if letter.state != State.SENT else 'it took the letter'

    def _hold(self, pk: str) -> None:
        """What it is about first, then the letter and those that share its note: as each of the verbs does."""
        letter = Letter.objects.filter(pk=pk).first()
        if letter is not None:
            letters.take_in_hand(letter)

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:
        letter, asks = form.standing, form.asks
        form.is_reworded = False
        if letter.state in UNSENT and 'body' in form.cleaned_data and (asks != RECALL or is_whole(form)):
            edited = letters.edit(letter, by=request.user, **words_of(form))
            form.is_reworded = any(getattr(edited, name) != getattr(letter, name) for name in words_of(form))
        if asks == RECALL:
            also = {name: name in request.POST for name in ('and_its_like', 'and_beside')}
            with_it = letters.beside(letter)
            letters.recall(letter, by=request.user, **also)
            _say_of_beside(request, with_it, recalled=also['and_beside'])
        elif asks in BUTTONS:
            BUTTONS[asks].verb(letter, by=request.user)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        said = ['The words were changed.'] if form.is_reworded else []
        if form.asks == RECALL:
            said.append('The letter was recalled.')
        elif form.asks in BUTTONS:
            said.append(BUTTONS[form.asks].done)
        return ' '.join(said) or 'Nothing was changed.'

    def response_change(self, request: HttpRequest, obj: Letter) -> HttpResponse:
        asked = request.POST.get('move', '')
        if asked == RECALL:
            messages.success(request, 'The letter was recalled: it will not be sent. Its words stay here.')
        elif asked in BUTTONS:
            messages.success(request, BUTTONS[asked].done)
            if asked != 'hold' and pausing.is_on():
                messages.info(request, 'All mail is paused just now: it goes out when that ends.')
        else:
            letter = Letter.objects.get(pk=obj.pk)
            messages.success(request, f'The letter was saved. {fate(letter)}.')
        return redirect('admin:ukis_letter_change', obj.pk)

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(read_or_post(self.try_all_again))
        return [path('try-all-again/', again, name='ukis_letter_try_all_again'), *super().get_urls()]

    def try_all_again(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied('Only those who look after the outbox may do this.')
        # Of old ones the words are no longer kept.
        failed = list(self.get_queryset(request).filter(state=State.FAILED).exclude(body=''))
        if request.method != 'POST':
            return self._who_would_get_it(request, failed)
        tried = letters.retry_all(failed, by=request.user)
        left = (
            f' {len(failed) - tried} were not: their address refuses letters.' if tried < len(failed) else ''
        )
        messages.success(request, f'{_letters(tried)} tried again.{left}')
        return redirect('admin:ukis_letter_changelist')

    def _who_would_get_it(self, request: HttpRequest, failed: list[Letter]) -> HttpResponse:
        left_out = [(letter, why) for letter in failed if (why := letters.why_not(letter, 'retry'))]
        kept_back = {letter.pk for letter, _ in left_out}
        going = [letter for letter in failed if letter.pk not in kept_back]
        context = {
            **self.admin_site.each_context(request),
            'title': 'Try again all that were given up',
            'count': len(going),
            'going': going[:SHOWN],
            'left_out_count': len(left_out),
            'left_out': left_out[:SHOWN],
        }
        return render(request, 'admin/ukis/letter/try_all_again.html', context)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        failed = self.get_queryset(request).filter(state=State.FAILED).order_by('queued_at')
        count, oldest = failed.count(), failed.first()
        extra = {
            'title': 'Letters',
            'failed': count and self.has_change_permission(request) and _letters(count),
            'failed_since': oldest and days.moment_in_words(oldest.queued_at),
            'trouble': _trouble(),
            'beside': _beside(request.user),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        form, letter = context['adminform'].form, kwargs.get('obj')
        may = letter is not None and self.has_change_permission(request, letter)
        now = form.standing
        is_open = may and now.state in UNSENT
        context |= {
            'moves': [
                (name, button.label_with_words if is_open else button.label)
                for name, button in BUTTONS.items()
                if may and now.state in letters.FROM[name]
            ],
            'may_recall': may and now.state in letters.FROM[RECALL],
            'may_edit': is_open,
            'its_like': [
                row.to_name or row.to_address
                for row in now.sharing_its_note().filter(state__in=letters.FROM[RECALL])
            ],
            'beside': _to_whom(letters.beside(now)) if may and now.state in letters.FROM[RECALL] else '',
            'title': f'Letter to {now.to_name or now.to_address}',
            'subtitle': now.subject,
        }
        response = super().render_change_form(request, context, *args, **kwargs)
        if form.is_bound and now.state not in UNSENT and form.errors:
            response.status_code = CONFLICT
        return response


def _carries_note(letter: Any) -> bool:
    return letter is not None and getattr(letter, 'carries_note', bool(letter.note))


def _is_open(request: HttpRequest, letter: Letter | None) -> bool:
    """Whether its words are shown as fields: also once it has gone, where somebody just typed into them."""
    return letter is not None and (
        letter.state in UNSENT or (request.method == 'POST' and 'body' in request.POST)
    )


def _to_whom(rows: Iterable[Letter]) -> str:
    return ', '.join(f'“{one.subject}” to {one.to_name or one.to_address}' for one in rows)


def _say_of_beside(request: HttpRequest, rows: list[Letter], *, recalled: bool) -> None:
    if rows and recalled:
        messages.info(request, f'Recalled with it: {_to_whom(rows)}.')
    elif rows:
        messages.info(request, f'Written with it, and still to go: {_to_whom(rows)}.')


def _letters(count: int) -> str:
    return 'One letter is' if count == 1 else f'{count} letters are'


def _beside(person: Any) -> list[tuple[str, str]]:
    """Pages about all letters, for those who may see to them."""
    pages = [
        ('ukis.change_lettertext', 'What each letter says', 'admin:letter_texts'),
        ('ukis.change_mailpause', 'Pause all mail', 'admin:mail_pause'),
    ]
    return [(label, reverse(view)) for may, label, view in pages if person.has_perm(may)]


def _trouble() -> str:
    """What keeps the worker from sending, if anything does just now."""
    lately = timezone.now() - timedelta(minutes=2)
    beat = Heartbeat.objects.filter(loop='letters', beat_at__gt=lately).exclude(trouble='').first()
    return beat.trouble if beat else ''


def _page_of(letter: Letter) -> str:
    """Where staff look at what it is about; empty where they have no page for it, or may not look there."""
    row: Any = letter.about
    if admin.site.is_registered(type(row)) and not may_follow(letter, type(row)):
        return ''
    if subject := letters.SUBJECTS.get(row._meta.label_lower):
        return subject.page(row)
    try:
        return reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_change', args=[row.pk])
    except NoReverseMatch:
        return ''
