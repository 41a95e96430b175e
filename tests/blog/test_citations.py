"""How a post is cited, by people and by their programs."""

from datetime import UTC, date, datetime

import pytest

from blog import post_page
from blog.given_out import citations, structured
from blog.given_out.citations import Citation
from blog.given_out.cited_names import CitedName, of_line
from blog.models import Byline
from members.models import Organisation, Person
from tests.conftest import make_organisation, make_person, make_post

ON = date(2026, 3, 9)


def citation(**facts) -> Citation:
    facts = {
        'title': 'Trust & trade-offs: 50% of {it}',
        'names': (
            CitedName('Lee', 'Ann-Marie B.'),
            CitedName('Institute of Care, Elmbridge', undivided=True),
        ),
        'on': ON,
        'blog': 'The Society blog',
        'publisher': 'The Society',
        'address': 'https://x.example/blog/trust/',
        'language': 'en-GB',
        'standfirst': 'In short.',
        'tags': ('Coaching',),
        'elsewhere': '',
        **facts,
    }
    return Citation(**facts)


@pytest.mark.parametrize(
    ('name', 'citation_name', 'family', 'given'),
    [
        ('Dr Ann Mary Lee', 'Lee, A. M.', 'Lee', 'Ann Mary'),
        ('Jean-Pierre Roux', 'Roux, J. P.', 'Roux', 'Jean-Pierre'),
        ('Professor Ludwig van den Berg', 'van den Berg, L.', 'van den Berg', 'Ludwig'),
        ('Bob Lee', 'Lee, R.', 'Lee', 'R.'),
        ('Madhubala', 'Madhubala', 'Madhubala', ''),
        ('Prof. Ann Lee', '', 'Lee', 'Ann'),
        ('Ludwig van den Berg', '', 'van den Berg', 'Ludwig'),
        ('Dafydd ap Gwilym', '', 'ap Gwilym', 'Dafydd'),
        ('Máire Ní Bhriain', '', 'Ní Bhriain', 'Máire'),
        ('Madhubala', '', 'Madhubala', ''),
        ('山田太郎', '', '山田太郎', ''),
        ('Ann Lee, PhD', '', 'Lee', 'Ann'),
        ('  Ann\u00a0 Lee ', '', 'Lee', 'Ann'),
    ],
)
def test_a_name_is_parted_as_its_person_has_it(name, citation_name, family, given):
    found = of_line(Byline(name=name, citation_name=citation_name, person=Person()))

    assert found == CitedName(family, given)


@pytest.mark.parametrize('name', ['Institute of Care', 'IC'])
def test_an_organisations_own_name_stays_whole(name):
    organisation = Organisation(name='Institute of Care', short_name='IC')

    assert of_line(Byline(name=name, organisation=organisation)) == CitedName(name, undivided=True)


@pytest.mark.parametrize('name', ['The editors', 'Ward & Lane', 'Prifysgol Aberglas'])
def test_what_is_called_like_an_organisation_stays_whole(name):
    assert of_line(Byline(name=name)) == CitedName(name, undivided=True)


def test_apa_and_harvard_name_the_blog_and_escape_what_was_written():
    made = citation()

    assert made.apa == (
        'Lee, A.-M. B., &amp; Institute of Care, Elmbridge. (2026, March 9). Trust &amp; trade-offs: 50% of {it}. '
        '<cite>The Society blog</cite>. https://x.example/blog/trust/'
    )
    assert made.harvard == (
        'Lee, A.-M.B. and Institute of Care, Elmbridge (2026) ‘Trust &amp; trade-offs: 50% of {it}’, '
        '<cite>The Society blog</cite>, 9 March. Available at: https://x.example/blog/trust/ (Accessed: [date]).'
    )


@pytest.mark.parametrize(
    ('facts', 'starts'),
    [
        ({'names': (), 'title': 'Why?'}, 'Why? (2026, March 9). <cite>'),
        ({'names': (CitedName('Lee', 'A.'),), 'title': 'Why?'}, 'Lee, A. (2026, March 9). Why? <cite>'),
        ({'names': tuple(CitedName(f'N{n}') for n in range(21))}, 'N0, N1, N2, N3, N4, N5, N6, N7, N8, N9, '),
    ],
)
def test_apa_has_no_second_full_stop_and_names_no_more_than_twenty(facts, starts):
    made = citation(**facts).apa

    assert made.startswith(starts)
    assert 'N19' not in made


