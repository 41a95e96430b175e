"""Parts of pages that are drawn once: never other than they would be drawn anew."""

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe

from blog.models import Post, Version
from blog.post_page import TagWord
from blog.shelves import listing
from members.models import Person
from tests.conftest import make_person, make_post
from tests.shown import SHOWN, changes
from ukis.days import LONDON
from ukis.prepared import asked
from ukis.remembered import PARTS, Remembered, values_of, weight_of
from ukis.society.models import Society
from ukis.templatetags.remembering import RememberNode, without_indents

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    PARTS.forget()


def drawn(words: str, **given) -> str:
    return Template('{% load remembering %}' + words).render(Context(given))


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        (1, True),
        (0, None),
        ('<b>', mark_safe('<b>')),
        ('', None),
        (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        ([1], (1,)),
        (['ab', 'c'], ['a', 'bc']),
        ({'a': 1}, {'b': 1}),
        (TagWord('Schools'), TagWord('Schools', '/blog/tags/schools/')),
        (Decimal('1.0'), Decimal('1.00')),
        (0.0, -0.0),
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON)),
        ({1}, {True}),
        (Person(name='Ann'), Person(name='Bo')),
        (Person(name='Ann'), Society(name='Ann')),
    ],
)
def test_what_looks_otherwise_has_another_key(one, other):
    assert values_of(one) != values_of(other)
    assert values_of(one) == values_of(one)


def test_a_row_is_all_its_columns_and_what_hangs_on_it(society):
    ann = make_person('Ann Lee')
    post = make_post('Careful', people=(ann,))

    def read():
        return values_of(listing.with_bylines(asked(Post.objects.for_listing().filter(pk=post.pk))))

    before = read()
    assert read() == before
    Person.objects.filter(pk=ann.pk).update(slug='ann-of-old')
    named_anew = read()
    Version.objects.filter(pk=post.version_id).update(standfirst='Another.')

    assert len({before, named_anew, read()}) == 3


def test_what_cannot_be_told_by_its_values_is_refused(society):
    with pytest.raises(TypeError, match='cannot be remembered by a object'):
        values_of(object())
    with pytest.raises(TypeError, match='given rows, not a question'):
        values_of(Person.objects.all())


def test_what_cannot_be_told_is_drawn_each_time():
    words = Template('{% load remembering %}{% remember a=a %}{{ a.name }}{% endremember %}')
    row = SimpleNamespace(name='before')
    first = words.render(Context({'a': row}))
    row.name = 'after'

    assert (first, words.render(Context({'a': row}))) == ('before', 'after')


def test_all_parts_of_public_pages_are_remembered(shown, client, monkeypatch):
    for address in shown:
        client.get(address)
    drawn = []
    monkeypatch.setattr(RememberNode, 'draw', lambda self, *_: drawn.append(self.number) or '')

    for address in shown:
        client.get(address)

    assert drawn == []


def test_a_part_is_drawn_once_for_what_it_is_given():
    class Counting(str):
        times = 0

        def __str__(self):
            Counting.times += 1
            return 'word'

    template = Template('{% load remembering %}{% remember word=word %}{{ word }}{% endremember %}')

    both = [template.render(Context({'word': Counting('a')})) for _ in range(2)]

    assert both == ['word', 'word']
    assert Counting.times == 1


def test_nothing_is_known_inside_that_was_not_named():
    words = '{% remember a=a %}{{ a }}{{ b }}{% endremember %}{{ b }}'

    assert drawn(words, a='A', b='B') == 'AB'


def test_what_is_there_in_one_page_and_not_in_another_is_another_part():
    template = Template(
        '{% load remembering %}{% remember a=a %}{% if a %}yes{% else %}no{% endif %}{% endremember %}'
    )

    assert [template.render(Context(given)) for given in ({'a': True}, {}, {'a': 1})] == ['yes', 'no', 'yes']


def test_words_stay_escaped():
    assert drawn('{% remember a=a %}{{ a }}{% endremember %}', a='<b>') == '&lt;b&gt;'


@pytest.mark.parametrize(
    'around',
    [
        '{% autoescape word %}{% endautoescape %}',
        '{% timezone word %}{% endtimezone %}',
        '{% language word %}{% endlanguage %}',
    ],
)
def test_what_stands_around_a_part_and_shows_in_it_is_part_of_its_key(around):
    begins, ends = around.replace('%}{%', '%}|{%').split('|')
    words = '{% load remembering tz i18n %}BEGINS{% remember a=a at=at %}{{ a }} {{ at|date:"D H" }}{% endremember %}ENDS'
    among = {
        'autoescape': ('on', 'off'),
        'timezone': ('"UTC"', '"Europe/London"'),
        'language': ('"en"', '"cy"'),
    }
    drawn = []
    for word in among[around.split()[1]]:
        # One tag in one place, as in a template that others include.
        part = Template(words.replace('BEGINS', begins.replace('word', word)).replace('ENDS', ends))
        for node in part.nodelist.get_nodes_by_type(RememberNode):
            node.number = 'the same'
        drawn.append(part.render(Context({'a': '<b>', 'at': datetime(2026, 7, 1, 12, tzinfo=UTC)})))

    assert drawn[0] != drawn[1]


