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


class Heartbeat(models.Model):
    """That a worker is alive, and when each of its loops last came round. Written by the worker every few seconds."""

    worker = models.CharField(max_length=120, editable=False)
    loop = models.CharField(max_length=40, editable=False)
    beat_at = models.DateTimeField(editable=False)
    # Earlier than the beat by much: the loop is stuck in what it is doing.
    turned_at = models.DateTimeField(editable=False)
    doing = models.CharField(max_length=120, blank=True, editable=False)
    trouble = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['worker', 'loop'], name='one_heartbeat_for_each_loop_of_a_worker')
        ]
        ordering = ['loop', 'worker']

    def __str__(self) -> str:
        return f'{self.loop} of {self.worker}'
