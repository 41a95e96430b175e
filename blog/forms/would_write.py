"""About what somebody would write."""

from typing import Any

from django import forms

from blog.models.topics import ENOUGH
from ukis import tags
from ukis.lines import one_line
from ukis.tags.models import Tag


class WouldWriteForm(forms.Form):
    """`answer()` is what `would_write.say` wants."""

    topic = forms.CharField(
        label='Topic',
        max_length=200,
        help_text='As it is called among the tags of the blog.',
        error_messages={'required': 'Name a topic.'},
        widget=forms.TextInput(attrs={'autocomplete': 'off'}),
    )
    words = forms.CharField(
        label='In a line, if you like',
        max_length=ENOUGH,
        required=False,
        help_text='What you know of it, or from where you would look at it.',
    )

    def clean_topic(self) -> Tag:
        """Of those that everybody knows: what waits for its first post is nobody's to find out."""
        known = tags.known([self.cleaned_data['topic']], waiting=False)
        if not known:
            raise forms.ValidationError(
                'No post has a tag of that name yet. Choose one of the tags in use, or suggest a blog instead.'
            )
        return next(iter(known.values()))

    def clean_words(self) -> str:
        return one_line(self.cleaned_data['words'])

    def answer(self) -> dict[str, Any]:
        return {'tag': self.cleaned_data['topic'], 'words': self.cleaned_data['words']}
