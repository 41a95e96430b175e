"""An idea for a blog, in a few words."""

from typing import Any

from django import forms

from blog import workflow
from blog.forms.submissions import long_text
from ukis.tags import TagNamesField

MOST_TAGS = 6


class PitchForm(forms.Form):
    """`answer()` is what `workflow.pitch` wants."""

    title = forms.CharField(
        label='Working title',
        help_text='It can change later.',
        max_length=200,
        error_messages={'required': 'Give it a working title.'},
    )
    note = long_text(
        'Your idea',
        help_text=(
            f'{workflow.FEWEST_WORDS} to {workflow.MOST_WORDS} words: what you would say, to whom it is of use, and '
            'what you know it from. The editors read it, and nobody else.'
        ),
        rows=8,
        most=3000,
    )

    tags = TagNamesField(
        label='Tags, if you know any',
        most=MOST_TAGS,
        required=False,
        max_length=700,
        help_text='With commas between them. The editors see by them which topic it would add to.',
    )

    def clean_title(self) -> str:
        return ' '.join(self.cleaned_data['title'].split())

    def clean_note(self) -> str:
        note = self.cleaned_data['note']
        if refusal := workflow.why_not_so_long(note):
            raise forms.ValidationError(refusal)
        return note

    def answer(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ('title', 'note', 'tags')}
