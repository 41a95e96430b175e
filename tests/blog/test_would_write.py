"""'I would write about this': said by members, taken back, seen by editors alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.desk import would_write
from blog.models import WouldWrite
from tests.conftest import make_membership, make_person, make_post
from ukis import keeping, tags
from ukis.refusals import NotAllowed, NotNow
from ukis.tags.models import Tag

PAGE = reverse('would_write')

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def tag():
    make_post(tags=('Leadership', 'Scaling'))
    return Tag.objects.get(name='Leadership')


def test_a_member_says_so_and_takes_it_back(author, tag, signed_in):
    client = signed_in(author)

    said = client.post(PAGE, {'topic': 'leadership', 'words': ' From a   ward. '})
    [row] = WouldWrite.objects.all()
    page = client.get(PAGE).content.decode()
    client.post(reverse('would_write_take_back', args=[row.pk]))

    assert said.status_code == 302
    assert (row.person, row.tag, row.words) == (author, tag, 'From a ward.')
    assert 'From a ward.' in page
    assert not WouldWrite.objects.exists()


def test_said_again_it_is_one_row_with_the_words_of_now(author, tag):
    first = would_write.say(tag, by=author, words='Then.')
    WouldWrite.objects.update(said_at=timezone.now() - timedelta(days=300))

    again = would_write.say(tag, by=author, words='Now.')

    assert (again.pk, WouldWrite.objects.get().words) == (first.pk, 'Now.')
    assert again.said_at > timezone.now() - timedelta(minutes=1)


def test_who_may_not_submit_is_refused_and_keeps_what_they_typed(stranger, tag, signed_in):
    response = signed_in(stranger).post(PAGE, {'topic': 'Leadership', 'words': 'My words.'})

    assert response.status_code == 403
    assert 'My words.' in response.content.decode()
    assert not WouldWrite.objects.exists()
    with pytest.raises(NotAllowed):
        would_write.say(tag, by=stranger)


def test_a_topic_that_nobody_knows_is_refused_and_one_that_waits_is_not_given_away(author, tag, signed_in):
    tags.find_or_make(['A secret plan'], waiting=True)

    answers = [
        signed_in(author).post(PAGE, {'topic': topic}) for topic in ('A secret plan', 'Nothing at all', '')
    ]
    led = signed_in(author).get(f'{PAGE}?topic={Tag.objects.get(name="A secret plan").slug}').content.decode()

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert 'secret' not in led
    assert not WouldWrite.objects.exists()


def test_the_page_of_a_tag_leads_there_with_its_name(author, tag, client, signed_in):
    public = client.get(tag.get_absolute_url()).content.decode()

    led = signed_in(author).get(f'{PAGE}?topic={tag.slug}').content.decode()

    assert f'href="{PAGE}?topic={tag.slug}"' in public
    assert 'value="Leadership"' in led


def test_nobody_takes_back_what_somebody_else_said(author, tag, signed_in):
    row = would_write.say(tag, by=author)
    other = make_person('Olive Other')

    answer = signed_in(other).post(reverse('would_write_take_back', args=[row.pk]))

    assert answer.status_code == 404
    assert WouldWrite.objects.filter(pk=row.pk).exists()
    with pytest.raises(NotAllowed):
        would_write.take_back(row, by=other)


def test_so_many_topics_and_no_more(author, tag):
    for name in tags.find_or_make([f'Topic {number}' for number in range(would_write.MOST)]):
        would_write.say(name, by=author)

    with pytest.raises(NotNow, match='Take one of them off'):
        would_write.say(tag, by=author)


def test_it_holds_for_whoever_may_submit_today_alone(author, tag):
    lapsed = make_person('Lou Lapsed')
    make_membership(lapsed, status='lapsed')
    here, gone = (WouldWrite.objects.create(person=person, tag=tag) for person in (author, lapsed))

    still = list(WouldWrite.objects.still())

    assert still == [here]
    assert gone not in still


def test_a_merged_tag_takes_it_along_and_once(author, tag):
    [other] = tags.find_or_make(['Leading'])
    would_write.say(tag, by=author, words='Kept.')
    would_write.say(other, by=author)

    tags.merge(other, tag)

    assert [(row.tag, row.words) for row in WouldWrite.objects.all()] == [(tag, 'Kept.')]
    assert would_write.say(other, by=author).tag == tag


def test_it_goes_after_two_years(author, tag):
    would_write.say(tag, by=author)
    WouldWrite.objects.update(said_at=timezone.now() - would_write.HOLDS)
    [period] = [one for one in keeping.periods() if 'blog.wouldwrite' in one.models]

    period.run(timezone.now())

    assert not WouldWrite.objects.exists()
