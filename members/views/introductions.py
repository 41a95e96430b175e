"""Introductions: to ask for one, to see one's own, and to answer, also by the link in a letter without signing in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import meeting, seeing
from members.forms.introductions import IntroductionAnswer, IntroductionAnswerForm, IntroductionForm
from members.meeting import courtesy, introducing
from members.models import Introduction, Person
from members.signing_in import MemberRequest
from ukis import unsaved
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.private import led_to, private_page
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

SHOWN = 50
NO_LINK = 'Sign in: a note that waits for your answer stands under Introductions.'


@never_cache
@signed_in
@read_or_post
def ask(request: MemberRequest, slug: str) -> HttpResponse:
    """Whoever cannot be seen cannot be asked: for who looks they are not there."""
    person, to = request.user, seeing.sees(request.user)
    asked = get_object_or_404(Person.objects.visible_to(to), slug=slug)
    form = IntroductionForm(request.POST or None, initial={'topic': request.GET.get('topic', '')[:100]})
    refusal, status = courtesy.why_not_ask(person, asked), 200
    if request.method == 'POST':
        status = 422
        if form.is_valid():
            try:
                row = introducing.ask(person, asked, by=person, **form.cleaned_data)
            except NotNow as why_not:
                refusal, status = str(why_not), CONFLICT
            else:
                unsaved.sent(request)
                messages.success(request, f'Your note is on its way to {asked.printed_name}.')
                return redirect('introduction', row.pk)
    unsaved.watch(request, form, 'Your note', asked, page=request.path)
    [faced] = meeting.faced([asked], to)
    work = introducing.work_shown(person)
    context = {'form': form, 'asked': asked, 'faced': faced, 'refusal': refusal, 'work': work}
    return render(request, 'members/introductions/ask.html', context, status=status)


@never_cache
@signed_in
@require_safe
def introductions(request: MemberRequest) -> HttpResponse:
    """What is open stands on every page, first; all else can be leafed through."""
    person, rows = request.user, Introduction.objects.select_related('asker', 'asked')
    open_now = [*rows.filter(asked=person).to_answer(), *rows.filter(asker=person).standing()]
    rest = Introduction.objects.of(person).exclude(pk__in=[row.pk for row in open_now])
    page = Leafing(rest, SHOWN, shown=rows).get_page(request.GET.get('page'))
    shown = [*open_now, *page]
    context = {
        'page': page,
        'sent': [row for row in shown if row.asker_id == person.pk],
        'received': [row for row in shown if row.asked_id == person.pk],
    }
    return render(request, 'members/introductions/list.html', context)


@never_cache
@signed_in
@read_or_post
def introduction(request: MemberRequest, pk: int) -> HttpResponse:
    """One of one's own. To its asker nothing here tells a no from silence."""
    row = get_object_or_404(Introduction.objects.of(request.user).select_related('asker', 'asked'), pk=pk)
    form = IntroductionAnswerForm(request.POST or None)
    refusal, status = '', 200
    if request.method == 'POST':
        if row.asked_id != request.user.pk:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                _answer(row, form, by=request.user)
            except NotNow as why_not:
                refusal, status = str(why_not), CONFLICT
            else:
                return redirect('introduction', row.pk)
    context = {
        'introduction': row,
        'is_mine': row.asker_id == request.user.pk,
        'other': row.other(request.user),
        'form': form,
        'refusal': refusal,
    }
    return render(request, 'members/introductions/introduction.html', context, status=status)


@never_cache
@signed_in
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Introduction.objects.of(request.user).select_related('asker', 'asked'), pk=pk)
    try:
        introducing.end(row, by=request.user)
    except NotNow as why_not:
        messages.error(request, str(why_not))
    else:
        messages.success(
            request, f'The introduction has ended. {row.other(request.user).printed_name} is told.'
        )
    return redirect('introduction', row.pk)


@private_page(NO_LINK)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in the letter. Reading changes nothing, and no address stands here: the link may be passed on."""
    row, _ = led_to(token, 'introduction', Introduction)
    form = IntroductionAnswerForm(request.POST if request.method == 'POST' else None)
    refusal, status = '', 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            _answer(row, form, by=row.asked)
        except NotNow as why_not:
            refusal, status = str(why_not), CONFLICT
        else:
            return redirect('introduction_answer', token)
    row = Introduction.objects.select_related('asker', 'asked').get(pk=row.pk)
    context = {
        'introduction': row,
        'other': row.asker,
        'work': introducing.work_shown(row.asker),
        'form': form,
        'refusal': refusal,
        'here': reverse('introduction', args=[row.pk]),
    }
    return render(request, 'members/introductions/answer.html', context, status=status)


def _answer(row: Introduction, form: IntroductionAnswerForm, *, by: Person) -> None:
    match form.cleaned_data['answer']:
        case IntroductionAnswer.YES:
            introducing.accept(row, by=by)
        case IntroductionAnswer.NO:
            introducing.decline(row, by=by)
        case _:
            introducing.report(row, by=by, why=form.cleaned_data['why'])
