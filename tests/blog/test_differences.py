"""Two versions compared: valid HTML, every word accounted for, in bounded time."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from blog import differences
from blog.models import Version
from ukis import markup
from ukis.differences import blocks, comparing
from ukis.differences.comparing import MOST_STEPS, Budget

COME = '<ins><span class="sr">[inserted: </span>{}<span class="sr">]</span></ins>'
GONE = '<del><span class="sr">[deleted: </span>{}<span class="sr">]</span></del>'


def between(old: str, new: str) -> str:
    return differences.between(Version(body=old), Version(body=new)).body


def only(tag: str, marked: str) -> str:
    """The text without what the other tag marks, and without the words for screen readers."""
    kept = re.sub(f'<{tag}>.*?</{tag}>', '', marked, flags=re.DOTALL)
    return markup.to_text(re.sub(r'<span class="sr">[^<]*</span>|\[link: [^]]*\] ', '', kept))


def test_a_changed_word_is_marked_alone() -> None:
    marked = between('<p>The second year is hard.</p>', '<p>The third year is hard.</p>')

    assert marked == f'<p>The {GONE.format("second")}{COME.format("third")} year is hard.</p>'


def test_a_new_paragraph_is_marked_whole_and_its_neighbours_are_not() -> None:
    marked = between('<p>One.</p><p>Three.</p>', '<p>One.</p><p>Two and a half.</p><p>Three.</p>')

    assert marked == f'<p>One.</p><p>{COME.format("Two and a half.")}</p><p>Three.</p>'


def test_a_paragraph_taken_out_stands_struck_through() -> None:
    marked = between('<p>One.</p><p>Two.</p>', '<p>One.</p>')

    assert marked == f'<p>One.</p><p>{GONE.format("Two.")}</p>'


def test_a_mark_never_spans_a_tag() -> None:
    marked = between('<p>four five six</p>', '<p>four five six one <strong>two</strong> three</p>')

    assert marked == (
        f'<p>four five six{COME.format(" one ")}<strong>{COME.format("two")}</strong>{COME.format(" three")}</p>'
    )


def test_a_changed_description_and_a_changed_link_are_said() -> None:
    described = between(
        '<figure><img src="/media/a.png" alt="A cat"></figure>',
        '<figure><img src="/media/a.png" alt="A dog"></figure>',
    )
    led = between(
        '<p>See <a href="https://a.example/">it</a>.</p>', '<p>See <a href="https://b.example/">it</a>.</p>'
    )

    assert COME.format('[picture: A dog]') in described
    assert GONE.format('[picture: A cat]') in described
    assert COME.format('[link: https://b.example/] ') in led


def test_what_is_gone_has_no_id_any_more() -> None:
    marked = between('<p id="fn-1">Old words.</p>', '<p id="fn-1">Quite another note.</p>')

    assert marked.count('id="fn-1"') == 1


def test_words_that_look_like_tags_are_escaped() -> None:
    compared = differences.between(Version(title='a'), Version(title='<script>alert(1)</script> & b'))

    assert '<script>' not in compared.title
    assert '&lt;' in compared.title


def test_what_changed_is_named_as_a_reader_calls_it() -> None:
    old = Version(title='a', body='<p>x</p>', tag_words=['one'])
    new = Version(title='b', body='<p>x</p>', tag_words=['one', 'two'])

    compared = differences.between(old, new)

    assert compared.changed == ['title', 'tags']
    assert not compared.is_empty
    assert differences.between(old, old).is_empty
    assert differences.between(None, new).is_empty


BLOCKS = st.lists(
    st.sampled_from(
        [
            '<p>One two three.</p>',
            '<p>One two four, and <em>five</em>.</p>',
            '<h2>A heading</h2>',
            '<ul><li>a</li><li>b</li></ul>',
            '<ul><li>a</li><li>c<ul><li>d</li></ul></li></ul>',
            '<blockquote><p>Said.</p></blockquote>',
            '<p>A <a href="https://example.org/">link</a> here.</p>',
            '<p>A <a href="https://example.org/b">link</a> there.</p>',
            '<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
            '<table><tbody><tr><td>1</td><td>3</td></tr></tbody></table>',
        ]
    ),
    max_size=6,
)


@given(BLOCKS, BLOCKS, st.sampled_from([MOST_STEPS, 10, 0]))
@settings(max_examples=200, deadline=None)
def test_both_texts_can_be_read_out_of_it_and_it_is_valid(old: list[str], new: list[str], steps: int) -> None:
    before, after = ''.join(old), ''.join(new)

    marked = blocks.marked(before, after, Budget(steps))

    words = re.compile(r'\w+')
    assert words.findall(only('del', marked)) == words.findall(markup.to_text(after))
    assert sorted(words.findall(only('ins', marked))) == sorted(words.findall(markup.to_text(before)))
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(marked)
    assert [error for error in parser.errors if error[1] != 'expected-doctype-but-got-start-tag'] == []


WORDS = st.lists(st.sampled_from([*'abcd', ' ', '  ', '\n', '.', '<em>', '</em>']), max_size=30)


@given(WORDS, WORDS, st.sampled_from([MOST_STEPS, 0]))
@settings(max_examples=300, deadline=None)
def test_every_word_is_accounted_for_and_what_is_equal_is_equal(
    old: list[str], new: list[str], steps: int
) -> None:
    at = [0, 0]
    for kind, i1, i2, j1, j2 in comparing.codes(old, new, Budget(steps)):
        assert [i1, j1] == at
        assert (old[i1:i2] == new[j1:j2]) == (kind == 'equal')
        assert {'insert': i1 == i2, 'delete': j1 == j2}.get(kind, i1 < i2 and j1 < j2)
        at = [i2, j2]

    assert at == [len(old), len(new)]


@pytest.mark.parametrize(
    ('old', 'new', 'marked'),
    [
        # What came begins at a sentence, though its first word stood there before.
        ('Each had a coach. They met.', 'Each had a coach. Each had a plan. They met.',
         f'Each had a coach. {COME.format("Each had a plan. ")}They met.'),
        ('One. Two. Three.', 'One. Three.', f'One. {GONE.format("Two. ")}Three.'),
        # Words that both sentences happen to have do not cut one change into five.
        ('In the first year the team learned what was asked.', 'What others asked of them took the team a year.',
         f'{GONE.format("In the first year the team learned what was asked")}'
         f'{COME.format("What others asked of them took the team a year")}.'),
        # But between two changed words the one that stands is seen to stand.
        ('a big red dog', 'a small red cat',
         f'a {GONE.format("big")}{COME.format("small")} red {GONE.format("dog")}{COME.format("cat")}'),
    ],
)  # fmt: skip
def test_it_reads_as_a_person_would_mark_it(old: str, new: str, marked: str) -> None:
    assert differences.between(Version(title=old), Version(title=new)).title == marked


# --- What it costs ---


@pytest.fixture
def steps(monkeypatch) -> list[int]:
    """What is really compared: 64 pairs of words, or one word, each."""
    taken: list[int] = []

    class Counted:
        @staticmethod
        def opcodes(old, new):
            taken.append(len(old) * (len(new) // 64 + 1))
            return LCSseq.opcodes(old, new)

    def looked(fewer, more):
        taken.append(len(fewer) + blocks.LOOK)
        return shared(fewer, more)

    shared = blocks._shared
    monkeypatch.setattr('rapidfuzz.distance.LCSseq', Counted)
    monkeypatch.setattr(blocks, '_shared', looked)
    return taken


def repeated(words: str, times: int, tag: str = 'p') -> str:
    return f'<{tag}>{" ".join([words] * times)}</{tag}>'


def rewritten(step: int, paragraphs: int) -> str:
    words = [f'word{(n * step) % 997}' for n in range(40_000)]
    length = len(words) // paragraphs
    return ''.join(f'<p>{" ".join(words[n : n + length])}</p>' for n in range(0, len(words), length))


SHORT = [
    (repeated('aa bb aa', 650), repeated('bb aa', 1000)),
    (repeated('on off', 1000), repeated('off on on', 650)),
    (repeated('one two', 1, 'h2') * 400, (repeated('one', 1, 'h2') + repeated('two', 1, 'h2')) * 400),
    (rewritten(7, 400), rewritten(11, 400)),
]
LONG = [
    (rewritten(7, 1), rewritten(11, 1)),
    (rewritten(7, 13_333), rewritten(11, 13_333)),
    ('<p>x</p><p>y</p>' * 30_000, '<p>y</p><p>z</p><p>x</p>' * 20_000),
    (f'<ul>{"<li>x<ul><li>y</li></ul></li>" * 20_000}</ul>', f'<ul>{"<li>y<ul><li>x</li></ul></li>" * 20_000}</ul>'),
]  # fmt: skip


@pytest.mark.parametrize(('old', 'new'), SHORT)
def test_whatever_people_write_is_compared_to_its_end(steps, old: str, new: str) -> None:
    compared = differences.between(Version(body=old), Version(body=new))

    assert not compared.is_short
    assert sum(steps) <= MOST_STEPS


@pytest.mark.parametrize(('old', 'new'), LONG)
def test_what_would_cost_more_than_is_allowed_is_shown_as_replaced_and_said_to_be(
    steps, old: str, new: str
) -> None:
    compared = differences.between(Version(title='One', body=old), Version(title='Two', body=new))

    assert compared.is_short
    assert sum(steps) <= MOST_STEPS
    assert compared.title == f'{GONE.format("One")}{COME.format("Two")}'
    words = re.compile(r'\w+')
    assert words.findall(only('del', compared.body)) == words.findall(markup.to_text(new))