def test_bibtex_holds_what_latex_would_take_for_its_own():
    assert (
        citation(elsewhere='https://y.example/a_b').bibtex
        == r"""@misc{lee2026trust,
  author = {Lee, Ann-Marie B. and {Institute of Care, Elmbridge}},
  title = {{Trust \& trade-offs: 50\% of \textbraceleft{}it\textbraceright{}}},
  howpublished = {The Society blog},
  organization = {The Society},
  year = {2026},
  month = {3},
  date = {2026-03-09},
  url = {https://x.example/blog/trust/},
  language = {en-GB},
  keywords = {Coaching},
  note = {First published at https://y.example/a\_b}
}
"""
    )


def test_ris_is_a_blog_with_a_line_for_each_author_and_nobody_writes_further_lines():
    made = citation(title='One\r\nER  - ', names=(CitedName('Roe', 'Al'), CitedName('A, B', undivided=True)))

    assert made.ris.split('\r\n') == [
        'TY  - BLOG',
        'AU  - Roe, Al',
        'AU  - A – B',
        'TI  - One ER -',
        'T2  - The Society blog',
        'PB  - The Society',
        'PY  - 2026',
        'DA  - 2026/03/09/',
        'LA  - en-GB',
        'AB  - In short.',
        'KW  - Coaching',
        'UR  - https://x.example/blog/trust/',
        'ER  - ',
        '',
    ]


@pytest.mark.django_db
def test_a_post_offers_its_files_and_they_say_what_they_are(client, society):
    make_post('Trust', people=(make_person('Ann Lee'),), published_at=datetime(2026, 3, 9, 9, tzinfo=UTC))

    page = client.get('/blog/trust/').content.decode()
    bib, ris = client.get('/blog/trust/cite.bib'), client.get('/blog/trust/cite.ris')

    assert '<summary>Cite this post</summary>' in page
    assert 'href="/blog/trust/cite.bib"' in page
    assert 'href="/blog/trust/cite.ris"' in page
    assert bib['Content-Type'] == 'application/x-bibtex; charset=utf-8'
    assert bib['Content-Disposition'] == 'attachment; filename="trust.bib"'
    assert bib.content.decode().startswith('@misc{lee2026trust,')
    assert ris['Content-Type'] == 'application/x-research-info-systems; charset=utf-8'
    assert 'UR  - http://testserver/blog/trust/' in ris.content.decode()
    assert client.get('/blog/none/cite.bib').status_code == 404


@pytest.mark.django_db
def test_reference_managers_are_told_of_a_blog_post_whose_authors_are_parted_rightly(society):
    """By what Zotero does: its own type wins over what it guesses; of a creator's name a comma says where it parts,
    and one at the end that it does not."""
    organisation = make_organisation('Institute of Care')
    post = make_post(
        'Late',
        people=(make_person('Mary Ann Van Dyke'), make_person('Cher')),
        published_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
    )
    post.bylines.filter(name='Mary Ann Van Dyke').update(citation_name='Van Dyke, M. A.')
    Byline.objects.create(post=post, order=3, name='Institute of Care', organisation=organisation)
    post.shelve()

    shown = post_page.post_at('late', society)
    told = structured.of_post(shown, 'https://x.example').references

    assert told == [
        ('z:itemType', 'blogPost'),
        ('DC.title', 'Late'),
        ('DC.creator', 'Van Dyke, Mary Ann'),
        ('DC.creator', 'Cher'),
        ('DC.creator', 'Institute of Care,'),
        ('DC.date', '2026-07-01'),
        ('DC.source', 'UK Implementation Society blog'),
        ('DC.language', 'en-GB'),
    ]
    assert (
        '"datePublished":"2026-07-01T00:30:00+01:00"'
        in structured.of_post(shown, 'https://x.example').json_ld
    )


@pytest.mark.django_db
def test_the_page_of_a_post_cites_it_as_the_files_do(society):
    post = make_post('Trust', people=(make_person('Ann Lee'),))

    made = citations.of_post(post_page.post_at('trust', society), 'https://x.example/blog/trust/')

    assert made.names == (CitedName('Lee', 'Ann'),)
    assert made.on == post.published_on
