"""What an editor sends to the author is held back once where it names a second reader who is not to be named."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from blog.messages import unnamed
from blog.models import Attachment, Submission
from members.models import Person

KNOWINGLY = 'knowingly'


def hold_back_notes(form: Any, given: Mapping[str, Any]) -> None:
    """Of a move: what its author reads, and what stands under the post."""
    for name in ('note', 'reason', 'correction'):
        if given.get(name) and not form.move.among_editors:
            hold_back(form, name, form.submission, by=form.by, text=given[name])


def hold_back(
    form: Any, field: str, submission: Submission, *, by: Person, text: str, files: Iterable[Attachment] = ()
) -> None:
    """A sentence at the field, and a box to be ticked by whoever means another of that name, or a title by them."""
    authors = [row.person for row in submission.authorships.select_related('person')]
    names = unnamed.names_kept(submission, but=[by, submission.editor, *authors])
    if not names:
        return
    if found := unnamed.in_words(names, text):
        where = 'The text'
    else:
        where, found = next(
            (
                (f'“{one.name}”, in its name, its properties or its comments,', name)
                for one in files
                if (name := unnamed.in_file(names, one.name, bytes(one.content)))
            ),
            ('', ''),
        )
    if not found:
        return
    form.fields[KNOWINGLY] = forms.BooleanField(
        label=f'Let it stand: it does not tell that {found} is a second reader', required=False
    )
    if not form.data.get(KNOWINGLY):
        form.add_error(
            field,
            f'{where} names {found}, who has not said that the author may learn who read it. Take the name out, or '
            'write it to the editors only, in the conversation.',
        )
