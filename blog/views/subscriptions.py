"""Posts by email. Opening a link changes nothing, for mail scanners open every one: a button does."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from blog import subscribing
from blog.forms.subscriptions import ConfirmForm, SubscribeForm, SubscriptionsForm
from blog.models import Often, Subscriber
from blog.subscribing import CONFIRM, MINE, Wish
from ukis import letters
from ukis.letters.models import Letter, PrivateLink
from ukis.limits import HOUR, Limit, network_of
from ukis.methods import read_or_post
from ukis.private import NOWHERE, private_page
from ukis.public import public_page
from ukis.refusals import NotNow
from ukis.society.models import Society

ASKED = Limit('posts_by_email_asked', 20, HOUR)  # from one household or office
TOO_OFTEN = (
    'Posts by email were asked for many times from where you are. Nothing you typed is lost: wait an hour, and press '
    'the button again.'
)
TO_CONFIRM = 'Ask for the posts anew on our page “Posts by email”. A link to confirm works for seven days.'
TO_CHANGE = 'Ask for the link by the newest letter with posts that you have from us, or write to the office.'


@never_cache
@read_or_post
def subscribe(request: HttpRequest) -> HttpResponse:
    """The same answer whoever is in the list: all else is said to the address alone."""
    wishes, society = _wishes(request), Society.get()
    wording = subscribing.wording_of(society.name)
    form = SubscribeForm(request.POST if request.method == 'POST' else None, wishes=wishes)
    status = 200
    if form.is_bound and form.is_valid():
        if ASKED.take(network_of(request)):
            often = Often(form.cleaned_data['often'])
            subscribing.ask(form.cleaned_data['email'], wish=form.wish, often=often, wording=wording)
            return redirect('subscribe_asked')
        form.add_error(None, TOO_OFTEN)
        status = 429
    elif form.is_bound:
        status = 422
    context = {'form': form, 'wording': wording, 'wish': wishes[0]}
    return render(request, 'blog/subscriptions/subscribe.html', context, status=status)


def _wishes(request: HttpRequest) -> list[Wish]:
    """What the link asked for first, and all posts."""
    given = {name: request.GET.get(name, '')[:200] for name in ('tag', 'author')}
    wish = subscribing.wish_of(**given)
    return [wish, Wish()] if wish else [Wish()]


@public_page
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, 'blog/subscriptions/asked.html')


def unless_forgotten(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An address may be forgotten between the link and the button."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except Subscriber.DoesNotExist:
            raise Http404(NOWHERE) from None

    return shown


@private_page(TO_CONFIRM)
@unless_forgotten
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = _led_to(token, CONFIRM)
    waiting = subscriber.subscriptions.to_confirm().select_related('tag', 'author').order_by('pk')
    form = ConfirmForm(request.POST if request.method == 'POST' else None, waiting=waiting)
    if form.is_bound and form.is_valid() and subscribing.confirm(subscriber, keys=form.keys):
        _is_read(token, CONFIRM, subscriber)
        mine = PrivateLink.make(purpose=MINE, about=subscriber, days=1)
        return redirect('subscriptions', mine)
    standing = subscriber.subscriptions.standing().select_related('tag', 'author')
    context = {'form': form, 'address': subscriber.address, 'standing': standing}
    return render(request, 'blog/subscriptions/confirm.html', context)


@private_page(TO_CHANGE)
@unless_forgotten
def subscriptions(request: HttpRequest, token: str) -> HttpResponse:
    """All that goes to one address, by the link in each letter: how often each, or not at all."""
    subscriber, done, status = _led_to(token, MINE), '', 200
    form = SubscriptionsForm(
        request.POST if request.method == 'POST' else None, rows=subscribing.choosable(subscriber)
    )
    if form.is_bound and form.is_valid():
        subscribing.choose(subscriber, said=form.said)
        _is_read(token, MINE, subscriber)
        done = 'It is kept. It holds for letters that have not left yet, too.'
        form = SubscriptionsForm(rows=subscribing.choosable(subscriber))
    elif form.is_bound:
        status = 422
    standing = subscriber.subscriptions.standing().exists()
    context = {
        'form': form,
        'address': subscriber.address,
        'done': done,
        'standing': standing,
        'kept': [f'{row}: {subscribing.history_of(row)}.' for row in subscribing.choosable(subscriber)],
        'token': token,
    }
    return render(request, 'blog/subscriptions/subscriptions.html', context, status=status)


@private_page(TO_CHANGE)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program's own button posts here (RFC 8058), without a session, as often as it likes and for years: it is
    answered the same where nothing is left to stop."""
    one_click = request.method == 'POST' and 'List-Unsubscribe' in request.POST
    refusal = ''
    try:
        subscriber = _led_to(token, MINE)
        if one_click or 'stop' in request.POST:
            subscribing.stop(subscriber)
        elif 'undo' in request.POST:
            subscribing.undo(subscriber)
        elif 'forget' in request.POST:
            subscribing.forget_address(subscriber)
            return render(request, 'blog/subscriptions/forgotten.html')
    except NotNow as still:
        refusal = str(still)
    except (Http404, Subscriber.DoesNotExist):
        if not one_click:
            raise Http404(NOWHERE) from None
        return render(request, 'blog/subscriptions/unsubscribe.html', {'gone': True})
    context = {
        'address': subscriber.address,
        'standing': subscriber.subscriptions.standing().select_related('tag', 'author').order_by('pk'),
        'stopped': subscribing.stopped_last(subscriber),
        'undone': 'undo' in request.POST,
        'refusal': refusal,
        'token': token,
    }
    return render(request, 'blog/subscriptions/unsubscribe.html', context, status=409 if refusal else 200)


def _is_read(token: str, purpose: str, subscriber: Subscriber) -> None:
    """Whoever chose here had the link from a letter: where others came back before it, this one did not."""
    link = PrivateLink.find(token, purpose)
    if link and link.letter:
        letters.read_again(subscriber.address, by_letter_of=link.made_at)


def _led_to(token: str, purpose: str) -> Subscriber:
    """The link is about the subscriber, or in an edition about the letter itself; 404 whatever is wrong with it."""
    link = PrivateLink.find(token, purpose)
    about = link.about if link else None
    if isinstance(about, Letter):
        about = getattr(about.about, 'subscriber', None)
    if not isinstance(about, Subscriber):
        raise Http404(NOWHERE)
    return about
