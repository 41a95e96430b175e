"""Gift Aid, as a member declares it and takes it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from members.forms.gift_aid import GiftAidForm
from members.models import GiftAidDeclaration
from members.money import gift_aid
from members.signing_in import MemberRequest
from ukis.methods import read_or_post
from ukis.refusals import NotAllowed, NotNow, status_of, turned_down
from ukis.unsaved import signed_in


@never_cache
@signed_in
@read_or_post
def declaration(request: MemberRequest) -> HttpResponse:
    """What they declared; a form to declare; a button to take it back."""
    person = request.user
    standing = GiftAidDeclaration.objects.standing().filter(person=person).first()
    if standing is None and not gift_aid.may_declare(person):
        raise NotAllowed(
            'Gift Aid is for those who pay for a membership of their own, of a kind that qualifies.'
        )
    if request.method == 'POST' and 'cancel' in request.POST:
        gift_aid.cancel(person, by=person)
        messages.success(
            request, 'Your declaration is cancelled. Nothing that you pay from today on is claimed for.'
        )
        return redirect('gift_aid')
    form = GiftAidForm(request.POST if request.method == 'POST' else None, person=person)
    if form.is_bound and form.is_valid():
        try:
            gift_aid.declare(person, by=person, form=GiftAidDeclaration.Form.ONLINE, **form.declared())
        except NotNow as why_not:
            turned_down(form, why_not)
        else:
            messages.success(request, 'Thank you: your declaration is kept.')
            return redirect('gift_aid')
    context = {'form': form, 'standing': standing, 'wording': gift_aid.wording()}
    return render(request, 'members/people/gift_aid.html', context, status=status_of(form))
