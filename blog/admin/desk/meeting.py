"""What the editors talk about when they meet, to be printed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog import workflow
from blog.admin.desk.frame import on_the_desk, page, refuse, ways
from blog.admin.desk.lines import DeskLine, lines_for
from blog.desk import meeting as papers
from blog.desk.meeting import MeetingRow
from ukis import days, staff


@dataclass(frozen=True)
class MeetingPoint:
    """One submission to talk about."""

    line: DeskLine
    row: MeetingRow

    @property
    def happened(self) -> str:
        step = self.row.step
        return f'{workflow.history_label(step.move)}, {step.by_name}' if step else ''


@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request, guests=True)
    parts = papers.parts(person)
    lines = lines_for([row.submission for part in parts for row in part.rows], person)
    by_key = {line.submission.pk: line for line in lines}
    context = {
        'parts': [
            (part, [MeetingPoint(by_key[row.submission.pk], row) for row in part.rows]) for part in parts
        ],
        'awaited': papers.awaited(person),
        'printed': days.moment_in_words(timezone.now()),
        'by': person.printed_name,
        'ways': ways('desk_meeting', person),
    }
    return page(request, 'meeting', 'For the editors’ meeting', context)


staff.pages += [('desk/meeting/', meeting, 'desk_meeting', refuse)]
