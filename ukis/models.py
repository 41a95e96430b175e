"""Where Django looks for models: each stands in its own room."""

from ukis.addresses.models import ClosedAddress, OldAddress
from ukis.clock.models import ClockRun, Heartbeat
from ukis.letters.models import Bounce, Consent, Letter, PrivateLink, SuppressedAddress
from ukis.letters.texts.models import FailedText, Foreseen, LetterText, MailPause
from ukis.pagecache.models import Change, Generation
from ukis.pictures.models import Picture
from ukis.search.models import Document, SearchState, Synonyms, ToWriteAnew, Word
from ukis.society.accessibility import AccessibilityStatement, KnownProblem, StatementReview
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
from ukis.society.versions import PageVersion
from ukis.tags.models import Tag, TaggedItem
from ukis.unsaved.models import Buffer

__all__ = [
    'AccessibilityStatement',
    'Bounce',
    'Buffer',
    'Change',
    'ClockRun',
    'ClosedAddress',
    'Consent',
    'Document',
    'FailedText',
    'Foreseen',
    'Generation',
    'Heartbeat',
    'KnownProblem',
    'Letter',
    'LetterText',
    'MailPause',
    'Notice',
    'OldAddress',
    'Page',
    'PageVersion',
    'Picture',
    'PrivateLink',
    'SearchState',
    'Society',
    'StatementReview',
    'SuppressedAddress',
    'Synonyms',
    'Tag',
    'TaggedItem',
    'ToWriteAnew',
    'Word',
]
