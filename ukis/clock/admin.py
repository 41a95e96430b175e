"""What runs by the clock, as staff see it."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from ukis import clock
from ukis.clock import ledger
from ukis.clock.models import ClockRun, DayOff, Reminded
from ukis.staff import Readable, StaffModelAdmin


@admin.register(ClockRun)
class ClockRunAdmin(Readable):
    list_display = ['name', 'last_run_at', 'going_well']
    fields = ['name', 'last_run_at', 'last_error']

    @admin.display(boolean=True)
    def going_well(self, run: ClockRun) -> bool:
        return not run.last_error and not clock.is_late(run)


@admin.register(DayOff)
class DayOffAdmin(StaffModelAdmin):
    """Holidays that were moved, or are for once: reminders keep to them from then on."""

    list_display = ['day', 'name', 'nation', 'is_off']


class ToldForm(forms.ModelForm):
    how = forms.CharField(
        label='How they were told',
        max_length=200,
        help_text='As in: I rang the new finance officer on 3 May. The step counts as told then.',
    )


@admin.register(Reminded)
class RemindedAdmin(StaffModelAdmin):
    """The ledger of reminders: what left, what was left out, and why. Of a step that reached nobody staff say how else
    they told them."""

    form = ToldForm

    list_display = ['at', 'plan', 'whom', 'step', 'due_on', 'outcome', 'letters', 'why']
    list_filter = ['plan', 'outcome']
    search_fields = ['whom']
    list_per_page = 50
    facts = ('plan', 'whom', 'step', 'due_on', 'outcome', 'why', 'letters', 'at')
    readonly_fields = facts

    def get_fields(self, request: HttpRequest, obj: Reminded | None = None) -> Any:
        asks = obj is not None and (obj.reached_nobody or request.method == 'POST')
        return (*self.facts, 'how') if asks else self.facts

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Reminded, form: Any, change: bool) -> None:
        ledger.told_otherwise(obj, by=cast(Model, request.user), how=form.cleaned_data['how'])
