"""Atom and RSS as readers understand them: what is text and what is markup differs between the two."""

import re
from datetime import datetime
from typing import Any

from django.utils import feedgenerator
from django.utils.html import escape

_CONTROL = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]')


def printable(value: Any) -> Any:
    """Without the characters that XML cannot hold, which a paste may bring."""
    match value:
        case str():
            return _CONTROL.sub('', value)
        case list():
            return [printable(one) for one in value]
        case dict():
            return {key: printable(one) for key, one in value.items()}
    return value


class Atom(feedgenerator.Atom1Feed):
    """With each author as an element, and the whole text beside the summary, which is no markup and says so.

    An entry is in the language of its words; its text says itself which of it they are.
    """

    def latest_post_date(self) -> datetime:
        return self.feed['updated']

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), 'xml:lang': item['language']}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement('summary', item['summary'], {'type': 'text'})
        for author in item['authors']:
            handler.startElement('author', {})
            handler.addQuickElement('name', author['name'])
            if author['url']:
                handler.addQuickElement('uri', author['url'])
            handler.endElement('author')
        handler.startElement('content', {'type': 'html', 'xml:lang': 'en-GB'})
        handler.characters(item['content'])
        handler.endElement('content')


class Rss(feedgenerator.Rss201rev2Feed):
    """Whose description is markup, so that words in it are escaped once more than XML asks."""

    def latest_post_date(self) -> datetime:
        return self.feed['updated']

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
            'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, 'description': escape(item['summary'])})
        handler.addQuickElement('dc:language', item['language'])
        for author in item['authors']:
            handler.addQuickElement('dc:creator', author['name'])
        handler.addQuickElement('content:encoded', item['content'])
