"""Who is named on a submission, in which order, and how."""

import re
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from blog import workflow
from blog.forms.byline import BylineNameForm, CoauthorForm, moved
from blog.forms.writing import base_of
from blog.models import Authorship, Submission, Version
from blog.pages import to_submission
from blog.writing.access import AuthorsRequest, on_a_submission, submission_or_404
from ukis import unsaved
from ukis.lines import one_line
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved.both import Both

MOST = 20


@read_or_post
@on_a_submission
def byline(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """One form for all names. Whichever button is pressed, what was typed is saved with it."""
    if not workflow.can_edit(submission, request.user):
        return to_submission(request, submission, 'The byline cannot be changed now.')
    if request.method == 'POST':
        with transaction.atomic():
            # Held, and read after that: what somebody else makes of the byline comes wholly before or after.
            Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=submission.pk)
            return _changed(request, submission_or_404(request, submission.pk))
    forms = [_form(row, request, None) for row in _standing(submission)]
    back = request.session.get(_taken_off(submission)) if 'put_back' in request.GET else None
    new = CoauthorForm(None, submission=submission, by=request.user, initial=back)
    return _shown(request, submission, forms, new)


def _standing(submission: Submission) -> list[Authorship]:
    return [row for row in submission.authorships.all() if not row.came_off_at]


def _changed(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    began = submission.versions.filter(number=base_of(request.POST)).first()
    forms = [_form(row, request, began) for row in _standing(submission)]
    do = request.POST.get('do', '')
    # A name that was typed is added by whichever button.
    adds = do == 'add' or any(request.POST.get(f'new-{name}', '').strip() for name in ('email', 'name'))
    new = CoauthorForm(request.POST if adds else None, submission=submission, by=request.user)
    if do.startswith('off-'):
        return _shown(request, submission, forms, new, asks=do.removeprefix('off-'))
    if [form for form in [*forms, new] if form.is_bound and not form.is_valid()]:
        return _shown(request, submission, forms, new, status=422)
    both = [one for form in forms if form.is_bound for one in form.overtaken()]
    if both:
        return _shown(request, submission, forms, new, both=both, status=CONFLICT)
    names = [{'pk': form.row.pk, **(form.changes() if form.is_bound else {})} for form in forms]
    names, removed = _done(do, names)
    try:
        given = [*names, *_named(new, len(names))]
        workflow.change_byline(submission, by=request.user, names=given, removed=removed)
    except NotNow as refusal:
        return _shown(request, submission, forms, new, refusal=str(refusal), status=CONFLICT)
    unsaved.sent(request)
    messages.success(
        request, _saved(request, submission, [form.row for form in forms if form.row.pk in removed])
    )
    _ask(request, submission, do)
    return redirect('submission_edit' if do == 'back' else 'submission_byline', submission.pk)


def _taken_off(submission: Submission) -> str:
    return f'taken off {submission.pk}'


def _saved(request: AuthorsRequest, submission: Submission, gone: list[Authorship]) -> str:
    """What is said of it; whoever came off can be put back, for as long as one is signed in."""
    if not gone:
        return 'The byline is saved.'
    [row] = gone
    request.session[_taken_off(submission)] = {'name': row.name, 'email': row.email}
    back = reverse('submission_byline', args=[submission.pk]) + '?put_back=1#new'
    return format_html(
        '{} is off the byline. <a href="{}">Put the name back</a>', row.name or 'The name', back
    )


def _form(row: Authorship, request: AuthorsRequest, began: Version | None) -> BylineNameForm:
    """Bound only where the page that was sent knew the name: one added meanwhile stays as it is."""
    prefix = f'name-{row.pk}'
    sent = request.method == 'POST' and f'{prefix}-{"name" if row.printed else "known"}' in request.POST
    post = request.POST if sent else None
    return BylineNameForm(post, row=row, by=request.user, prefix=prefix, whole=True, began=began)


def _done(do: str, names: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[int]]:
    """The names after the button, and who is taken off: 'remove-7'; others move a name, or only save."""
    found = re.fullmatch('remove-([0-9]{1,12})', do)
    removed = [name['pk'] for name in names if found and name['pk'] == int(found[1])]
    return moved(do, [name for name in names if name['pk'] not in removed]), removed


def _named(new: CoauthorForm, already: int) -> list[dict[str, Any]]:
    if not new.is_bound:
        return []
    if already >= MOST:
        raise NotNow(f'A submission names at most {MOST}.')
    return [
        {'email': new.cleaned_data['email'], 'name': one_line(new.cleaned_data['name'])},
    ]


def _ask(request: AuthorsRequest, submission: Submission, do: str) -> None:
    """'ask-7' asks whoever that is, now that all else is saved."""
    found = re.fullmatch('ask-([0-9]{1,12})', do)
    theirs = submission.authorships.filter(pk=int(found[1])).first() if found else None
    if theirs is None:
        return
    try:
        workflow.ask(submission, by=request.user, authorship=theirs)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        said = 'goes out in a few minutes. Take the name off before, and it does not.'
        messages.success(request, f'A letter to {theirs.name} {said}')


def _shown(
    request: AuthorsRequest,
    submission: Submission,
    forms: list[BylineNameForm],
    new: CoauthorForm,
    *,
    refusal: str = '',
    asks: str = '',
    both: list[Both] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`asks`: the key of the name that is to come off, which is asked once; what was typed stands meanwhile. `both`:
    what stands now beside what was typed, where somebody saved something else meanwhile."""
    # What was shown both goes over the other when it is sent once more.
    base = submission.current.number if both else base_of(request.POST) or submission.current.number
    unsaved.watch(request, new, 'Byline', submission, page=request.path, started_from=base, parts=forms)
    context = {
        'submission': submission,
        'forms': forms,
        'new': new,
        'refusal': refusal,
        'both': both,
        'base': base,
    }
    context['taking_off'] = next((form.row for form in forms if str(form.row.pk) == asks), None)
    context['wrong'] = [form for form in [*forms, new] if form.is_bound and form.errors]
    return render(request, 'blog/submissions/byline.html', context, status=status)
