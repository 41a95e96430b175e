"""Letters that a history names: a link for whoever may read them, and the day alone for others."""

from ukis.letters import naming


def test_what_names_a_letter_leads_to_it_and_all_else_stays_as_it_was_typed():
    said = 'Asked <b>now</b>, by the letter of 1 May 2027 (number 7). By the letter of 2 May 2027 (number 8).'

    linked = naming.with_links(said, {7})

    assert naming.numbers_in([said, 'Nothing.']) == {7, 8}
    assert linked == (
        'Asked &lt;b&gt;now&lt;/b&gt;, by <a href="/admin/ukis/letter/7/change/">the letter of 1 May 2027</a>. '
        'By the letter of 2 May 2027.'
    )
