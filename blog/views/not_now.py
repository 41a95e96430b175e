"""Whoever was reminded puts it off for a week, by the link at the foot of the letter. Reading changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from blog import chasers
from blog.chasers import putting_off
from ukis.letters.models import Letter
from ukis.private import led_to, private_page
from ukis.refusals import CONFLICT, NotNow

NO_LINK = 'Ask by answering our letter by email: the editor reads it. A newer reminder has a link of its own.'


@private_page(NO_LINK)
def not_now(request: HttpRequest, token: str) -> HttpResponse:
    letter, _ = led_to(token, chasers.NOT_NOW, Letter)
    found = chasers.reminding(letter)
    refusal = found.why_not() if found else putting_off.GONE
    status = 200
    if request.method == 'POST':
        status = CONFLICT
        if found and not refusal:
            try:
                putting_off.put_off(found, letter=letter)
            except NotNow as why_not:
                refusal = str(why_not)
            else:
                return redirect('not_now', token)
    context = {
        'letter': letter,
        'refusal': refusal,
        'until': found.put_off_until(letter) if found else None,
        'days': putting_off.FOR.days,
    }
    return render(request, 'blog/not_now.html', context, status=status)
