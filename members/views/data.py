"""What is held of somebody, to be read and taken away by them."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from members.signing_in import MemberRequest
from ukis import days, personal
from ukis.limits import HOUR, Limit
from ukis.methods import read_or_post
from ukis.society.models import Society
from ukis.unsaved import signed_in

TAKEN = Limit('data_taken', 5, HOUR)
TOO_OFTEN = 'You took your data five times within an hour. Wait a little, and take it again.'


@never_cache
@signed_in
@read_or_post
def my_data(request: MemberRequest) -> Any:
    """GET says what there is, POST gives it out as one ZIP."""
    refusal = ''
    if request.method == 'POST':
        if TAKEN.take(request.user.pk):
            name = f'{slugify(Society.get().short_name)}-{days.today():%Y-%m-%d}.zip'
            return FileResponse(personal.archive(request.user), as_attachment=True, filename=name)
        refusal = TOO_OFTEN
    held = personal.what_is_held(request.user)
    context = {'held': held, 'refusal': refusal}
    return render(request, 'members/people/data.html', context, status=429 if refusal else 200)
