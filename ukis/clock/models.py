"""What runs by the clock."""

from django.db import models


class ClockRun(models.Model):
    """One job of the clock: when it last began, and what went wrong if anything did."""

    name = models.CharField(max_length=100, unique=True, editable=False)
    # Also the claim: whoever moves it forward in one conditional UPDATE is the one that runs the job.
    last_run_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ['name']

    def __str__(self) -> str:
        return self.name
