"""Words shown to people outside, by the editors who decide on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from blog import previews
from blog.admin.desk.frame import page, refuse, words_on_the_desk
from blog.forms.previews import PreviewLinkForm
from blog.models import Submission
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post
from ukis.public import site_url
from ukis.refusals import NotNow, status_of, turned_down


def _for_who_decides(request: HttpRequest, pk: int) -> tuple[Person, Submission]:
    person, submission = words_on_the_desk(request, pk)
    if not previews.may_share(submission, person):
        raise PermissionDenied('Whoever decides on the submission shows it to people outside.')
    return person, submission


@read_or_post
def desk_previews(request: HttpRequest, pk: int) -> HttpResponse:
    """Those there are, and the form for another; the address of a new one is shown this once."""
    person, submission = _for_who_decides(request, pk)
    versions = list(previews.versions_to_share(submission, person))
    chosen = {'version': request.GET.get('version')}
    form = PreviewLinkForm(
        request.POST if request.method == 'POST' else None, versions=versions, initial=chosen
    )
    address = ''
    if form.is_bound and form.is_valid():
        try:
            token = previews.share(submission, by=person, **form.answer())
        except NotNow as refusal:
            turned_down(form, refusal)
        else:
            address = site_url(request) + reverse('preview', args=[token])
            form = PreviewLinkForm(versions=versions)
    context = {
        'submission': submission,
        'form': form,
        'address': address,
        'why_not': previews.why_not(submission),
        'links': [
            (link, reverse('admin:desk_preview_withdraw', args=[submission.pk, link.pk]))
            for link in previews.of(submission, person)
        ],
    }
    return page(request, 'previews', 'Show it to somebody outside', context, status_of(form))


@require_POST
def withdraw(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    person, submission = _for_who_decides(request, pk)
    previews.withdraw(get_object_or_404(submission.previews, pk=key), by=person)
    messages.success(request, 'The link is withdrawn: it shows nothing any more.')
    return redirect('admin:desk_previews', submission.pk)


staff.pages += [
    ('desk/<int:pk>/previews/', desk_previews, 'desk_previews', refuse),
    ('desk/<int:pk>/previews/<int:key>/withdraw/', withdraw, 'desk_preview_withdraw', refuse),
]
