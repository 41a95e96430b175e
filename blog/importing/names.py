"""Whose names stood under a text, as people and organisations of ours: matched, or made without an account."""

from collections.abc import Mapping
from typing import Any

from blog.importing.records import FormerName
from blog.models import Byline, PrintedName
from members.models import Organisation, Person
from ukis.lines import one_line

_PLAIN = ('name', 'citation_name', 'role', 'affiliation', 'biography')


class KnownNames:
    """`matched` and `made` are told, each with its why. A dry run makes nobody."""

    def __init__(self, *, dry: bool = False) -> None:
        self.dry = dry
        self.found: dict[tuple[str, str], Person | Organisation | None] = {}
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

    def as_written(self, rows: list[Mapping[str, Any]]) -> list[PrintedName]:
        """Of our own export: the printed words stay as they were, whoever they lead to today."""
        printed = []
        for row in rows:
            plain: dict[str, Any] = {name: str(row.get(name, '')) for name in _PLAIN}
            person = self._who(FormerName(str(row['person']))) if row.get('person') else None
            place = self._place(row.get('organisation'))
            printed.append(
                PrintedName(
                    **plain,
                    person=person.pk if isinstance(person, Person) else None,
                    organisation=place.pk if place else None,
                )
            )
        return printed

    def _who(self, name: FormerName) -> Person | Organisation | None:
        key = (name.name.casefold(), name.email)
        if key not in self.found:
            self.found[key] = self._look(name)
        return self.found[key]

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

    def _make(self, called: str) -> Person:
        person = Person(name=called)
        person.part_name()
        person.set_unusable_password()
        if not self.dry:
            person.save()
        self.made[called] = person.printed_name
        return person

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
