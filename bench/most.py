"""Where pages are largest."""

from typing import Any

from django.db import models


def most(model: type[models.Model], column: str) -> Any:
    """Whom most rows point at."""
    pointing = model._default_manager.order_by().exclude(**{column: None}).values(column)
    return pointing.annotate(n=models.Count('pk')).order_by('-n', column)[0][column]
