"""The commissioning map on the desk, and the rows behind each of its numbers."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog.admin.desk import lines
from blog.admin.desk.frame import on_the_desk, page
from blog.desk import commission_queues, queues, topic_map
from blog.models import Authorship, Commission, Submission, WouldWrite
from members.models import Organisation, Person
from ukis import days, staff
from ukis.leafing import Leafing
from ukis.tags.models import Tag

TOPICS = 20
COLUMNS = 6
ROWS = 50
LONGEST = 200
# What the rows behind a number are called.
CALLED = {
    topic_map.PUBLISHED: 'Published in the last year',
    topic_map.IN_HAND: 'In hand',
    topic_map.ASKED: 'Asked or promised, and not begun',
    topic_map.WOULD: 'Members who would write',
}


def _refuse(request: HttpRequest, **address: object) -> NoReturn:
    raise PermissionDenied('The map is for the editors.')


@require_safe
def desk_map(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request)
    words, named = (request.GET.get(name, '').strip()[:LONGEST] for name in ('q', 'named'))
    by_organisation, gaps = request.GET.get('by') == 'organisations', 'gaps' in request.GET
    across, columns = _organisations(named, request) if by_organisation else (None, list(topic_map.NATIONS))
    leaves = Leafing(topic_map.topics(words, person, gaps=gaps), TOPICS, shown=Tag.objects.all())
    shown = leaves.get_page(request.GET.get('page'))
    context = {
        'page': shown,
        'across': across,
        'columns': columns,
        'lines': topic_map.lines(list(shown), columns, person),
        'words': words,
        'named': named,
        'by_organisation': by_organisation,
        'gaps': gaps,
        'since': topic_map.since(),
        'today': days.today(),
        'leaves_out': Authorship.objects.filter(person=person).exists(),
        'may_ask': person.is_editor,
    }
    return page(request, 'topic_map', 'Commissioning map', context)


def _organisations(named: str, request: HttpRequest) -> tuple[Any, list[topic_map.MapColumn]]:
    leaves = Leafing(topic_map.organisations(named), COLUMNS, shown=Organisation.objects.all())
    across = leaves.get_page(request.GET.get('across'))
    return across, [topic_map.column_of(one) for one in across]


@require_safe
def map_rows(request: HttpRequest, kind: str, topic: str) -> HttpResponse:
    """What one number counts: of a topic, everywhere or in one column."""
    person = on_the_desk(request)
    tag = Tag.objects.filter(slug=topic, merged_into=None).first()
    if kind not in CALLED or tag is None:
        raise Http404
    try:
        column = topic_map.column_at(request.GET.dict())
    except LookupError as unknown:
        raise Http404 from unknown
    leaves = _LEAVES[kind](person, tag, column)
    shown = leaves.get_page(request.GET.get('page'))
    context = {
        'in_the_year': kind == topic_map.PUBLISHED,
        'people': shown if leaves.shown.model is WouldWrite else (),
        'commissions': shown if leaves.shown.model is Commission else (),
        'topic': tag,
        'column': column,
        'of': topic_map.MapCell(tag, column),
        'page': shown,
        'lines': lines.lines_for(list(shown), person) if leaves.shown.model is Submission else [],
        'since': topic_map.since(),
        'today': days.today(),
        'leaves_out': kind != topic_map.WOULD and Authorship.objects.filter(person=person).exists(),
        'may_ask': person.is_editor,
    }
    return page(request, 'map_rows', f'{CALLED[kind]}: {tag.name}', context)


def _published(person: Person, topic: Tag, column: topic_map.MapColumn | None) -> Leafing:
    found = topic_map.published(person, topic, column).order_by('-post__published_at', '-pk')
    return Leafing(found, ROWS, shown=queues.with_what_a_row_shows(Submission.objects.all()))


def _in_hand(person: Person, topic: Tag, column: topic_map.MapColumn | None) -> Leafing:
    keys = topic_map.rows_of(topic_map.IN_HAND, person, topic, column)
    found = Submission.objects.filter(pk__in=keys).oldest_wait_first()
    return Leafing(found, ROWS, shown=queues.with_what_a_row_shows(Submission.objects.all()))


def _asked(person: Person, topic: Tag, column: topic_map.MapColumn | None) -> Leafing:
    keys = topic_map.rows_of(topic_map.ASKED, person, topic, column)
    found = Commission.objects.filter(pk__in=keys).order_by('held_since', 'pk')
    return Leafing(found, ROWS, shown=commission_queues.with_what_a_row_shows(Commission.objects.all()))


def _would_write(person: Person, topic: Tag, column: topic_map.MapColumn | None) -> Leafing:
    keys = topic_map.rows_of(topic_map.WOULD, person, topic, column)
    found = WouldWrite.objects.filter(pk__in=keys).order_by('said_at', 'pk')
    return Leafing(found, ROWS, shown=WouldWrite.objects.select_related('person'))


_LEAVES = {
    topic_map.PUBLISHED: _published,
    topic_map.IN_HAND: _in_hand,
    topic_map.ASKED: _asked,
    topic_map.WOULD: _would_write,
}

staff.pages += [
    ('desk/map/', desk_map, 'desk_map', _refuse),
    ('desk/map/<slug:kind>/<str:topic>/', map_rows, 'desk_map_rows', _refuse),
]