def test_a_part_asks_the_database_for_nothing(society):
    with pytest.raises(RuntimeError, match='asks for what it was not given'):
        drawn(
            '{% remember post=post %}{{ post.version.title }}{% endremember %}',
            post=Post.objects.get(pk=make_post().pk),
        )


@pytest.mark.parametrize(
    'words', ['{% remember %}x{% endremember %}', '{% remember post %}x{% endremember %}']
)
def test_a_part_names_what_it_shows(words):
    with pytest.raises(TemplateSyntaxError, match='names what it draws'):
        drawn(words)


def test_what_was_not_asked_for_longest_goes_first():
    each = weight_of('key 00') + weight_of(mark_safe('words'))
    parts, made = Remembered(most=20 * each), []

    def part(number):
        key = f'key {number:02}'
        return parts.drawn(key, lambda: made.append(number) or mark_safe('words'))

    for number in [*range(20), 0, 20, 0, 1]:
        part(number)

    assert made == [*range(21), 1]


def test_what_is_remembered_never_takes_more_room_than_it_is_given():
    """Keys and parts together; what would push everything else out is drawn each time."""
    parts, size = Remembered(most=1_000_000), 20_000
    tracemalloc.start()
    for number in range(300):
        parts.drawn((number, 'é' * size), lambda: mark_safe('p' * size))
    parts.drawn((0, 'x' * 900_000), lambda: mark_safe('part'))
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert 500_000 < taken < 1_100_000
    assert parts.drawn((299, 'é' * size), lambda: mark_safe('anew')) == 'p' * size
    assert parts.weight <= 1_000_000


def test_whatever_is_changed_shows_at_once(shown, client):
    def pages():
        return [(answer.status_code, answer.content) for answer in map(client.get, shown)]

    first, seen = pages(), set()
    for model in SHOWN:
        for row in model._base_manager.order_by('pk')[:1]:
            for name, new in changes(row):
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{name: new})
                        remembered = pages()
                        PARTS.forget()
                        anew = pages()
                        transaction.set_rollback(True)
                except DatabaseError:
                    continue  # a rule of the database's own
                assert remembered == anew, f'{model.__name__}.{name}'
                seen |= {f'{model.__name__}.{name}'} if anew != first else set()

    assert {
        'Version.title', 'Version.standfirst', 'Version.body', 'Byline.name', 'Byline.affiliation', 'Person.slug',
        'Person.photo_for', 'Organisation.name', 'Organisation.logo_id', 'Affiliation.job_title',
        'Society.name', 'Society.postal_address', 'Page.title', 'Tag.name', 'Post.published_at', 'Picture.file',
    } <= seen, seen  # fmt: skip
    assert pages() == first


@pytest.mark.parametrize(
    ('drawn', 'sent'),
    [
        ('<ul>\n    <li>One</li>\n\n    <li>Two</li>\n  </ul>', '<ul><li>One</li><li>Two</li></ul>'),
        ('<p>\n  Some <em>words</em>\n  <a>here</a>\n</p>\n', '<p>Some <em>words</em>\n<a>here</a></p>'),
        ('<label>A</label>\n  <input>\n  <span>b</span>', '<label>A</label>\n<input>\n<span>b</span>'),
        ('one\n  two\n\n  <p>three', 'one\ntwo<p>three'),
        ('<b>x</b>\n  <i class="p">y</i>\n<title>z</title>', '<b>x</b>\n<i class="p">y</i><title>z</title>'),
        ('<p>\n<pre>\n  a\n\n <p>\n b</pre>\n<p>', '<p><pre>\n  a\n\n <p>\n b</pre><p>'),
        ('<p>\n <textarea>\n\n x\n</textarea>\n y</p>', '<p><textarea>\n\n x\n</textarea>\ny</p>'),
    ],
)
def test_blanks_go_where_none_shows(drawn, sent):
    assert without_indents(drawn) == sent


def test_a_frame_is_sent_without_its_indents_and_what_fills_it_as_it_is():
    frame = Template(
        '{% load remembering %}{% closed %}<body>\n    <main>\n      {% block main %}{% endblock %}\n    </main>\n'
        '    <b>one</b>\n    <b>two</b>\n</body>{% endclosed %}'
    )
    page = Template('{% extends frame %}{% block main %}<pre>  as\n  it is</pre>{% endblock %}')

    shown = page.render(Context({'frame': frame}))

    assert shown == '<body><main><pre>  as\n  it is</pre></main><b>one</b>\n<b>two</b>\n</body>'
