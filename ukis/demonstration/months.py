"""Twelve months of blogs that came and went, so that the desk's figures have something to show."""

import random
from datetime import timedelta
from typing import Any
from unittest import mock

from blog.models import Submission
from members.models import Person
from ukis.demonstration import content
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import NOW, Story, deliver_what_is_old

# The last is long over by today: what is still under way stands among the submissions in progress.
FIRST, LAST = 362, 24  # days ago
WAITS = (1, 2, 3, 3, 5, 8, 13)  # days from one move to the next: mostly short, and some long


class OldStory(Story):
    """Each move some days after the one before, never the same number; the reader's answer comes first."""

    def __init__(self, stage: Stage, given: dict, days_ago: int) -> None:
        super().__init__(stage, given, NOW() - timedelta(days=days_ago))
        self.dice = random.Random(given['title'])  # noqa: S311  # the same each time

    def later(self, **wait: float) -> Any:
        return super().later(**(wait or {'days': self.dice.choice(WAITS), 'hours': self.dice.randint(1, 6)}))


def stage_months(stage: Stage) -> None:
    wanted = content.months()
    known = set(Submission.objects.values_list('working_title', flat=True))
    stage.say(f'{len(wanted)} blogs of the last twelve months')
    apart = (FIRST - LAST) / (len(wanted) - 1)
    # Whether they were members in those months stands in no term of theirs.
    with mock.patch.object(Person, 'may_submit', return_value=True):
        for number, given in enumerate(wanted):
            if given['title'] not in known:
                OldStory(stage, given, round(FIRST - apart * number)).tell()
    deliver_what_is_old()
