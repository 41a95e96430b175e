"""Who seeks what, and introductions in each state: by the real verbs, so that each is as members would find it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members import meeting
from members.meeting import introducing
from members.models import Introduction, Person
from ukis.demonstration import content
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import on_day


def introduce(stage: Stage) -> None:
    """Topics sought, and notes between people, each once."""
    given = content.acquaintance()
    for wanted in given['seeks']:
        person = stage.people[wanted['person']]
        if not person.sought.exists():
            meeting.seek(person, wanted['topics'])
    stage.say(f'{len(given["introduction"])} introductions')
    for wanted in given['introduction']:
        _introduce(stage, wanted)


def _introduce(stage: Stage, wanted: dict[str, Any]) -> None:
    asker, asked = (stage.people[wanted[name]] for name in ('from', 'to'))
    if Introduction.objects.filter(asker=asker, asked=asked).exists():
        return
    asked_at = timezone.now() - timedelta(days=wanted['days_ago'])
    with on_day(asked_at):
        row = introducing.ask(asker, asked, by=asker, topic=wanted['topic'], note=wanted['note'])
    with on_day(asked_at + timedelta(hours=9)):
        _bring_to(row, wanted['state'], asked)


def _bring_to(row: Introduction, state: str, asked: Person) -> None:
    match state:
        case 'accepted':
            introducing.accept(row, by=asked)
        case 'declined':
            introducing.decline(row, by=asked)
        case 'reported':
            introducing.report(row, by=asked, why='It is the third of its kind, and it sells something.')
        case 'ended':
            introducing.end(introducing.accept(row, by=asked), by=asked)
