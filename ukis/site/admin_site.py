"""The admin's site: staff only, and only with a second factor."""

from functools import wraps
from typing import Any, NoReturn

from django.contrib import admin, messages
from django.contrib.admin.templatetags import admin_list
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html

from members.models import Person
from ukis import staff
from ukis.site import warnings
from ukis.unsaved import give_back, holds_words, to_sign_in

SECOND_FACTOR = (
    'The desk and the admin ask for a second factor. Set up an app, or add a passkey, and come back.'
)


def _yes_or_no(value: bool | None) -> str:
    """The admin's own sign; whoever hears it hears a word, not 'True'."""
    sign, word = {True: ('yes', 'Yes'), False: ('no', 'No'), None: ('unknown', 'Not known')}[value]
    return format_html('<img src="{}" alt="{}">', static(f'admin/img/icon-{sign}.svg'), word)


admin_list._boolean_icon = _yes_or_no  # type: ignore[attr-defined]


class StaffSite(admin.AdminSite):
    site_header = 'UK-IS staff'
    site_title = 'UK-IS staff'
    index_title = 'What you look after'
    site_url = '/'
    empty_value_display = '–'
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path(route, self.admin_view(view, refuse=refuse), name=name)
            for route, view, name, refuse in staff.pages
        ]
        return [*own, *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False, refuse: Any = None) -> Any:
        """Refuses the signed-in who are no staff at once, and gives back what somebody sends signed out.

        `refuse(request, …)` raises what those who are no staff are answered; a plain refusal by default.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == 'POST' and not request.user.is_authenticated:
                return give_back(request, status=401) if holds_words(request) else to_sign_in(request)
            if request.user.is_authenticated and not (request.user.is_active and request.user.is_staff):
                (refuse or _refuse)(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        return opened

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        blocks = [block for block in (make(request) for make in staff.blocks) if block is not None]
        return super().index(request, {**(extra_context or {}), 'blocks': blocks})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), 'warnings': self._warnings(request)}

    def _warnings(self, request: HttpRequest) -> list[warnings.ShownWarning]:
        return warnings.shown_to(request.user) if self.has_permission(request) else []

    def frame(self, request: HttpRequest) -> dict[str, Any]:
        """What the admin's template needs around a page: `each_context` without the list of all models."""
        return {
            'site_title': self.site_title,
            'site_header': self.site_header,
            'site_url': self.site_url,
            'has_permission': True,
            'is_popup': False,
            'is_nav_sidebar_enabled': False,
            'warnings': self._warnings(request),
        }

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        return isinstance(person, Person) and person.opens_the_admin

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """No sign-in page of its own: strangers to the site's, staff with one factor to add a second."""
        if not request.user.is_authenticated:
            return redirect_to_login(
                request.GET.get('next', reverse('admin:index')), reverse('account_login')
            )
        if not (request.user.is_active and request.user.is_staff):
            _refuse(request)
        messages.info(request, SECOND_FACTOR)
        return redirect('mfa_index')

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """There is one way out, and one page for passwords: the site's."""
        return redirect('account_logout')

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return redirect('account_change_password')

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return redirect('mfa_index')


def _refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('The admin is for the Society’s staff and editors.')
