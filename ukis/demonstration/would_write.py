"""Who said that they would write about what, some weeks ago."""

from datetime import timedelta

from django.utils import timezone

from blog.desk import would_write
from blog.models import WouldWrite
from ukis import tags
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import on_day

# Name, topic, their line, and how many days ago.
SAID = (
    ('Hywel Bebb', 'Schools', 'Two years of a reading programme in small schools of one valley.', 40),
    ('Hywel Bebb', 'Languages', 'What changes when a programme is taught in Welsh.', 40),
    ('Sunniva Halcro', 'Rural services', 'A community team, three ferries and one rota.', 25),
    ('Siobhán Ní Chatháin', 'Readiness', '', 60),
    ('Ranjit Kaur Bains', 'Justice', 'Social work in and out of a prison, with the same family.', 12),
    ('Vikram Sethuraman', 'Data linkage', 'What linked records cannot say about practice.', 90),
    ('Lucy Hargreaves-Dunn', 'Maternity and early years', 'Continuity of carer, five years on.', 18),
    ('Elspeth Dalgarno', 'Theories and frameworks', 'Which of them anybody still uses on a Tuesday.', 33),
    ('Nasreen Choudhury', 'Equity', '', 7),
    ('Jakub Novotný', 'De-implementation', 'Stopping a service that everybody liked.', 51),
)


def stage_would_write(stage: Stage) -> None:
    stage.say('Members who would write')
    people = {person.name: person for person in stage.people.values()}
    for name, topic, words, days_ago in SAID:
        person, [tag] = people[name], tags.find_or_make([topic])
        if not WouldWrite.objects.filter(person=person, tag=tag).exists():
            with on_day(timezone.now() - timedelta(days=days_ago)):
                would_write.say(tag, by=person, words=words)
