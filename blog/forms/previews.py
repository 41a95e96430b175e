"""A link for somebody outside."""

from collections.abc import Iterable
from typing import Any

from django import forms

from blog import previews
from blog.models import Version
from ukis import days
from ukis.lines import one_line


class PreviewLinkForm(forms.Form):
    """`answer()` is what `previews.share` wants."""

    for_whom = forms.CharField(
        label='For whom, and why',
        help_text='A note for those who see this list, as “Prof. Lee, for the figures”. Who opens the link does not '
        'see it.',
        max_length=200,
        error_messages={'required': 'Say for whom it is, so that it can be told from the others.'},
    )
    version = forms.TypedChoiceField(
        label='Which words',
        coerce=int,
        help_text='It goes on showing these when there are newer ones, and says so.',
    )
    runs = forms.TypedChoiceField(
        label='How long it works',
        coerce=int,
        choices=[(count, f'{count} days') for count in previews.RUNS],
        initial=previews.RUNS[1],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, versions: Iterable[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['version'].choices = [  # type: ignore[attr-defined]
            (one.number, f'Version {one.number}, of {days.in_words(days.london_day(one.made_at))}')
            for one in versions
        ]

    def clean_for_whom(self) -> str:
        return one_line(self.cleaned_data['for_whom'])

    def answer(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ('for_whom', 'version', 'runs')}
