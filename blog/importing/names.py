"""Whose names stood under a text, as people and organisations of ours: matched, or made without an account."""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field

from blog.importing.folder import PictureFolder
from blog.importing.records import FormerName
from blog.models import Byline, PrintedName
from members.models import Organisation, Person
from ukis import addresses
from ukis.lines import one_line

# Of a person, what our own export says where everybody sees it.
_SEEN = ('slug', 'title', 'name', 'given_names', 'family_name', 'biography', 'orcid', 'website', 'nation')
_PLAIN = ('name', 'citation_name', 'role', 'affiliation', 'biography')


def _named_in(row: Mapping[str, Any]) -> FormerName:
    return FormerName(str(row['person']), login=str(row.get('login', '')))


class KnownNames:
    """`matched` and `made` are told, each with its why. A dry run makes nobody."""

    def __init__(self, folder: PictureFolder | None = None, *, dry: bool = False) -> None:
        self.folder, self.dry = folder or PictureFolder(dry=dry), dry
        self.found: dict[tuple[str, str, str], Person | Organisation | None] = {}
        self.matched: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self.people: dict[str, Person] = {}  # by login there

    def printed(self, names: list[FormerName]) -> list[PrintedName]:
        printed: dict[str, PrintedName] = {}
        for name in names:
            who = self._who(name)
            if isinstance(who, Organisation):
                one = PrintedName(name=name.name[:300], organisation=who.pk)
            elif who is not None:
                one = PrintedName(name=who.printed_name, person=who.pk or None, biography=who.biography)
                self.people[name.login] = who
            else:
                continue
            printed.setdefault(f'{one.person} {one.organisation} {one.name}', one)
        return list(printed.values())

    def as_written(self, rows: list[Mapping[str, Any]], people: Mapping[str, Any]) -> list[PrintedName]:
        """Of our own export: the printed words stay as they were, whoever they lead to today. `people`: by their
        addresses there, what everybody saw of them."""
        printed = []
        for row in rows:
            plain: dict[str, Any] = {name: str(row.get(name, '')) for name in _PLAIN}
            person = self._who(_named_in(row), people) if row.get('person') else None
            picture = self.folder.picture(str(row['picture'])) if row.get('picture') else None
            place = self._place(row.get('organisation'))
            printed.append(
                PrintedName(
                    **plain,
                    person=person.pk if isinstance(person, Person) else None,
                    organisation=place.pk if place else None,
                    picture=picture.pk if picture else None,
                )
            )
        return printed

    def forget(self) -> None:
        """What was found in a transaction that failed is not there."""
        self.found.clear()

    def _who(
        self, name: FormerName, people: Mapping[str, Any] = MappingProxyType({})
    ) -> Person | Organisation | None:
        said = people.get(name.login)
        key = (name.name.casefold(), name.email, name.login if said else '')
        if key not in self.found:
            self.found[key] = self._person_of(name, said, people) if said else self._look(name)
        return self.found[key]

    def _person_of(self, name: FormerName, said: Mapping[str, Any], people: Mapping[str, Any]) -> Person:
        """Whoever stands here at the same address and is called so; of others of that name none who is somebody else
        there."""
        called = one_line(str(said.get('name') or name.name))[:200]
        rows = Person.objects.standing().filter(name__iexact=called)
        found = (
            rows.filter(slug=name.login).first() or rows.exclude(slug__in=list(people)).order_by('pk').first()
        )
        if found is None:
            return self._make(name.name[:200], said)
        if name.name not in self.made:
            self.matched[name.name] = f'{found.printed_name}, by name'
        return found

    def _look(self, name: FormerName) -> Person | Organisation | None:
        called = one_line(name.name)[:200]
        if not called:
            return None
        if name.email and (person := Person.objects.standing().filter(email=name.email).first()):
            self.matched[called] = f'{person.printed_name}, by the address {name.email}'
            return person
        if place := Organisation.objects.called(called):
            self.matched[called] = f'the organisation {place.name}'
            return place
        person = self._of_name(called)
        if person is None:
            person = self._make(called)
        return person

    def _of_name(self, called: str) -> Person | None:
        wanted = Person(name=called)
        wanted.part_name()
        found = list(Person.objects.standing().filter(name__iexact=wanted.name).order_by('pk')[:20])
        if len(found) > 1:
            printed = set(Byline.objects.filter(person__in=found).values_list('person', flat=True))
            found = [one for one in found if one.pk in printed and not one.email][:1]
        if found and called not in self.made:
            self.matched[called] = f'{found[0].printed_name}, by name'
        return found[0] if found else None

    def _make(self, called: str, said: Mapping[str, Any] | None = None) -> Person:
        person = Person(name=called)
        if said:
            self._as_seen_there(person, said)
        person.part_name()
        person.set_unusable_password()
        if not self.dry:
            person.save()
        self.made[called] = person.printed_name
        return person

    def _as_seen_there(self, person: Person, said: Mapping[str, Any]) -> None:
        """As far as it fits: a value that a form would refuse stays away."""
        for name in _SEEN:
            with suppress(ValidationError):
                column = cast(Field, person._meta.get_field(name))
                setattr(person, name, column.clean(said.get(name, ''), person))
        if person.slug and not addresses.is_free(person, person.slug):
            person.slug = ''
        if said.get('photo'):
            person.photo = self.folder.picture(str(said['photo']))

    def _place(self, written: Any) -> Organisation | None:
        """The organisation that a byline of our own export leads to; made anew where there is none. The directory shows
        members, and so not this one."""
        if not isinstance(written, dict) or not written.get('name'):
            return None
        name, slug = str(written['name'])[:200], str(written.get('slug', ''))
        place = Organisation.objects.filter(name=name).first()
        if place is None and slug:
            place = Organisation.objects.filter(slug=slug).first()
        if place is None and not self.dry:
            columns = {one.name for one in Organisation._meta.concrete_fields} & {
                'name',
                'short_name',
                'website',
            }
            place = Organisation(**{key: str(written.get(key, '')) for key in columns}, slug=slug)
            place.save()
            self.made[name] = f'{name}, an organisation'
        return place
