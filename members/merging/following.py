"""Who stands for a row that was merged, where only its key was written down: in the bylines of versions."""

from collections.abc import Iterable
from typing import Any


def stands_for(model: Any, keys: Iterable[int | None]) -> dict[int, int]:
    """Of these keys those that were merged, each with the one it was merged into."""
    asked = {key for key in keys if key}
    found = model._base_manager.filter(pk__in=asked, merged_into__isnull=False) if asked else ()
    return {row.pk: row.merged_into_id for row in found}
