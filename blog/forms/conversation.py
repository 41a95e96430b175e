"""What somebody says in a conversation: the words, passages and files that go with them, and who reads it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from blog import workflow
from blog.conversation import Conversation
from blog.forms.several_files import SeveralFilesField, SeveralFilesInput
from blog.forms.unnamed import hold_back
from blog.messages import attachments
from blog.messages.attachments import IN_WORDS, MOST_BYTES, MOST_IN_A_MESSAGE, RefusedAttachment
from blog.models import Attachment, Message, QuotedPassage, Submission
from members.models import Person
from ukis.limits import HOUR, Limit
from ukis.unsaved import Keeping

_FILES = Limit('attachments', 40, HOUR)  # a person
TOO_OFTEN = 'There were many files within one hour. Wait a little, then choose them again.'
FULL = 'There is no room for more files on this submission. Send a link instead.'
MEANT = 'Press one of the buttons below: each says who will read it.'


def _text(most: int) -> forms.CharField:
    return forms.CharField(label='Your message', max_length=most, widget=forms.Textarea(attrs={'rows': 4}))


class ChosenField(forms.TypedMultipleChoiceField):
    """Things that were chosen before and wait; all of them ticked. What is gone meanwhile is no fault.

    The page sends along as `offered_…` the keys of what it showed to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, coerce=int, **more)

    def clean(self, value: Any) -> list[int]:
        there = {str(key) for key, _ in cast('list[tuple[int, str]]', self.choices)}
        return [int(one) for one in value or () if one in there]

    def came_since(self, data: MultiValueDict[str, str], name: str) -> list[int]:
        """What was chosen after `data` was typed: nobody left it out."""
        offered = data.getlist(f'offered_{name}')
        return [key for key, _ in cast('list[tuple[int, str]]', self.choices) if str(key) not in offered]


class MessageForm(forms.Form):
    """`offered_…` are the keys of what the page showed to be ticked: what of it is not ticked is let go."""

    KEPT_AS = 'Message to the editors'  # while it is typed
    keeping: Keeping

    text = _text(5000)
    quoting = ChosenField(label='Passages that it quotes')
    enclosing = ChosenField(label='Files that go with it')
    upload = SeveralFilesField(
        label='Attach files',
        required=False,
        allow_empty_file=True,
        help_text=(
            f'Up to {MOST_IN_A_MESSAGE} of at most {MOST_BYTES // 1_000_000} MB: {IN_WORDS}. Should the message come '
            'back to you they are kept; only if you have to sign in first, choose them again.'
        ),
        widget=SeveralFilesInput(attrs={'accept': ','.join(f'.{kind}' for kind in attachments.KINDS)}),
    )
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *given: Any, by: Person, submission: Submission, talk: Conversation | None = None, **more: Any
    ) -> None:
        """`talk` where the page has read it already."""
        super().__init__(*given, **more)
        self.by, self.submission = by, submission
        if talk is None:
            self.quotes = list(QuotedPassage.objects.waiting_for(by, submission))
            self.waiting = list(Attachment.objects.waiting_for(by, submission).defer('content'))
        else:
            self.quotes, self.waiting = [one.passage for one in talk.waiting], talk.waiting_files
        self._offer()

    def _offer(self) -> None:
        self._tick('quoting', shortened(self.quotes))
        self._tick('enclosing', [(one.pk, f'{one.name}, {_size(one.size)}') for one in self.waiting])

    def _tick(self, name: str, choices: Sequence[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, ChosenField)
        field.choices, field.initial = choices, [key for key, _ in choices]

    def take_files(self) -> None:
        """Keeps the files that came, whatever else is wrong with the form: ticked when it comes back."""
        for upload in self.cleaned_data.get('upload') or []:
            if (sentence := self._taken(upload)) is not None:
                self.add_error('upload', sentence)

    def _taken(self, upload: Any) -> str | None:
        if not _FILES.take(self.by.pk):
            return TOO_OFTEN
        try:
            content = upload.read(MOST_BYTES + 1)
            name = attachments.check(upload.name or '', content)
        except RefusedAttachment as refusal:
            return str(refusal)
        if not attachments.room_for(self.submission, len(content)):
            return FULL
        file = attachments.keep(self.submission, self.by, name, content)
        self.waiting.append(file)
        self._offer()
        data = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        data.appendlist('enclosing', str(file.pk))
        self.data = data
        self.cleaned_data.setdefault('enclosing', []).append(file.pk)
        return None

    def say(self) -> Message:
        """Raises what the verb raises."""
        data = self.cleaned_data
        said = workflow.say(
            self.submission,
            by=self.by,
            text=data['text'],
            audience=data.get('audience') or Message.Audience.AUTHORS,
            answers=data['answers'],
            quoting=data['quoting'],
            enclosing=data['enclosing'],
        )
        workflow.let_go(
            self.submission,
            by=self.by,
            quoted=self._unticked('quoting'),
            enclosed=self._unticked('enclosing'),
        )
        if data['seen']:
            workflow.mark_read(self.submission, by=self.by, up_to=data['seen'])
        return said

    def _unticked(self, name: str) -> list[int]:
        offered = self.data.getlist(f'offered_{name}') if isinstance(self.data, QueryDict) else []
        ticked = self.cleaned_data[name]
        return [
            int(one)
            for one in offered
            if one.isascii() and one.isdigit() and len(one) < 12 and int(one) not in ticked
        ]


class DeskMessageForm(MessageForm):
    """On the desk each of two buttons says who reads it: none is chosen beforehand."""

    KEPT_AS = 'Message'

    text = _text(10_000)
    audience = forms.ChoiceField(
        choices=Message.Audience, error_messages=dict.fromkeys(('required', 'invalid_choice'), MEANT)
    )

    def name_no_reader(self) -> None:
        """Once its files are taken: what goes to the author names nobody whom the author is not to know."""
        data = self.cleaned_data
        if data.get('audience') == Message.Audience.AUTHORS and data.get('text'):
            files = Attachment.objects.waiting_for(self.by, self.submission).filter(
                pk__in=data.get('enclosing', ())
            )
            hold_back(self, 'text', self.submission, by=self.by, text=data['text'], files=files)


class PassageForm(forms.Form):
    """`start` comes from a page that saw where the words begin."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    part = forms.ChoiceField(choices=QuotedPassage.Part, widget=forms.HiddenInput)
    block = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, max_value=10_000_000, required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs={'rows': 3}))


def shortened(passages: Sequence[QuotedPassage]) -> list[tuple[int, str]]:
    """To be ticked."""
    return [(one.pk, f'“{_short(one.words)}”') for one in passages]


def _short(words: str) -> str:
    return (
        words if len(words) <= 160 else f'{words[:120].rsplit(" ", 1)[0]} … {words[-30:].split(" ", 1)[-1]}'
    )


def _size(size: int) -> str:
    return f'{size / 1_000_000:.1f} MB' if size >= 1_000_000 else f'{max(1, round(size / 1000))} KB'
