"""The staff's roles as Django's groups: which permissions each has is looked at here, not typed."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from ukis.staff import StaffModelAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(StaffModelAdmin, GroupAdmin):
    pass
