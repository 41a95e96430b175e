"""How the list of letters is narrowed."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from ukis import letters


class AboutFilter(admin.SimpleListFilter):
    """By what they are about: the kinds of each are offered then, for all together are too many to read."""

    title, parameter_name = 'what they are about', 'of'

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return sorted(((label, _noun(label)) for label in _with_kinds()), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        kinds = _with_kinds().get(self.value() or '')
        return queryset.filter(kind__in=list(kinds)) if kinds else queryset


class KindFilter(admin.SimpleListFilter):
    """By the kinds that there are, in words, without asking the table for each."""

    title, parameter_name = 'kind', 'kind'

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Of what was chosen, or of what the chosen kind is about; else there is nothing to choose."""
        about, chosen = request.GET.get('of', ''), request.GET.get('kind', '')
        found: dict[str, str] = {}
        for label, kinds in _with_kinds().items():
            if label == about or (not about and chosen in kinds):
                found |= kinds
        return sorted(found.items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def _with_kinds() -> dict[str, dict[str, str]]:
    """What letters are about, each with their kinds in words."""
    return {label: dict(subject.kinds) for label, subject in letters.SUBJECTS.items() if subject.kinds}


def _noun(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name_plural)
    except LookupError:
        return label.rpartition('.')[2]
