"""Which file of posts an Administrator takes in."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from blog.importing import by_staff

MEGABYTES = by_staff.MOST_BYTES // 1_000_000
MISSING = 'Choose the file.'
UNKNOWN = 'No zone is called so. Write it like Europe/London.'


class PostsFileForm(forms.Form):
    file = forms.FileField(
        label='The file',
        help_text=f'An export of WordPress, an RSS or Atom feed, or one saved page; packed with gzip too. Up to '
        f'{MEGABYTES} MB. Nothing is written before you have looked at it.',
        widget=forms.FileInput(attrs={'accept': '.xml,.gz,.rss,.atom,.html,.htm'}),
        error_messages=dict.fromkeys(('required', 'missing', 'invalid'), MISSING)
        | {'empty': 'The file is empty.'},
    )
    zone = forms.CharField(
        label='The zone of dates that say none',
        max_length=60,
        initial='Europe/London',
        help_text='Like Europe/London.',
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data['file']
        if (file.size or 0) > by_staff.MOST_BYTES:
            raise forms.ValidationError(
                f'The file is larger than {MEGABYTES} MB. Pack it with gzip, or have it brought in by the command.'
            )
        return file

    def clean_zone(self) -> str:
        zone = self.cleaned_data['zone']
        if zone not in available_timezones():
            raise forms.ValidationError(UNKNOWN)
        return zone
