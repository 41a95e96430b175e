"""All mail paused and let go again, by an Administrator who has seen what would go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ukis import staff
from ukis.doors import Door
from ukis.letters import foreseeing, pausing
from ukis.letters.models import Letter
from ukis.letters.subjects import kept_from
from ukis.letters.texts.models import MailPause
from ukis.letters.wording import kind_of
from ukis.methods import read_or_post
from ukis.refusals import NotNow, status_of, turned_down

HISTORY = 10


class PauseForm(forms.ModelForm):
    class Meta:
        model = MailPause
        fields = ['reason']
        labels = {'reason': 'Why'}


PAUSES = Door('Mail is paused by an Administrator.', 'ukis.change_mailpause')


@read_or_post
def mail_pause(request: HttpRequest) -> HttpResponse:
    """What stands, and what would go if it ended; POST pauses."""
    person = PAUSES.opened(request)
    if request.method != 'POST':
        return _show(request, PauseForm())
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            pausing.begin(by=person, reason=form.cleaned_data['reason'])
        except NotNow as why:
            turned_down(form, why)
        else:
            messages.success(
                request, 'All mail is paused. A letter that was on its way in that moment has gone.'
            )
            return redirect('admin:mail_pause')
    return _show(request, form)


def _show(request: HttpRequest, form: PauseForm) -> HttpResponse:
    pause = pausing.standing()
    context: dict[str, Any] = {'form': form, 'pause': pause, 'past': _past()}
    if pause is not None:
        would_go = foreseeing.would_go(request.GET.get('page'))
        context |= {'would_go': would_go, 'lines': _lines(request.user, would_go)}
    else:
        context['due'] = Letter.objects.filter(state=Letter.State.WAITING).count()
    title = 'All mail is paused' if pause else 'Pause all mail'
    return staff.page(request, 'admin/ukis/pause/pause.html', title, context, status_of(form))


def _lines(person: Any, would_go: foreseeing.WouldGo) -> list[dict[str, Any]]:
    """Of letters that are not theirs to read, only what becomes of them."""
    keys = [letter.pk for letter in would_go.page]
    readable = set(Letter.objects.filter(pk__in=keys).exclude(kept_from(person)).values_list('pk', flat=True))
    return [
        {
            'letter': letter if letter.pk in readable else None,
            'reads': (foreseen.reads if foreseen else '') or letter.subject,
            'kind': kind_of(letter),
            'foreseen': foreseen,
            'why': foreseen.why if foreseen and letter.pk in readable else '',
            'goes': foreseen is not None and foreseen.becomes == foreseeing.Becomes.GOES,
        }
        for letter in would_go.page
        for foreseen in [getattr(letter, 'foreseen', None)]
    ]


def _past() -> Any:
    return MailPause.objects.filter(is_on=False).select_related('by', 'ended_by')[:HISTORY]


@require_POST
def mail_pause_end(request: HttpRequest) -> HttpResponse:
    person = PAUSES.opened(request)
    typed = request.POST.get('pause', '')
    row = MailPause.objects.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < 18 else None
    if row is None:
        messages.error(request, 'There is no such pause: nothing was changed.')
        return redirect('admin:mail_pause')
    try:
        pausing.end(row, by=person)
    except NotNow as why:
        messages.info(request, f'{why} Nothing was changed.')
    else:
        messages.success(request, 'Mail goes out again, oldest first. What is true no more is left out.')
    return redirect('admin:mail_pause')


staff.pages += [
    ('mail-pause/', mail_pause, 'mail_pause', PAUSES.refuse),
    ('mail-pause/end/', mail_pause_end, 'mail_pause_end', PAUSES.refuse),
]
