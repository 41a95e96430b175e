"""Fetch or 404: no submission is had on the author's side but through here."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from blog.models import Submission, Version
from blog.told import as_told, versions_known, with_words_known
from blog.workflow import Role, roles_of
from members.models import Person
from ukis.unsaved import give_back, holds_words, signed_in


class AuthorsRequest(HttpRequest):
    """A request behind `on_a_submission`: somebody is signed in."""

    user: Person


def submission_or_404(request: HttpRequest, pk: int) -> Submission:
    """The submission with its words, editor, post and names, if this person may see it at all."""
    return get_object_or_404(Submission.objects.visible_to(request.user).for_its_page(), pk=pk)


def on_a_submission(
    view: Callable[..., HttpResponse], *, desk: str = 'admin:desk_submission'
) -> Callable[..., HttpResponse]:
    """The view of an author's own submission: it gets the submission instead of its key.

    It is as its author knows it: what a letter has still to tell is not told here.

    Strangers get 404, the signed-out the sign-in page; an editor who has no part in writing it belongs to the
    desk: reading leads there, to `desk`, which asks for the second factor, and doing is refused.
    """

    @wraps(view)
    def opened(request: AuthorsRequest, pk: int) -> HttpResponse:
        try:
            submission = submission_or_404(request, pk)
        except Http404:
            if _lacks_second_factor(request.user):
                return _to_the_desk(request, pk, desk)
            if request.method == 'POST' and holds_words(request):
                return give_back(request, status=404)  # taken off the submission while they typed, perhaps
            raise
        if not roles_of(submission, request.user) & {Role.AUTHOR, Role.NAMED}:
            return _to_the_desk(request, pk, desk)
        return view(request, with_words_known(as_told(submission)))

    return never_cache(signed_in(opened))


def _lacks_second_factor(person: Person) -> bool:
    """Whether an editor sees less than an editor does, until they have set one up."""
    return (
        person.is_staff and (person.is_on_the_desk or person.is_guest_editor) and not person.opens_the_admin
    )


def _to_the_desk(request: AuthorsRequest, pk: int, desk: str) -> HttpResponse:
    if request.method not in ('GET', 'HEAD'):
        raise PermissionDenied(
            'This is for those who write the submission. The editors’ moves are on the desk.'
        )
    query = request.META.get('QUERY_STRING', '')
    return HttpResponseRedirect(reverse(desk, args=[pk]) + (f'?{query}' if query else ''))


def version_or_404(submission: Submission, number: str | None) -> Version | None:
    """A version by the number in the address, None where it names none; 404 where there is no such."""
    if not number:
        return None
    found = None
    if number.isascii() and number.isdigit() and len(number) < 9:
        found = versions_known(submission).select_related('lead_picture').filter(number=int(number)).first()
    if found is None:
        raise Http404('This submission has no such version.')
    return found
