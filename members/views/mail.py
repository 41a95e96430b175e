"""Which letters somebody wants: signed in, or by the private link at the foot of those that can be refused."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from members.forms.mail import MailChoicesForm
from members.signing_in import MemberRequest
from ukis import letters, unsaved
from ukis.letters.choosing import CHOICES, FORM_BY_LINK, FORM_SIGNED_IN, ONE_CLICK, PURPOSE, choice_of
from ukis.letters.models import Letter
from ukis.methods import read_or_post
from ukis.private import led_to, private_page
from ukis.unsaved import signed_in

NO_LINK = 'Sign in to choose under Letters which you get. The newest letter of that kind has a link that works, too.'
KEPT = 'It is kept. It holds for letters that have not left yet, too.'


@never_cache
@signed_in
@read_or_post
def mail_choices(request: MemberRequest) -> HttpResponse:
    address, person = request.user.email or '', request.user
    posted = request.POST if request.method == 'POST' else None
    form = MailChoicesForm(posted, held=letters.chosen(address, person))
    if request.method == 'POST' and form.is_valid():
        letters.choose(address, form.said, form=FORM_SIGNED_IN, person=person)
        unsaved.sent(request)
        messages.success(request, KEPT)
        return redirect('mail_choices')
    context = {'form': form, 'address': address, 'comes_back': bool(letters.unreachable([address]))}
    return render(request, 'members/people/mail_choices.html', context)


@private_page(NO_LINK)
def mail_choices_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: mail scanners do. A mail program's one click is a POST that says so (RFC 8058)."""
    letter, _ = led_to(token, PURPOSE, Letter)
    address, person = letter.to_address, letter.to
    source = f'letter {letter.pk}'
    done = ''
    if request.method == 'POST' and 'List-Unsubscribe' in request.POST:
        choice = choice_of(letter.kind)
        refused = {choice.name: False} if choice else dict.fromkeys(CHOICES, False)
        letters.choose(address, refused, form=ONE_CLICK, source=source, person=person)
        done = 'You get no more of these.'
    elif request.method == 'POST':
        form = MailChoicesForm(request.POST, held=letters.chosen(address, person))
        if form.is_valid():
            letters.choose(address, form.said, form=FORM_BY_LINK, source=source, person=person)
            done = KEPT
    form = MailChoicesForm(held=letters.chosen(address, person))
    context = {'form': form, 'address': address, 'by_link': True, 'done': done}
    return render(request, 'members/people/mail_choices.html', context)
