"""For migrations: rows from before there was one rule get an address by it, and their former one leads there."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ukis.addresses.spelling import is_spelt, stem


def mend(
    apps: Any,
    label: str,
    paths: Mapping[str, str],
    name_of: Callable[[Any], str],
    *,
    field: str = 'slug',
    reserved: Iterable[str] = (),
) -> None:
    """Of the model `label` ('blog.Post') as it was then. `paths`: each view with its path, as '/blog/{}/'."""
    model = apps.get_model(label)
    slugs = set(model.objects.values_list(field, flat=True))
    taken = slugs | set(reserved)
    broken = [slug for slug in slugs if not is_spelt(slug)]
    for row in model.objects.filter(**{f'{field}__in': broken}).order_by('pk'):
        was = getattr(row, field)
        now = _free(apps, stem(was) or stem(name_of(row)) or row._meta.model_name, taken, paths)
        taken.add(now)
        model.objects.filter(pk=row.pk).update(**{field: now})
        if was:
            remember(apps, label, row.pk, {view: path.format(was) for view, path in paths.items()})


def _free(apps: Any, begins: str, taken: set[str], paths: Mapping[str, str]) -> str:
    old = apps.get_model('ukis.OldAddress').objects
    slug, count = begins, 1
    while slug in taken or old.filter(path__in=[path.format(slug) for path in paths.values()]).exists():
        count += 1
        slug = f'{begins}-{count}'
    return slug


def remember(apps: Any, label: str, pk: int, paths: Mapping[str, str]) -> None:
    """That these paths, by view, lead to a row of the model from now on."""
    for view, path in paths.items():
        apps.get_model('ukis.OldAddress').objects.update_or_create(
            path=path[:300],
            defaults={'view': view, 'content_type': content_type(apps, label), 'object_id': pk},
        )


def content_type(apps: Any, label: str) -> Any:
    app, name = label.lower().split('.')
    return apps.get_model('contenttypes.ContentType').objects.get_or_create(app_label=app, model=name)[0]
