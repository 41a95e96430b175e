"""An idea for a blog, in a few words."""

from typing import Any

from django import forms

from blog import workflow
from blog.forms.submissions import long_text
from blog.models import Series
from ukis.lines import one_line
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

    series = forms.ModelChoiceField(
        Series.objects.none(),
        label='For a series?',
        required=False,
        empty_label='No, by itself',
        help_text='Whoever looks after the series reads your idea too.',
        error_messages={'invalid_choice': 'This series takes no more ideas. Choose another, or none.'},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = Series.objects.that_take_ideas()
        self.fields['series'].queryset = open_ones  # type: ignore[attr-defined]
        if not self.is_bound and not open_ones.exists():
            del self.fields['series']

    def clean_title(self) -> str:
        return one_line(self.cleaned_data['title'])

    def clean_note(self) -> str:
        note = self.cleaned_data['note']
        if refusal := workflow.why_not_so_long(note):
            raise forms.ValidationError(refusal)
        return note

    def answer(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ('title', 'note', 'tags', 'series')}
