"""For whoever is asked to write, by the link in their letter or signed in: answer, and begin. Reading does nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from blog import commissioning
from blog.commissioning import Actor, ByLink
from blog.forms.answering import CommissionAnswerForm, FirstWordsForm
from blog.letters import commission_letters
from blog.models import Commission
from members.signing_in import MemberRequest, by_code
from ukis import markup, unsaved
from ukis.methods import read_or_post
from ukis.private import Fresh, led_to, private_page
from ukis.refusals import CONFLICT, NotNow, status_of, turned_down
from ukis.unsaved import signed_in

NO_LINK = (
    'If the invitation was meant for you, answer our letter by email: the editor sends you another link. What you have '
    'begun to write with an account stands under My blogs.'
)
FRESH = Fresh(commission_letters.PURPOSE, Commission, commissioning.send_link)
BEGUN = 'The writing has begun on a page of your own, and what you typed here is not there yet. Copy it from below.'


@private_page(NO_LINK, fresh=FRESH)
def commission(request: HttpRequest, token: str) -> HttpResponse:
    """The brief, how it stands, and the answers as a choice with none chosen."""
    return _page(request, _of_link(token), ByLink(), token)


@private_page(NO_LINK, fresh=FRESH)
def commission_write(request: HttpRequest, token: str) -> HttpResponse:
    """The first words of somebody who has no account: kept, and then a code goes to the address that was asked."""
    return _write(request, _of_link(token), ByLink(), token)


@never_cache
@signed_in
@read_or_post
def my_commission(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk), request.user, '')


@never_cache
@signed_in
@read_or_post
def commission_begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the code leads: a page with one button where it is read, for a link that is opened changes nothing."""
    row = Commission.objects.whole().filter(pk=pk).exclude(sent_at=None).first()
    if row is None or not commissioning.is_theirs(row, request.user):
        raise Http404
    if request.method == 'POST':
        try:
            return redirect('submission_edit', commissioning.begin(row, by=request.user).pk)
        except NotNow as why_not:
            return _page(request, row, request.user, '', refusal=str(why_not))
    return render(request, 'blog/commissions/begin.html', {'commission': row})


def _of_link(token: str) -> Commission:
    row, _ = led_to(token, commission_letters.PURPOSE, Commission)
    return Commission.objects.whole().get(pk=row.pk)


def _own(request: MemberRequest, pk: int) -> Commission:
    rows = Commission.objects.whole().exclude(state='draft')
    return get_object_or_404(rows, pk=pk, invitee=request.user)


def _form(request: HttpRequest, row: Commission, by: Actor) -> CommissionAnswerForm:
    answers = [(move, why_not) for move, why_not in commissioning.moves_for(row, by) if move.is_answer]
    return CommissionAnswerForm(
        request.POST if request.method == 'POST' else None, commission=row, answers=answers
    )


def _page(request: HttpRequest, row: Commission, by: Actor, token: str, *, refusal: str = '') -> HttpResponse:
    if _is_answered(row, request.POST.get('answer', ''), request.POST.get('words', '')):
        return redirect(_address('commission', row, token))  # pressed twice
    form = _form(request, row, by)
    if request.method == 'POST' and not form.is_open:
        refusal = refusal or row.invitee_sentence
    status = CONFLICT if refusal else 200
    if form.is_bound and not refusal:
        if form.is_valid():
            try:
                form.give(row, by=by)
            except NotNow as why_not:
                refusal, status = str(why_not), CONFLICT
                row = Commission.objects.whole().get(pk=row.pk)
                form = _form(request, row, by)
            else:
                return redirect(_address('commission', row, token))
        else:
            status = 422
    submission = row.begun
    context = {
        'commission': row,
        'form': form if form.is_open else None,
        'refusal': refusal,
        'typed': '' if form.is_open else request.POST.get('words', ''),
        'submission': submission,
        'first_words': '' if row.is_promised else markup.render(row.first_words, from_level=3),
        'write_url': _write_address(row, token),
        'token': token,
    }
    return render(request, 'blog/commissions/commission.html', context, status=status)


def _is_answered(row: Commission, answer: str, words: str) -> bool:
    """Whether this answer stands already, and cannot be given twice. Other words are not passed over."""
    move = commissioning.MOVES.get(answer)
    stands = move is not None and move.is_answer and row.state == move.to and row.state not in move.frm
    return stands and ' '.join(words.split()) in ('', ' '.join(row.answer.split()))


def _address(name: str, row: Commission, token: str) -> str:
    return reverse(name, args=[token]) if token else reverse(f'my_{name}', args=[row.pk])


def _write_address(row: Commission, token: str) -> str:
    if not row.is_promised:
        return ''
    return reverse('commission_write', args=[token]) if token else reverse('commission_begin', args=[row.pk])


def _kept_beside(form: FirstWordsForm, row: Commission) -> str:
    """Words that another page saved, where this one is refused: the form holds its own."""
    return markup.render(row.first_words, from_level=3) if getattr(form, 'turned_down', False) else ''


def _write(request: HttpRequest, row: Commission, by: Actor, token: str) -> HttpResponse:
    begun = row.begun
    if request.method != 'POST' and not row.is_promised and begun is None:
        return redirect('commission', token)
    form = FirstWordsForm(request.POST if request.method == 'POST' else None, commission=row)
    lost = begun is not None and request.POST.get('body', '').strip()
    if lost:
        turned_down(form, NotNow(BEGUN))
    if form.is_bound and form.is_valid():
        try:
            if begun is None and not by_code.another_is_in(request, row.email):
                commissioning.keep_first_words(row, by=by, **form.words())
        except NotNow as why_not:
            row = Commission.objects.whole().get(pk=row.pk)
            form = FirstWordsForm(request.POST, commission=row)
            turned_down(form, why_not)
        else:
            then = begun.get_absolute_url() if begun else reverse('commission_begin', args=[row.pk])
            unsaved.sent(request)
            return by_code.begin(request, email=row.email, name=row.name, then=then)
    context: dict[str, Any] = {
        'commission': row,
        'form': form,
        'submission': begun,
        'lost': lost,
        'token': token,
    }
    context['kept'] = _kept_beside(form, row)
    return render(request, 'blog/commissions/write.html', context, status=status_of(form))
