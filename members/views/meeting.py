"""People of the Society, for its members: by name, nation, organisation and what they offer or seek."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import meeting, seeing
from members.forms.introductions import PeopleForm
from members.meeting import Wanted
from members.signing_in import MemberRequest
from ukis import alphabet, unsaved
from ukis.methods import read_or_post

A_PAGE = 24


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Others are led to where they sign in or join: 403, with both ways."""

    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == 'POST' and not request.user.is_authenticated:
            return unsaved.to_sign_in(request)
        to = seeing.sees(request.user)
        if to != seeing.MEMBERS:
            context = {'join': _way_to('join') or reverse('home'), 'here': request.get_full_path()}
            return render(request, 'members/meeting/for_members.html', context, status=403)
        return view(request, to, *args, **kwargs)

    return opened


def _way_to(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ''


@never_cache
@require_safe
@for_members
def people(request: MemberRequest, to: seeing.Sees) -> HttpResponse:
    form = PeopleForm(request.GET)
    wanted, unknown = _wanted(form, to)
    cut = alphabet.page_of(
        lambda: meeting.people(to, wanted).select_related('photo'),
        request.GET,
        size=A_PAGE,
        by=meeting.BY_FAMILY_NAME,
    )
    listed = [] if unknown else list(cut.rows)
    is_whole = wanted == Wanted() and not unknown and not cut.begins
    offering = meeting.who_offer_what_is_sought_by(request.user, to) if is_whole else []
    found = meeting.faced([*offering, *listed], to)
    context = {
        'form': form,
        'cut': cut,
        'suggested': found[: len(offering)],
        'listed': found[len(offering) :],
        'unknown': unknown,
        'topics': sorted({tag.name for one in found for tag in one.topics}),
        'is_whole': is_whole,
    }
    return render(request, 'members/meeting/people.html', context)


def _wanted(form: PeopleForm, to: seeing.Sees) -> tuple[Wanted, list[str]]:
    """What is asked for, and in sentences what of it there is not."""
    asked = form.asked()
    offers, seeks = meeting.topics_called(to, asked['offers'], asked['seeks'])
    organisation = meeting.organisation_called(asked['organisation'])
    unknown = [
        f'No topic is called “{asked[name]}”.'
        for name, tag in (('offers', offers), ('seeks', seeks))
        if asked[name] and tag is None
    ]
    if asked['organisation'] and organisation is None:
        unknown.append(f'No organisation here is called “{asked["organisation"]}”.')
    wanted = Wanted(
        nation=asked['nation'], offers=offers, seeks=seeks, organisation=organisation, name=asked['name']
    )
    return wanted, unknown


@never_cache
@read_or_post
@for_members
def topic(request: MemberRequest, to: seeing.Sees, slug: str) -> HttpResponse:
    """A peer group is a topic with people who said so: who offers it, who seeks it, and a button to say so."""
    tag = meeting.topic_for(request.user, slug, to)
    if tag is None:
        raise Http404('There is no such topic here.')
    if tag.merged_into:
        return redirect('topic_people', tag.merged_into.slug)
    if request.method == 'POST':
        meeting.say(request.user, tag, request.POST.get('do', ''))
        messages.success(request, 'Your profile says so now.')
        return redirect('topic_people', tag.slug)
    offers, seeks = (
        list(meeting.people(to, wanted).select_related('photo').order_by('found_by', 'pk')[: A_PAGE + 1])
        for wanted in (Wanted(offers=tag), Wanted(seeks=tag))
    )
    found = meeting.faced([*offers[:A_PAGE], *seeks[:A_PAGE]], to, with_topics=False)
    count = len(offers[:A_PAGE])
    context = {
        'tag': tag,
        'offering': found[:count],
        'seeking': found[count:],
        'more_offer': len(offers) > A_PAGE,
        'more_seek': len(seeks) > A_PAGE,
    }
    return render(request, 'members/meeting/topic.html', context)
