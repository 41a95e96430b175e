"""The form of a letter's page: its words, and the buttons that send them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ukis import letters
from ukis.letters.models import LINK, NOTE, Letter

UNSENT = letters.FROM['edit']
WORDS = ('note', 'subject', 'body')


@dataclass(frozen=True)
class Button:
    """A button of the letter's page. All of them send the one form, and keep what was typed into it."""

    name: str
    label: str
    label_with_words: str
    done: str
    verb: Callable[..., Any]


BUTTONS = {
    button.name: button
    for button in (
        Button('hold', 'Hold', 'Save and hold', 'The letter is held until somebody sends it.', letters.hold),
        Button('release', 'Send now', 'Save and send now', 'The letter goes out now.', letters.release),
        Button('retry', 'Try again', 'Try again', 'The letter is tried again.', letters.retry),
    )
}
RECALL = 'recall'


class LetterForm(forms.ModelForm):
    # What the letter's page said of it: whoever sent a letter that another held meanwhile is shown so.
    stands = forms.CharField(required=False, widget=forms.HiddenInput, label='What becomes of it')

    class Meta:
        model = Letter
        fields = WORDS
        widgets = {
            'note': forms.Textarea(attrs={'rows': 8, 'class': 'vLargeTextField'}),
            'subject': forms.TextInput(attrs={'class': 'vTextField'}),
            'body': forms.Textarea(attrs={'rows': 14, 'class': 'vLargeTextField'}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['stands'].initial = str(self.instance.get_state_display())
        self.standing = Letter.objects.get(pk=self.instance.pk)
        if self.asks == RECALL:
            for name in WORDS:
                if name in self.fields:
                    self.fields[name].required = False
        for place, is_there in ((NOTE, self.standing.note), (LINK, self.standing.link)):
            if is_there and 'body' in self.fields:
                self.fields['body'].help_text += f'Keep {place} where it stands. '

    def clean(self) -> dict[str, Any]:
        """The row is locked by now: what is allowed here stays so until it is done."""
        words, letter = super().clean() or {}, self.standing
        if why := letters.why_not(letter, self.asks):
            raise ValidationError(why)
        if self.asks in ('edit', 'hold', 'release') and not self.errors:
            typed = words_of(self)
            letters.check_words(letter, **typed)
            if _is_other(typed['note'], letter.note) and (why := letters.why_no_other_note(letter)):
                self.add_error('note', why)
        return words

    @property
    def asks(self) -> str:
        """The verb of the button that was pressed: that of the form itself by default."""
        asked = self.data.get('move', '')
        return asked if asked in BUTTONS or asked == RECALL else 'edit'


def _is_other(text: str, than: str) -> bool:
    return text.split() != than.split()


def words_of(form: LetterForm) -> dict[str, str]:
    """What was typed, and what stands where nothing can be typed."""
    return {name: form.cleaned_data.get(name, getattr(form.standing, name)) for name in WORDS}


def is_whole(form: LetterForm) -> bool:
    """Whether the words as typed could be kept: a letter that is recalled is recalled in any case."""
    words = words_of(form)
    try:
        letters.check_words(form.standing, **words)
    except ValidationError:
        return False
    return not (_is_other(words['note'], form.standing.note) and letters.why_no_other_note(form.standing))
