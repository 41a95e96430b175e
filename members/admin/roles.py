"""The staff's roles as Django's groups: which permissions each has is looked at here, not typed."""

from itertools import groupby
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.text import capfirst

from ukis.staff import StaffModelAdmin

admin.site.unregister(Group)

DOES = {'view': 'look at', 'add': 'add', 'change': 'change', 'delete': 'delete'}


@admin.register(Group)
class RoleAdmin(StaffModelAdmin, GroupAdmin):
    readonly_fields = ['may']

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        """Who may not change a role reads what it may do in words, not as a list of permissions."""
        if self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        return ['name', 'may']

    @admin.display(description='what it may do')
    def may(self, group: Group) -> str:
        held = group.permissions.select_related('content_type')
        kinds = [
            (_named(kind), ', '.join(_does(permission) for permission in those))
            for kind, those in groupby(held, lambda permission: permission.content_type)
        ]
        return format_html_join('', '{}: {}<br>', sorted(kinds)) or '–'


def _named(kind: ContentType) -> str:
    model = kind.model_class()
    return capfirst(str(model._meta.verbose_name_plural if model else kind.name))


def _does(permission: Any) -> str:
    return DOES.get(permission.codename.split('_')[0], permission.name)
