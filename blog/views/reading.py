"""For second readers, by the link in their letter or signed in: the words of one version, and their advice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from blog import post_page, readings
from blog.forms.advising import AdviceForm
from blog.letters import reading_letters
from blog.models import Reading
from blog.readings import Actor, ByLink
from members.signing_in import MemberRequest
from ukis import unsaved
from ukis.methods import read_or_post
from ukis.private import NOWHERE, Fresh, led_to, private_page
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

NO_LINK = 'Ask the editor for another link, by answering our letter. What you have kept here is not lost.'


@private_page(NO_LINK, fresh=Fresh(reading_letters.PURPOSE, Reading, readings.send_link))
def reading(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, what, until when, the words, and the answers as a choice with none chosen."""
    row, _ = led_to(token, reading_letters.PURPOSE, Reading)
    row = _whole(row.pk)
    if not readings.roles_of(row, ByLink()):
        raise Http404(NOWHERE)  # its reader is named on it by now
    return _page(request, row, ByLink(), token)


@never_cache
@signed_in
@read_or_post
def my_reading(request: MemberRequest, pk: int) -> HttpResponse:
    """The same for somebody with an account. Theirs alone, and not once they are named on it."""
    row = get_object_or_404(Reading.objects.whole(), pk=pk, reader=request.user)
    if not readings.roles_of(row, request.user):
        raise Http404
    response = _page(request, row, request.user, '')
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response


def _whole(pk: int) -> Reading:
    return Reading.objects.whole().get(pk=pk)


def _form(request: HttpRequest, row: Reading, by: Actor) -> AdviceForm:
    answers = [(move, why_not) for move, why_not in readings.moves_for(row, by) if move.is_answer]
    return AdviceForm(request.POST if request.method == 'POST' else None, reading=row, answers=answers)


def _page(request: HttpRequest, row: Reading, by: Actor, token: str) -> HttpResponse:
    form, refusal, status = _form(request, row, by), '', 200
    here = reverse('reading', args=[token]) if token else reverse('my_reading', args=[row.pk])
    if form.is_bound and _stands_already(row, form):
        return redirect(here)
    if form.is_bound and not form.is_open:
        refusal, status = row.reader_sentence, CONFLICT
    elif form.is_bound and form.is_valid():
        try:
            form.give(row, by=by)
        except NotNow as why_not:
            refusal, status = str(why_not), CONFLICT
            row = _whole(row.pk)
            form = _form(request, row, by)
            form.show_what_stands(row)
        else:
            unsaved.sent(request)
            return redirect(here)
    elif form.is_bound:
        status = 422
    if form.is_open and not token:
        unsaved.watch(request, form, 'Advice', row, page=here)
    return render(request, 'blog/readings/reading.html', _context(row, form, refusal, token), status=status)


def _stands_already(row: Reading, form: AdviceForm) -> bool:
    """Whether the same was sent before: pressed twice, it does as much as once."""
    move = readings.MOVES.get(form.data.get('answer', ''))
    if move is None or not move.is_answer or row.state != move.to:
        return False
    if row.state not in move.frm:
        return True
    return form.is_valid() and form.given_advice().stands_in(row)


def _context(row: Reading, form: AdviceForm, refusal: str, token: str) -> dict[str, object]:
    version = row.version
    return {
        'reading': row,
        'form': form if form.is_open else None,
        'refusal': refusal,
        'typed': form.typed if form.is_bound and not form.is_open else [],
        # Shown beside what was typed, where another tab saved other notes; and once nothing can be sent any more.
        'kept': row.has_notes and (bool(refusal) or not form.is_open),
        'words': post_page.of_version(version, row.submission, from_level=3) if version else None,
        'token': token,
    }
