"""Two organisations that become one: both records stay, and what was paid runs to its end."""

from datetime import timedelta
from typing import Any

from members import merging
from members.models import Succession
from ukis import days

GOES_ON_IN = ('service-learning', 'slievecor')


def stage_merger(stage: Any) -> None:
    if Succession.objects.exists():
        return
    stage.say('A merger of two organisations')
    organisation, successor = (stage.organisations[key] for key in GOES_ON_IN)
    next_month = (days.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    merging.succeed(organisation, by=stage.people['secretary'], successors=[successor], since=next_month)
