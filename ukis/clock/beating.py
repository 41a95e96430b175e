"""The worker's pulse: how somebody who cannot see the process knows that it works, and at what it is stuck."""

import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from ukis.clock.models import Heartbeat

# Of a worker that was killed, once another lives; one that ends in peace takes its own away.
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass
class Pulse:
    """One loop of the worker as it stands; the loop moves it, the worker's main thread writes it down."""

    loop: str
    turned_at: datetime = field(default_factory=timezone.now)
    doing: str = ''
    trouble: str = ''

    def turn(self, doing: str = '') -> None:
        self.turned_at, self.doing = timezone.now(), doing


def beat(pulses: list[Pulse]) -> None:
    """One statement for all loops of this process."""
    now = timezone.now()
    rows = [
        Heartbeat(
            worker=_me(),
            loop=pulse.loop,
            beat_at=now,
            turned_at=pulse.turned_at,
            doing=pulse.doing[:120],
            trouble=pulse.trouble,
        )
        for pulse in pulses
    ]
    Heartbeat.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=['worker', 'loop'],
        update_fields=['beat_at', 'turned_at', 'doing', 'trouble'],
    )


def forget_the_dead() -> None:
    """Asked once by a worker that begins: a crash every minute leaves no heap of them."""
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def fall_silent() -> None:
    """This process ends, and nobody need look for it."""
    Heartbeat.objects.filter(worker=_me()).delete()


def _me() -> str:
    return f'{socket.gethostname()}-{os.getpid()}'[:120]
