"""The admin's site: staff only, and only with a second factor."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NoReturn

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from ukis.giving_back import give_back, holds_words

Page = tuple[str, Callable[..., HttpResponse], str, Callable[..., NoReturn]]
Block = Callable[[HttpRequest], dict | None]
SECOND_FACTOR = 'ukis.second_factor'


class StaffSite(admin.AdminSite):
    site_header = 'UK-IS staff'
    site_title = 'UK-IS staff'
    index_title = 'What you look after'
    site_url = '/'
    enable_nav_sidebar = False

    # Filled by the apps' admin modules when they are imported, so that this one names no app.
    # (route below /admin/, view, name, what refuses who is no staff): pages of an app's own
    pages: list[Page] = []
    blocks: list[Block] = []  # what stands first on the front page: {'template': …} and its context, or None

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path(route, self.admin_view(view, refuse=refuse), name=name)
            for route, view, name, refuse in self.pages
        ]
        return [*own, *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False, refuse: Any = None) -> Any:
        """Refuses the signed-in who are no staff at once, and gives back what somebody sends signed out.

        `refuse(request, …)` raises what those who are no staff are answered; a plain refusal by default.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == 'POST' and not request.user.is_authenticated and holds_words(request):
                return give_back(request, status=401)
            if request.user.is_authenticated and not (request.user.is_active and request.user.is_staff):
                (refuse or _refuse)(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        return opened

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        blocks = [block for block in (make(request) for make in self.blocks) if block is not None]
        return super().index(request, {**(extra_context or {}), 'blocks': blocks})

    def frame(self, request: HttpRequest) -> dict[str, Any]:
        """What the admin's template needs around a page: `each_context` without the list of all models."""
        return {
            'site_title': self.site_title,
            'site_header': self.site_header,
            'site_url': self.site_url,
            'has_permission': True,
            'is_popup': False,
            'is_nav_sidebar_enabled': False,
        }

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked several times a request, so the second factor is looked up once."""
        if not super().has_permission(request):
            return False
        if SECOND_FACTOR not in request.META:
            request.META[SECOND_FACTOR] = is_mfa_enabled(request.user)
        return request.META[SECOND_FACTOR]

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """No sign-in page of its own: strangers to the site's, staff with one factor to add a second."""
        if not request.user.is_authenticated:
            return redirect_to_login(
                request.GET.get('next', reverse('admin:index')), reverse('account_login')
            )
        if not (request.user.is_active and request.user.is_staff):
            _refuse(request)
        return redirect('mfa_index')


def _refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('The admin is for the Society’s staff and editors.')


class Autocomplete(AutocompleteSelect):
    """The admin's, with words in its empty option, which it otherwise leaves out or leaves blank: not valid HTML."""

    # What the page has loaded already, by its key: a row's choice is then not asked for once more.
    known: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list:
        asked = [one for one in value if self._may_be_a_key(one) and one not in self.known]
        groups = super().optgroups(name, asked, attrs)
        options = groups[0][1]
        options += [
            self.create_option(name, one, self.known[one], selected=True, index=1)
            for one in value
            if one in self.known
        ]
        options[:] = [option for option in options if option['value'] != '']
        options.insert(0, self.create_option(name, '', '–', selected=not any(value), index=0))
        return groups

    def _may_be_a_key(self, value: str) -> bool:
        """An address or a form may name anything; the admin would ask the database for it."""
        try:
            key = self.field.remote_field.model._meta.pk
            key.run_validators(key.to_python(value))
        except ValidationError:
            return False
        return True


class KnowingFormSet(BaseInlineFormSet):
    """Tells each row's autocompletes what its row holds. The inline's queryset brings it along."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, 'widget', field.widget)
            held = (
                getattr(form.instance, name, None)
                if isinstance(widget, Autocomplete) and form.instance.pk
                else None
            )
            if held is not None:
                widget.known = {str(held.pk): str(held)}


class Autocompleted:
    """For the admin of a model, or an inline, with `autocomplete_fields`: keys by the widget above."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs['widget'] = Autocomplete(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
