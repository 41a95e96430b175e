"""How often the posts were read, by invented readers from invented sites."""

import random
from collections import Counter
from datetime import date, timedelta

from blog.models import Post, ReadCount
from blog.models.reads import FOR_A_CHAT, HERE, NOT_SAID
from ukis import days
from ukis.demonstration.staging import Stage

SITES = (
    *((NOT_SAID, 9), (HERE, 5), ('search.example', 8), ('news.example', 2), ('network.example', 2)),
    *(('university.example', 1), (FOR_A_CHAT, 2)),
)
# By day so far back, by month before that.
BY_DAY, MONTHS = 60, 10


def stage_reads(stage: Stage) -> None:
    if ReadCount.objects.exists():
        return
    stage.say('Who reads')
    chance, today = random.Random('reads'), days.today()
    spans = [(today - timedelta(days=back), False) for back in range(BY_DAY)]
    month = (today - timedelta(days=BY_DAY)).replace(day=1)
    for _ in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        spans.append((month, True))
    rows = [row for post in Post.objects.live().order_by('pk') for row in _of(post, spans, chance)]
    ReadCount.objects.bulk_create(rows, batch_size=500)


def _of(post: Post, spans: list[tuple[date, bool]], chance: random.Random) -> list[ReadCount]:
    """Most are read when they are new."""
    rows = []
    liked = chance.choice((1, 1, 2, 4))
    for day, of_month in spans:
        age = (day - post.published_on).days
        if age < 0:
            continue
        number = int(liked * 40 / (age + 2)) + chance.randrange(3) + (20 * liked if of_month else 0)
        sites = Counter(chance.choices([site for site, _ in SITES], [often for _, often in SITES], k=number))
        rows += [
            ReadCount(post=post, day=day, of_month=of_month, site=site, number=count)
            for site, count in sites.items()
        ]
    return rows
