"""The field in which members and staff write: an editor for what `markup` keeps, else a plain textarea."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django_prose_editor.widgets import ProseEditorWidget, importmap, prose_editor_js, prose_editor_media
from js_asset import Media, Script

from ukis import markup

# Each is loaded by itself under its hashed name, so none imports another.
_MODULES = ('area.js', 'dialogs.js', 'keys.js', 'notes.js', 'paste.js', 'pictures.js', 'plain.js')
# Of the package's style only the icons: its other sheets do not pass the HTML checker, and ours is whole.
_BASE = Media(
    importmap=importmap,
    css={'all': ['django_prose_editor/material-icons.css', 'css/editor.css']},
    # Ours are asked for by the package, once it runs: named here as well they are there by then.
    js=[prose_editor_js, *(Script(f'js/editor/{name}', type='module') for name in _MODULES)],
)


def _extensions() -> dict[str, Any]:
    return {
        'Heading': {'levels': [2, 3, 4]},
        **dict.fromkeys(
            ('Bold', 'Italic', 'Subscript', 'Superscript', 'Code', 'CodeBlock', 'HardBreak'), True
        ),
        **dict.fromkeys(('BulletList', 'ListItem', 'Blockquote', 'HorizontalRule'), True),
        'OrderedList': {'enableListAttributes': False},
        'Link': {'enableTarget': False, 'autolink': False},
        **dict.fromkeys(('Table', 'TableRow', 'TableHeader', 'TableCell', 'Image', 'Caption'), True),
        'Figure': {'uploadUrl': reverse('upload_picture')},
        **dict.fromkeys(('Area', 'Keys', 'NoteAnchors'), True),
        'Pasting': {'url': reverse('paste'), **markup.for_the_browser()},
        'NoSpellCheck': False,
        'Menu': {
            # Without the package's drop-downs, which cannot be reached by keyboard.
            'groups': [
                {'group': 'blockType -lists'},
                {'group': 'lists'},
                {'group': 'nodes -blockType -lists'},
                {'group': 'marks'},
                {'group': 'link'},
                {'group': 'table'},
                {'group': 'history'},
            ]
        },
    }


class ProseWidget(ProseEditorWidget):
    """For forms of the site. A page that shows it needs `{% csp_nonce_attr form.media %}`.

    The textarea beneath stays in step and fires `input` at every change.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, guide: bool = True) -> None:
        self.guide = guide
        super().__init__(attrs={'rows': 24, **(attrs or {})}, preset='configurable')

    @property
    def media(self) -> Media:
        return prose_editor_media(base=_BASE, preset=self.preset)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Without scripts there stand beside it how to write by hand, and the words as a reader will see them."""
        words = ''
        with suppress(ValueError):  # too long: it is said above the field
            words = markup.render(markup.clean(value or ''), from_level=3, part=f'read-{name}')
        language = self.attrs.get('lang', markup.OF_PAGES)
        shown = {'words': words, 'guide': self.guide, 'language': language}
        by_hand = render_to_string('_by_hand.html', shown)
        return super().render(name, value, attrs, renderer) + by_hand

    def get_config(self) -> dict[str, Any]:
        self.config = {'extensions': _extensions()}
        return super().get_config() | {'js_modules': [static(f'js/editor/{name}') for name in _MODULES]}


class ProseField(forms.CharField):
    """Cleans what it is given. After validation `told` says what was left out and what was changed."""

    widget = ProseWidget
    told: markup.Told

    def __init__(self, **options: Any) -> None:
        super().__init__(**{'strip': False, **options})
        self.told = markup.Told()

    def clean(self, value: str | None) -> str:
        try:
            cleaned, self.told = markup.cleaned(value or '')
        except ValueError as refusal:
            raise ValidationError(str(refusal), code='too_long') from refusal
        return super().clean(cleaned)

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        try:
            return super().has_changed(markup.clean(initial or ''), markup.clean(data or ''))
        except ValueError:
            return True
