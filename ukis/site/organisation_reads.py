"""How often the posts of an organisation were read, for its main contacts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import reads
from members.access import theirs
from members.signing_in import MemberRequest
from ukis import days
from ukis.unsaved import signed_in


@never_cache
@signed_in
@require_safe
def organisation_reads(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_people')
    found = reads.of_organisation(organisation)
    context = {
        'organisation': organisation,
        'reads': found,
        'plots': reads.plots_of(found),
        'today': days.today(),
    }
    return render(request, 'organisations/reads.html', context)
