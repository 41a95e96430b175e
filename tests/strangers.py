"""People and a submission that nobody on the stage has to do with, and the keys under which they stand."""

from dataclasses import dataclass

from blog.models import LastRead, Submission
from members.models import Affiliation, Person
from tests.conftest import make_organisation, make_person, make_seat, make_submission


@dataclass
class Strangers:
    submission: Submission
    writer: Person
    affiliation: Affiliation

    @property
    def keys(self) -> list[str]:
        """Of a submission, a version, a name in a byline, a person, an affiliation: each a row that exists."""
        submission, names = self.submission, self.submission.authorships.order_by('pk')
        rows = (submission, submission.current, names.last(), self.writer, self.affiliation)
        return list(dict.fromkeys(str(row.pk) for row in rows))

    def as_they_stand(self) -> list:
        """Every row of theirs, and of what hangs on the submission."""
        hanging = [
            relation.related_model.objects.filter(**{relation.field.name: self.submission})
            for relation in Submission._meta.related_objects
            # An editor may open it, and the page remembers for them what they have read.
            if not relation.many_to_many and relation.related_model is not LastRead
        ]
        own = [
            Submission.objects.filter(pk=self.submission.pk),
            Person.objects.filter(pk=self.writer.pk),
            Affiliation.objects.filter(person=self.writer),
        ]
        return [list(rows.order_by('pk').values_list()) for rows in (*own, *hanging)]


def make_strangers() -> Strangers:
    writer, editor = make_person('Una Unknown'), make_person('Vic Unknown', group='Editor')
    make_seat(writer, make_organisation('Far away'))
    submission = make_submission(writer, 'in_review', editor=editor, coauthors=(make_person('Wim Unknown'),))
    return Strangers(submission, writer, writer.affiliations.get())
