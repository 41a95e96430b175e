"""What every page of the admin shares: pages and blocks that the apps add.

And the base of all change forms of ours, which keeps two tabs from undoing one another.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.messages import WARNING
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import DateField, Model
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from ukis import days, lists, unsaved
from ukis.choices import with_capitals
from ukis.keys import Autocompleted, KnowingFormSet, may_be_a_key
from ukis.leafing import Leafing
from ukis.letters import naming
from ukis.letters.models import Letter
from ukis.markup.languages import with_languages
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import both, standing

Page = tuple[str, Callable[..., HttpResponseBase], str, Callable[..., NoReturn]]
Block = Callable[[HttpRequest], dict | None]

# Filled by the apps' admin modules when they are imported, so that nothing here names an app.
# (route below /admin/, view, name, what refuses who is no staff): pages of an app's own
pages: list[Page] = []
blocks: list[Block] = []  # what stands first on the front page: {'template': …} and its context, or None


def page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of ours within the admin's frame."""
    frame = admin.site.frame(request)  # type: ignore[attr-defined]
    return render(request, template, {**frame, 'title': title, **context}, status=status)


class Day(AdminDateWidget):
    """The admin's, with its shortcuts; shows a day in words."""

    def format_value(self, value: Any) -> Any:
        return days.DayInput.format_value(self, value)  # type: ignore[arg-type]


# For `formfield_overrides` of an admin or an inline in which a day is asked for.
DAYS: dict[type, dict[str, Any]] = {DateField: {'form_class': days.DayField, 'widget': Day}}


class Chosen:
    """What is chosen from a list begins with a capital."""

    def formfield_for_choice_field(self, *args: Any, **kwargs: Any) -> Any:
        return with_capitals(super().formfield_for_choice_field(*args, **kwargs))  # type: ignore[misc]


class StaffInline(Chosen, Autocompleted, admin.StackedInline):
    """Rows on the page of another. One empty row is there already: without scripts none can be added."""

    formfield_overrides = DAYS
    formset = KnowingFormSet
    extra = 1


def _refusing(form: type[ModelForm], sentence: str) -> type[ModelForm]:
    class Refusing(form):  # type: ignore[valid-type, misc]
        def clean(self) -> Any:
            self.add_error(None, sentence)
            return super().clean()

    return Refusing if sentence else form


