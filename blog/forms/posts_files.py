"""Which file of posts an Administrator takes in."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from blog.forms.several_files import SeveralFilesField, SeveralFilesInput
from blog.importing import by_staff

MEGABYTES = by_staff.MOST_BYTES // 1_000_000
MOST = 100
MISSING = 'Choose a file.'
UNKNOWN = 'No zone is called so. Write it like Europe/London.'


class PostsFileForm(forms.Form):
    file = SeveralFilesField(
        label='The files',
        help_text='Exports of WordPress, RSS or Atom feeds, saved pages; packed with gzip too. With them, if you '
        'have them: a zip file of the old site’s pictures, and a table (CSV) of old addresses and the slugs they mean. '
        f'Up to {MEGABYTES} MB together. Nothing is written before you have looked at it.',
        widget=SeveralFilesInput(attrs={'accept': '.xml,.gz,.rss,.atom,.html,.htm,.zip,.csv'}),
        error_messages=dict.fromkeys(('required', 'missing', 'invalid'), MISSING)
        | {'empty': 'The file is empty.'},
    )
    zone = forms.CharField(
        label='The zone of dates that say none',
        max_length=60,
        initial='Europe/London',
        help_text='Like Europe/London.',
    )

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data['file']
        if sum(file.size or 0 for file in files) > by_staff.MOST_BYTES:
            raise forms.ValidationError(
                f'Together they are larger than {MEGABYTES} MB. Pack them with gzip or as a zip file, or have them '
                'brought in by the command.'
            )
        if len(files) > MOST:
            raise forms.ValidationError(f'They are more than {MOST} files. Pack them as one zip file.')
        return files

    def clean_zone(self) -> str:
        zone = self.cleaned_data['zone']
        if zone not in available_timezones():
            raise forms.ValidationError(UNKNOWN)
        return zone
