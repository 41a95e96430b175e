"""Applications as staff see them: the list, what waits first, and one page on which to decide."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from members import applying, likeness
from members.application_states import ApplicationState
from members.applying import ApplicationMove, Party
from members.files import given_out
from members.forms.deciding import ApproveApplicationForm, DecisionNoteForm, in_money
from members.likeness import Likeness, PersonLikeness
from members.models import AnsweredFile, Application, Organisation, Person
from ukis import staff, unsaved
from ukis.doors import Door
from ukis.keys import may_be_a_key
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow
from ukis.staff import Readable

OTHERS = 5
APPLICATIONS = Door('Applications are for those who look after memberships.', 'members.view_application')
_VERBS: dict[str, Any] = {
    'approve': applying.approve,
    'ask': applying.ask,
    'decline': applying.decline,
    'reopen': applying.reopen,
}


@admin.register(Application)
class ApplicationAdmin(Readable):
    list_display = ['__str__', 'email', 'state', 'due_on', 'late', 'submitted_at']
    list_display_links = ['__str__']
    list_filter = ['state', 'category']
    list_select_related = ['category']
    search_fields = ['name', 'email', 'organisation_name']
    ordering = ['place', 'due_on', 'pk']

    @admin.display(description='late')
    def late(self, row: Application) -> str:
        return row.late or '–'

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = '', extra_context: dict | None = None
    ) -> HttpResponse:
        """Our own page: the application whole, what is like it, and the moves."""
        person = APPLICATIONS.opened(request)
        if not may_be_a_key(Application, object_id):
            raise Http404
        return _page(request, person, _row(object_id))


def _row(pk: Any) -> Application:
    return get_object_or_404(Application.objects.whole(), pk=pk)


@read_or_post
def decide(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """The page with what the move asks on top; POST makes it."""
    person = APPLICATIONS.opened(request)
    row = _row(pk)
    if move not in _VERBS:
        raise Http404
    made = applying.MOVES[move]
    alike = _alike(row)
    form = _form(made, row, alike, request.POST if request.method == 'POST' else None)
    if request.method != 'POST':
        return _page(request, person, row, made=made, form=form, alike=alike)
    if not form.is_valid():
        return _page(request, person, row, made=made, form=form, alike=alike, status=422)
    try:
        _VERBS[move](row, by=person, **form.answer())
    except (NotNow, NotAllowed) as refusal:
        form.add_error(None, str(refusal))
        status = CONFLICT if isinstance(refusal, NotNow) else 403
        return _page(request, person, _row(pk), made=made, form=form, alike=alike, status=status)
    unsaved.sent(request)
    messages.success(
        request, f'Done: “{made.label}”. {_row(pk).staff_sentence} The letter waits five minutes.'
    )
    return redirect('admin:members_application_change', pk)


@require_safe
def answered_file(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    APPLICATIONS.opened(request)
    sent = AnsweredFile.objects.exclude(answer__application__state=ApplicationState.DRAFT)
    rows = sent.select_related('answer')
    return given_out(get_object_or_404(rows, answer__application=pk, answer=answer))


def _form(move: ApplicationMove, row: Application, alike: list[Likeness], data: Any) -> Any:
    if move.needs_words:
        return DecisionNoteForm(data)
    return ApproveApplicationForm(data, application=row, alike=alike)


def _alike(row: Application) -> list[Likeness]:
    if not row.is_of_organisation or row.is_draft:
        return []
    others = Organisation.objects.all()
    if row.membership and row.membership.organisation_id:
        others = others.exclude(pk=row.membership.organisation_id)
    return likeness.organisations_like(
        others,
        name=row.organisation_name,
        website=row.website,
        numbers=row.numbers,
        email=row.email,
        address=row.address,
    )


def _others(row: Application) -> list[Application]:
    """Other applications of the same person, or for an organisation of the same name."""
    same = Q(email=row.email)
    if row.organisation_name:
        same |= Q(organisation_name__iexact=row.organisation_name)
    rows = Application.objects.exclude(pk=row.pk).exclude(state=ApplicationState.DRAFT)
    return list(rows.filter(same).select_related('category').order_by('-pk')[:OTHERS])


def _page(
    request: HttpRequest,
    person: Person,
    row: Application,
    *,
    made: ApplicationMove | None = None,
    form: Any = None,
    alike: list[Likeness] | None = None,
    status: int = 200,
) -> HttpResponse:
    if form is not None:
        unsaved.watch(request, form, f'Application: {made.label if made else ""}', row, page=request.path)
    alike = _alike(row) if alike is None else alike
    members = set(
        Organisation.objects.members()
        .filter(pk__in=[one.organisation.pk for one in alike])
        .values_list('pk', flat=True)
    )
    moves = [move for move in applying.moves_for(row, person) if Party.STAFF in move.who]
    context = {
        'application': row,
        'answers': [_shown(answer, row) for answer in row.said.select_related('file').defer('file__content')],
        'alike': [(one, one.organisation.pk in members) for one in alike],
        'others': _others(row),
        'people': _people_like(row),
        'moves': moves,
        'money': in_money(row, row.category) if moves else '',
        'why_no_approval': applying.why_no_approval(row) if moves else '',
        'steps': [(applying.in_words(step.move), step) for step in row.steps.select_related('by')],
        'made': made,
        'form': form,
    }
    return staff.page(request, 'admin/members/application.html', str(row), context, status)


def _people_like(row: Application) -> list[PersonLikeness]:
    if row.is_of_organisation:
        return []
    return likeness.people_like(row.person or Person(), name=row.name, email=row.email)


def _shown(answer: Any, row: Application) -> dict[str, str]:
    has_file = hasattr(answer, 'file')
    address = reverse('admin:application_file', args=[row.pk, answer.pk]) if has_file else ''
    return {'asked': answer.asked, 'value': answer.value, 'address': address}


staff.pages += [
    ('applications/<int:pk>/file/<int:answer>/', answered_file, 'application_file', APPLICATIONS.refuse),
    ('applications/<int:pk>/<slug:move>/', decide, 'application_move', APPLICATIONS.refuse),
]