class StaffList(ChangeList):
    """A list whose rows are asked for once, also where there is one page of them."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list
        for row in self.result_list:
            row.shown_in = request


def may_follow(row: Any, to: type[Model]) -> bool:
    """Whether who looks at `row`, on a page of the admin, may look at rows of the other kind: where not, a name is no
    link to a refusal."""
    return admin.site.get_model_admin(to).has_view_permission(row.shown_in)


def may_add(row: Any, another: type[Model]) -> bool:
    """Whether who looks at `row` may add one of the other kind."""
    return admin.site.get_model_admin(another).has_add_permission(row.shown_in)


class StaffModelAdmin(Chosen, Autocompleted, admin.ModelAdmin):
    """Every page of ours in the admin is one. Its change form carries what it began from, inlines included. What
    somebody else saved meanwhile is shown beside what was typed before one goes over the other."""

    formfield_overrides = DAYS
    paginator = Leafing
    show_full_result_count = False
    # Keys to rows whose own page changes this one too: held before it, as that page does.
    held_first: Sequence[str] = ()
    # A list of people's addresses is no file for everybody who may look somebody up.
    file_for_keepers = False

    def response_action(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Of the rows that an action names only those that there can be."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST = request.POST.copy()
        rows = [key for key in chosen if may_be_a_key(self.model, key)]
        request.POST.setlist(ACTION_CHECKBOX_NAME, rows)
        return super().response_action(request, *args, **kwargs)

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any
    ) -> Any:
        if queryset.model is not self.model:
            return Paginator(queryset, per_page, *args, **kwargs)  # of a row's history
        paginator: Any = super().get_paginator(request, queryset, per_page, *args, **kwargs)
        rows, beside = self.get_queryset(request), self.get_list_select_related(request)
        paginator.shown = rows.select_related(*beside) if isinstance(beside, list | tuple) else rows
        return paginator

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        row: Any = super().get_object(request, *args, **kwargs)
        if row is not None:
            row.shown_in = request
        return row

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        self.message_user(request, f'There is no such {opts.verbose_name}, or not any more.', WARNING)
        return redirect('admin:index')

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StaffList

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """Called by what is in it, not 'Select … to change'; or as a file."""
        if lists.is_asked_for(request):
            if not self.may_take_file(request):
                raise PermissionDenied('This list is to be had as a file by those who keep it.')
            try:
                return lists.download(self.get_changelist_instance(request), request)
            except IncorrectLookupParameters:
                return redirect(f'{request.path}?{ERROR_FLAG}=1')
        title = str(self.opts.verbose_name_plural)
        called = {'title': title[:1].upper() + title[1:], 'may_take_file': self.may_take_file(request)}
        return super().changelist_view(request, {**called, **(extra_context or {})})

    def may_take_file(self, request: HttpRequest) -> bool:
        """Who reads a list may take it away; where `file_for_keepers`, only those who keep it."""
        if self.file_for_keepers:
            return self.has_change_permission(request)
        return self.has_view_or_change_permission(request)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().history_view(request, *args, **kwargs)
        context = getattr(response, 'context_data', None)
        if context is not None:
            row = context['object']
            context['named'] = with_languages(str(row), self.languages_of(row))
            self._link_letters(request, context['action_list'])
        return response

    def _link_letters(self, request: HttpRequest, entries: Any) -> None:
        """Where the history says by which letter something was done, whoever may open it is led there."""
        said = [str(entry.get_change_message()) for entry in entries]
        outbox: Any = self.admin_site.get_model_admin(Letter)
        may_be_read: set[int] = set()
        if (numbers := naming.numbers_in(said)) and outbox.has_view_permission(request):
            letters = outbox.get_queryset(request).filter(pk__in=numbers)
            may_be_read.update(letters.values_list('pk', flat=True))
        for entry, text in zip(entries, said, strict=True):
            entry.get_change_message = partial(naming.with_links, text, may_be_read)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> Any:
        try:
            return self._held_changeform_view(request, object_id, *args, **kw)
        except NotNow as refusal:
            # A verb refused what the form let through: the form comes back with what was typed, and says why.
            request.refused = str(refusal)  # type: ignore[attr-defined]
            return self._held_changeform_view(request, object_id, *args, **kw)

    def _held_changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> Any:
        if request.method != 'POST' or object_id is None:
            return super().changeform_view(request, object_id, *args, **kw)
        with transaction.atomic():
            with suppress(ValueError, ValidationError):  # no key at all: answered below
                self._hold(unquote(object_id))
            return super().changeform_view(request, object_id, *args, **kw)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = _refusing(super().get_form(request, obj, change, **kwargs), getattr(request, 'refused', ''))
        if obj is None or not change:
            return form
        hanging = self._hanging(request, obj) if request.method == 'POST' else []

        class Beginning(form):  # type: ignore[valid-type, misc]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.hanging = hanging
                self.fields['began'] = standing.began_from(self)
                self.fields['began'].hang(standing.state_of_rows(hanging))

        return Beginning

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        form = context['adminform'].form
        sent = [one.formset for one in context['inline_admin_formsets']]
        stale = standing.is_stale(form)
        if 'began' in form.fields and not form.is_bound:
            form.fields['began'].hang(standing.state_of_rows(sent))
        if stale:
            context['both'] = both.in_all(form, sent, form.hanging)
        if self._may_write(request, form, sent):
            row = form.instance if form.instance.pk else self.model
            unsaved.watch(request, form, self._name, row, page=request.path, formsets=sent)
        self._name_in_its_language(context, kwargs.get('obj'))
        response = super().render_change_form(request, context, *args, **kwargs)
        response.status_code = CONFLICT if stale else response.status_code
        return response

    def languages_of(self, obj: Any) -> dict[str, list[str]]:
        """What of its name is not English, by the language."""
        return {}

    def _name_in_its_language(self, context: dict, obj: Any) -> None:
        if obj is not None:
            languages = self.languages_of(obj)
            shown = with_languages(str(obj), languages)
            # The admin cuts it off at 18 words, marks counted among them.
            context['named'] = mark_safe(Truncator(shown).words(12, html=True))
            context['languages'] = languages

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, *args, **kwargs)
        unsaved.sent(request)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Rows that were typed and kept can be as many as they like: they are shown as if they were just sent."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        if request.method == 'GET' and 'unsaved' in request.GET:
            kept = unsaved.chosen(request, self._name, obj if obj.pk else self.model)
            if kept is not None and f'{prefix}-TOTAL_FORMS' in kept.data:
                given['data'] = kept.data
        return given

    @property
    def _name(self) -> str:
        return str(self.opts.verbose_name).capitalize()

    def _may_write(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseInlineFormSet]
    ) -> bool:
        may = self.has_change_permission(request, form.instance) if form.instance.pk else True
        fields = any(not field.widget.is_hidden for field in form.fields.values())
        return may and IS_POPUP_VAR not in request.GET and (fields or bool(formsets))

    def _hanging(self, request: HttpRequest, obj: Any) -> list[BaseInlineFormSet]:
        """The inlines as they stand, unsent, and held until the transaction ends."""
        standing_now = []
        for formset, inline in self.get_formsets_with_inlines(request, obj):
            self._lock(formset.model, **{formset.fk.name: obj})
            standing_now.append(formset(instance=obj, queryset=inline.get_queryset(request)))
        return standing_now

    def _hold(self, pk: str) -> None:
        for name in self.held_first:
            key = self.model._base_manager.filter(pk=pk).values_list(name, flat=True).first()
            self._lock(self.model._meta.get_field(name).related_model, pk=key)
        self._lock(self.model, pk=pk)

    @staticmethod
    def _lock(model: Any, **which: Any) -> None:
        rows = model._base_manager.select_for_update(of=('self',), no_key=True).filter(**which)
        list(rows.order_by('pk').values_list('pk'))


class Readable(StaffModelAdmin):
    """Rows that the site writes and staff read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
