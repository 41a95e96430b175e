"""What both apps stand on. Nothing here names an app: rows that point at a person do so by AUTH_USER_MODEL."""

from ukis.models.addresses import OldAddress
from ukis.models.clock import ClockRun
from ukis.models.letters import Letter, PrivateLink, SuppressedAddress, hashed
from ukis.models.pictures import Picture
from ukis.models.society import Page, Society
from ukis.models.tags import Tag, TaggedItem

__all__ = [
    'ClockRun',
    'Letter',
    'OldAddress',
    'Page',
    'Picture',
    'PrivateLink',
    'Society',
    'SuppressedAddress',
    'Tag',
    'TaggedItem',
    'hashed',
]
