"""Applications in every state, made as applicants and the secretary make them, as of days gone by."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members import applying
from members.models import Application, Category, Question
from ukis.demonstration import content
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import deliver_what_is_old, on_day

# The smallest file that is one.
PLAN = b'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n'
FACTS = (
    'name', 'job_title', 'organisation_name', 'organisation_kind', 'nations', 'website', 'numbers', 'nation', 'address',
)  # fmt: skip


def stage_applications(stage: Stage) -> None:
    """Every application of the content that is not there yet."""
    known = set(Application.objects.values_list('email', flat=True))
    wanted = content.applications()
    stage.say(f'{len(wanted)} applications')
    for given in wanted:
        if given['email'] not in known:
            _tell(stage, given)
    deliver_what_is_old()


def _tell(stage: Stage, given: dict[str, Any]) -> None:
    category = Category.objects.get(name=content.categories()[given['category']]['name'])
    at, aim, secretary = (
        timezone.now() - timedelta(days=given['days_ago']),
        given['aim'],
        stage.people['secretary'],
    )
    with on_day(at):
        said = applying.Said(
            facts={name: given[name] for name in FACTS if name in given},
            answers=_answers(category, given),
            agreed=aim != 'draft',
            complete=aim != 'draft',
            seat_at=stage.organisations.get(given['organisation']),
        )
        row = applying.begin(category, email=given['email'], by=None, said=said)
        if aim != 'draft':
            deliver_what_is_old()
            (applying.ask_seat if aim == 'referred' else applying.submit)(row, by=None)
    with on_day(at + timedelta(days=min(4, given['days_ago'] - 1))):
        deliver_what_is_old()
        match aim:
            case 'asked':
                applying.ask(row, by=secretary, note=given['notes']['ask'])
            case 'declined':
                applying.decline(row, by=secretary, note=given['notes']['decline'])
            case 'approved':
                applying.approve(row, by=secretary)
            case 'withdrawn':
                applying.withdraw(row, by=None)


def _answers(category: Category, given: dict[str, Any]) -> dict[int, Any]:
    questions = list(category.questions.exclude(kind=Question.Kind.FILE))
    said: dict[int, Any] = {
        question.pk: words for question, words in zip(questions, given['answers'], strict=False)
    }
    file = category.questions.filter(kind=Question.Kind.FILE).first()
    if file is not None and given['file']:
        said[file.pk] = applying.SentFile(given['file'], PLAN, 'application/pdf')
    return said
