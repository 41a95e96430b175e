"""What the file still holds of which its author may think that it is gone."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from ukis.documents.found import Found
from ukis.documents.package import Package

_CHANGES = ('w:ins', 'w:del', 'w:moveFrom', 'w:moveTo')


def held(package: Package, found: Found) -> dict[str, Any]:
    """{deletions, deleted_words, comments: {name: number}, hidden, names, files}"""
    comments: Counter[str] = Counter()
    names: list[str] = []
    for part in package.beside('comments'):
        comments.update(_author(one) for one in package.children(part) if one.tag == 'w:comment')
    main = package.tree(package.main)
    names += [_author(one) for one in (main.iter() if main is not None else ()) if one.tag in _CHANGES]
    names += _properties(package)
    return {
        'deletions': found.counts['deletion'],
        'deleted_words': sum(len(words.split()) for words in found.words.get('deletion', [])),
        'comments': dict(comments),
        'hidden': found.counts['hidden'],
        'names': sorted({name for name in [*names, *comments] if name}),
        'files': sum('/embeddings/' in name for name in package.names),
    }


def _author(one: Element) -> str:
    return ' '.join(one.get('w:author', '').split())[:100]


def _properties(package: Package) -> list[str]:
    found = []
    for relation in package.relations('').values():
        if relation.kind in ('core-properties', 'extended-properties') and not relation.is_outside:
            wanted = ('dc:creator', 'cp:lastModifiedBy', 'ep:Company', 'ep:Manager')
            found += [one.text or '' for one in package.children(relation.target) if one.tag in wanted]
    return [' '.join(name.split())[:100] for name in found]
