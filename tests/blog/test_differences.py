"""Two versions compared: valid HTML, every word accounted for, in bounded time."""

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import differences
from blog.models import Version
from ukis import markup

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


@given(BLOCKS, BLOCKS)
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_read_out_of_it_and_it_is_valid(old: list[str], new: list[str]) -> None:
    before, after = ''.join(old), ''.join(new)

    marked = between(before, after)

    words = re.compile(r'\w+')
    assert words.findall(only('del', marked)) == words.findall(markup.to_text(after))
    assert sorted(words.findall(only('ins', marked))) == sorted(words.findall(markup.to_text(before)))
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(marked)
    assert [error for error in parser.errors if error[1] != 'expected-doctype-but-got-start-tag'] == []


@pytest.mark.parametrize('paragraphs', [1, 400])
def test_a_long_text_rewritten_is_compared_in_seconds(paragraphs: int) -> None:
    def text(step: int) -> str:
        words = [f'word{(n * step) % 997}' for n in range(40_000)]
        length = len(words) // paragraphs
        return ''.join(f'<p>{" ".join(words[n : n + length])}</p>' for n in range(0, len(words), length))

    began = time.monotonic()
    between(text(7), text(11))

    assert time.monotonic() - began < 10
