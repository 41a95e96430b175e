"""What a picture is shown for, in words. Filled by the apps, whose rows show it."""

from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Q, Subquery

# ('Photo', 'members.person', 'photo', 'name'): which column leads to a picture, and what tells of the row.
uses: list[tuple[str, str, str, str]] = []
# ('ukis.page', ('body',)): words into which pictures are put, of rows so few that they are looked through.
words: list[tuple[str, tuple[str, ...]]] = []


def with_uses(pictures: Any) -> Any:
    texts = {}
    for number, (_, model, column, text) in enumerate(uses):
        rows = apps.get_model(model)._base_manager.filter(**{column: OuterRef('pk')})
        texts[f'use_{number}'] = Subquery(rows.order_by('-pk').values(text)[:1])
    return pictures.annotate(**texts)


def in_words(picture: Any) -> str:
    """'Photo: Ada Author'; empty for one that nothing shows, or only words into which it was put."""
    said = ((use[0], getattr(picture, f'use_{number}')) for number, use in enumerate(uses))
    return '; '.join(f'{words}: {text}' for words, text in said if text)


def in_texts(picture: Any) -> list[Any]:
    """The rows in whose words it stands, be they on the site or only in a version of some time."""
    found: list[Any] = []
    for model, columns in words:
        told = [Q(**{f'{column}__contains': picture.hash}) for column in columns]
        found.extend(apps.get_model(model)._base_manager.filter(Q(*told, _connector=Q.OR)).distinct())
    return found
