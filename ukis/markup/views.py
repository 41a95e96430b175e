"""What the editor asks at a paste: the one place where HTML becomes safe says what comes in and what does not."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from ukis import markup
from ukis.limits import HOUR, Limit

_PASTES = Limit('paste', 300, HOUR)


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """{html, told: sentences} of the clipboard's `html`, the `text` beside it and the notes `taken`.

    {error: a sentence for the person} with 4xx: 422 where nothing may come in, else the editor helps itself.
    """
    if not request.user.is_authenticated:
        return _refused('You are no longer signed in.', 401)
    if not _PASTES.take(request.user.pk):
        return _refused('That was much pasting in one hour.', 429)
    source, beside = request.POST.get('html', ''), request.POST.get('text', '')
    try:
        made = markup.pasted(source, beside=beside, taken=request.POST.get('taken', '').split())
    except ValueError as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({'html': made.html, 'told': made.told.sentences()})


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({'error': sentence}, status=status)
