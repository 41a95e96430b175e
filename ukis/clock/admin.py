"""What runs by the clock, as staff see it."""

from django.contrib import admin

from ukis.clock.models import ClockRun, DayOff, Reminded
from ukis.staff import Readable, StaffModelAdmin


@admin.register(ClockRun)
class ClockRunAdmin(Readable):
    list_display = ['name', 'last_run_at', 'going_well']
    fields = ['name', 'last_run_at', 'last_error']

    @admin.display(boolean=True)
    def going_well(self, run: ClockRun) -> bool:
        return not run.last_error


@admin.register(DayOff)
class DayOffAdmin(StaffModelAdmin):
    """Holidays that were moved, or are for once: reminders keep to them from then on."""

    list_display = ['day', 'name', 'nation', 'is_off']


@admin.register(Reminded)
class RemindedAdmin(Readable):
    """The ledger of reminders: what left, what was left out, and why."""

    list_display = ['at', 'plan', 'whom', 'step', 'due_on', 'outcome', 'letters', 'why']
    list_filter = ['plan', 'outcome']
    search_fields = ['whom']
    list_per_page = 50
    fields = ['plan', 'whom', 'step', 'due_on', 'outcome', 'why', 'letters', 'at']
