"""What a picture is shown for, in words. Filled by the apps, whose rows show it."""

from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Subquery

# ('Photo', 'members.person', 'photo', 'name'): which column leads to a picture, and what tells of the row.
uses: list[tuple[str, str, str, str]] = []


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
