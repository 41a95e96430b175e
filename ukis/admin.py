"""Where Django looks for the admin: each page stands in its own room."""

from ukis.addresses import admin as addresses
from ukis.clock import admin as clock
from ukis.letters import admin as letters
from ukis.pictures import admin as pictures
from ukis.search import admin as search
from ukis.society import admin as society
from ukis.tags import admin as tags

__all__ = ['addresses', 'clock', 'letters', 'pictures', 'search', 'society', 'tags']
