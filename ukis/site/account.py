from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import actions, drafts, queues, wording, workflow
from blog.models import Holder, Submission
from members.models import Membership, Seat
from members.roles import DESK
from members.signing_in import MemberRequest
from ukis.site.directory import public_organisations, public_people
from ukis.unsaved import signed_in


@never_cache
@signed_in
@require_safe
def my_page(request: MemberRequest) -> HttpResponse:
    """What waits for me, my membership, my submissions."""
    person = request.user
    typed = drafts.titles(person)
    submissions: list[dict[str, Any]] = [
        {
            'submission': submission,
            'title': drafts.title(submission, by=person, typed=typed),
            'words': wording.author_words(submission),
            'kind': actions.status_kind(submission),
            'next': wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, person)),
        }
        for submission in Submission.objects.written_by(person)
        .select_related('current', 'editor', 'post__version')
        .prefetch_related('authorships')
        .order_by('-held_since')[:20]
    ]
    memberships = Membership.objects.with_status().select_related('organisation', 'category')
    places = [
        *memberships.filter(person=person),
        *memberships.filter(seats__in=Seat.objects.active().filter(person=person)).distinct(),
    ]
    return render(
        request,
        'account/my_page.html',
        {
            'waiting': [row for row in submissions if row['submission'].holder == Holder.AUTHOR],
            'submissions': submissions,
            'places': places,
            'public': set(public_organisations().filter(memberships__in=places).values_list('pk', flat=True)),
            'has_page': public_people().filter(pk=person.pk).exists(),
            'place': person.place_sentence(),
            'may_submit': person.may_submit(),
            'on_the_desk': any(person.is_in(group) for group in DESK),
            'desk': queues.counts(person) if person.opens_the_admin else None,
        },
    )
