"""What runs by the clock, as staff see it."""

from django.contrib import admin

from ukis.clock.models import ClockRun
from ukis.staff import Readable


@admin.register(ClockRun)
class ClockRunAdmin(Readable):
    list_display = ['name', 'last_run_at', 'going_well']
    fields = ['name', 'last_run_at', 'last_error']

    @admin.display(boolean=True)
    def going_well(self, run: ClockRun) -> bool:
        return not run.last_error
