"""An organisation's listing as its contacts would have it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from members.access import theirs
from members.forms.listing import ListingForm
from members.models import Organisation
from members.organisations import proposals
from members.signing_in import MemberRequest
from ukis import unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT
from ukis.unsaved import signed_in, standing
from ukis.unsaved.both import in_form


@never_cache
@signed_in
@read_or_post
def listing(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_listing')
    form = ListingForm(request.POST or None, request.FILES or None, instance=organisation, by=request.user)
    if request.method == 'POST' and form.is_valid() and (said := _proposed(request, form)):
        unsaved.sent(request)
        messages.success(request, said)
        return redirect('contacts', pk)
    unsaved.watch(request, form, 'Your listing', organisation, page=request.path)
    stale = standing.is_stale(form)
    context = {
        'form': form,
        'organisation': organisation,
        'trusted': proposals.trusted(organisation),
        'both': in_form(form) if stale else None,
    }
    status = CONFLICT if stale else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, 'members/contacts/listing.html', context, status=status)


def _proposed(request: MemberRequest, form: ListingForm) -> str:
    """What is said of it; nothing where somebody changed the same meanwhile."""
    wanted, picture = form.wanted(), form.picture
    with transaction.atomic():
        row = Organisation.objects.locked(form.instance.pk)
        if not standing.take(form, row):
            return ''
        made = proposals.propose(row, by=request.user, wanted=wanted, picture=picture)
    if not made:
        return 'Nothing was changed.'
    if proposals.trusted(row):
        return 'Your listing is changed. It shows at once.'
    return 'Your changes wait for the Society’s staff. You get a letter for each that they decide.'
