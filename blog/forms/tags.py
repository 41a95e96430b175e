"""Tags as the desk asks for them: ticks for those at hand, and a line for others."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from blog.checklist import FEWEST_TAGS, TOO_FEW_TAGS
from ukis import tags


def tag_fields(offered: Iterable[str], *, chosen: Iterable[str]) -> dict[str, forms.Field]:
    """Ticks for the tags at hand, said to be in use or new, and a line for others."""
    said: dict[str, str] = {}
    for name in offered:
        said.setdefault(tags.fold(name), name)
    offered = list(said.values())
    known = tags.known(offered)
    return {
        'tags': forms.MultipleChoiceField(
            label='Tags',
            help_text='A new word becomes a tag when you confirm it, and public with the post.',
            choices=[(name, f'{name} ({_said(known.get(tags.fold(name)), name)})') for name in offered],
            initial=list(chosen),
            error_messages={'required': TOO_FEW_TAGS},
            widget=forms.CheckboxSelectMultiple,
        ),
        'more_tags': forms.CharField(
            label='Other tags', help_text='Separated by commas.', required=False, max_length=500
        ),
    }


def _said(tag: Any, name: str) -> str:
    if tag is None:
        return 'new'
    return 'in use' if tags.fold(tag.name) == tags.fold(name) else f'now “{tag.name}”'


def together(form: forms.BaseForm) -> list[str]:
    """Ticked and typed tags as one list, each once as it stands today. What is wrong is said at its field."""
    data = form.cleaned_data
    found: list[str] = []
    for field, names in (
        ('tags', data.get('tags', [])),
        ('more_tags', tags.parted(data.get('more_tags', ''))),
    ):
        try:
            found += tags.as_they_stand(names)
        except ValidationError as refused:
            form.add_error(field, refused)
    found = tags.as_they_stand(found)
    if len(found) < FEWEST_TAGS and 'tags' not in form.errors and 'more_tags' not in form.errors:
        form.add_error('tags', TOO_FEW_TAGS)
    return found
