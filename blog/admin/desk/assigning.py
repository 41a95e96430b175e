"""Several submissions given to one editor: first what would be done and what not, then done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog import absences, wording
from blog.admin.desk.frame import on_the_desk, page, refuse
from blog.forms.assigning import GiveForm
from blog.models import Submission
from blog.workflow import assigning
from blog.workflow.assigning import MOST_AT_ONCE, Given, Skipped
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post


@read_or_post
def give_several(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request)
    if not person.is_editor:
        raise PermissionDenied('Submissions are given to editors by the Commissioning Editor.')
    given = request.POST if request.method == 'POST' else request.GET
    keys = _keys(given.getlist('row'))
    if not keys:
        messages.warning(request, 'Nothing was ticked. Tick the submissions that another editor is to have.')
        return redirect('admin:desk')
    if len(keys) > MOST_AT_ONCE:
        messages.warning(request, f'The first {MOST_AT_ONCE} are taken here; the rest stay as they are.')
        keys = dict(list(keys.items())[:MOST_AT_ONCE])
    form = GiveForm(given if 'editor' in given or request.method == 'POST' else None)
    if not form.is_valid():
        return _shown(request, person, keys, form)
    if request.method != 'POST':
        return _shown(request, person, keys, form, editor=form.cleaned_data['editor'])
    editor = form.cleaned_data['editor']
    done = assigning.give({key: was or 0 for key, was in keys.items()}, by=person, editor=editor)
    _tell(request, editor, done, _own(person, keys))
    return redirect('admin:desk')


def _keys(given: list[str]) -> dict[int, int | None]:
    """'12', or '12-5' with the editor whom the page showed (0: nobody)."""
    found: dict[int, int | None] = {}
    for text in given:
        key, _, was = text.partition('-')
        if (
            all(part.isascii() and part.isdigit() and len(part) < 10 for part in filter(None, (key, was)))
            and key
        ):
            found[int(key)] = int(was) if was else None
    return found


def _own(person: Person, keys: dict[int, int | None]) -> list[Skipped]:
    """Those on which whoever asks is named: they stand in no list of the desk, and here they are said."""
    mine = Submission.objects.written_by(person).filter(pk__in=keys).with_title()
    return [Skipped(one, assigning.NAMED_ON_IT) for one in mine]


def _shown(
    request: HttpRequest,
    person: Person,
    keys: dict[int, int | None],
    form: GiveForm,
    editor: Person | None = None,
) -> HttpResponse:
    rows = (
        Submission.objects.on_the_desk_of(person).with_title().with_names().select_related('editor', 'post')
    )
    found = list(rows.filter(pk__in=keys).order_by('held_since', 'pk'))
    planned = assigning.plan(found, by=person, editor=editor) if editor else Given()
    context = {
        'form': form,
        'rows': found,
        'editor': editor,
        'planned': planned,
        'away_until': absences.until(editor),
        'skipped': [*planned.skipped, *_own(person, keys)],
    }
    return page(request, 'assigning', 'Give several to an editor', context)


def _tell(request: HttpRequest, editor: Person, given: Given, own: list[Skipped]) -> None:
    count, name = len(given.done), editor.printed_name
    if count:
        hears = '' if editor == request.user else ' One letter tells them of all.'
        messages.success(
            request,
            f'{count} submission{"" if count == 1 else "s"} given to {name}.{hears} Each author hears by letter.',
        )
    else:
        messages.warning(request, f'Nothing was given to {name}.')
    for one in (*given.skipped, *own):
        messages.warning(request, f'Left as it is: “{wording.titled(one.submission)}”. {one.why}')


staff.pages += [('desk/assign/', give_several, 'give_several', refuse)]
