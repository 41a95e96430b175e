"""Notices of the home page, in the admin."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ukis import days
from ukis.society.notices import Notice
from ukis.staff import StaffModelAdmin


@admin.register(Notice)
class NoticeAdmin(StaffModelAdmin):
    """Notices of the home page; each goes by itself after its last day."""

    list_display = ['words', 'first_day', 'last_day', 'now']
    search_fields = ['words', 'link_words']
    list_per_page = 50

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {'last_day': days.today() + timedelta(days=14), **super().get_changeform_initial_data(request)}

    def languages_of(self, obj: Notice) -> dict[str, list[str]]:
        return {obj.language: [obj.words]}

    @admin.display(description='on the home page')
    def now(self, notice: Notice) -> str:
        if notice.stands_on(days.today()):
            return 'now'
        return 'to come' if notice.first_day > days.today() else 'over'
