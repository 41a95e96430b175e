"""About what a member would write: said to the editors, seen by nobody else, and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.desk import would_write as saying
from blog.forms.would_write import WouldWriteForm
from blog.models import WouldWrite
from blog.writing.access import AuthorsRequest
from members.places import place_sentence
from ukis import tags, unsaved
from ukis.methods import read_or_post
from ukis.refusals import NotAllowed, NotNow
from ukis.tags.models import Tag
from ukis.unsaved import signed_in


@never_cache
@read_or_post
@signed_in
def would_write(request: AuthorsRequest) -> HttpResponse:
    form = WouldWriteForm(request.POST if request.method == 'POST' else None, initial=_led_here_by(request))
    if form.is_valid():
        try:
            row = saying.say(**form.answer(), by=request.user)
        except (NotAllowed, NotNow) as refusal:
            form.add_error(None, str(refusal))
            return _shown(request, form, 403 if isinstance(refusal, NotAllowed) else 422)
        unsaved.sent(request)
        messages.success(request, f'The editors can see now that you would write about “{row.tag}”.')
        return redirect('would_write')
    if form.is_bound and not request.user.may_submit():
        return _shown(request, form, 403)
    return _shown(request, form, 422 if form.is_bound else 200)


@require_POST
@signed_in
def take_back(request: AuthorsRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(WouldWrite.objects.select_related('tag'), pk=pk, person=request.user)
    saying.take_back(row, by=request.user)
    messages.success(request, f'“{row.tag}” is taken off. The editors see it no more.')
    return redirect('would_write')


def _led_here_by(request: AuthorsRequest) -> dict[str, str]:
    """The tag on whose page somebody pressed the link; of those that everybody knows."""
    slug = request.GET.get('topic', '')[:200]
    tag = Tag.objects.filter(slug=slug, waiting=False).select_related('merged_into').first() if slug else None
    return {'topic': tag.standing.name} if tag and tags.known([tag.name], waiting=False) else {}


def _shown(request: AuthorsRequest, form: WouldWriteForm, status: int) -> HttpResponse:
    unsaved.watch(request, form, 'What I would write about', WouldWrite, page=request.path)
    may_submit = request.user.may_submit()
    context = {
        'form': form,
        'mine': WouldWrite.objects.filter(person=request.user).select_related('tag'),
        'may_submit': may_submit,
        'place': '' if may_submit else place_sentence(request.user),
    }
    return render(request, 'blog/would_write/would_write.html', context, status=status)
