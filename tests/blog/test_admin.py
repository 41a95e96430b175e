import pytest
from django.urls import reverse

from blog.models import State, Submission
from tests.conftest import fill_in, make_post, make_submission
from ukis.pictures.models import Picture
from ukis.society.models import Page, Society
from ukis.tags.models import Tag


def listed(model: str) -> str:
    return reverse(f'admin:{model}_changelist')


def changed(model: str, pk: int) -> str:
    return reverse(f'admin:{model}_change', args=[pk])


@pytest.mark.parametrize('model', ['blog_submission', 'blog_post'])
def test_states_and_posts_are_read_only_and_lead_to_the_desk(model, author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)
    pk = submission.pk if model == 'blog_submission' else submission.post.pk
    client = signed_in(editor)

    page = client.get(changed(model, pk))

    assert f'/admin/desk/{submission.pk}/' in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert client.get(reverse(f'admin:{model}_add')).status_code == 403
    assert client.post(changed(model, pk), {'working_title': 'Other'}).status_code == 403
    assert client.post(reverse(f'admin:{model}_delete', args=[pk]), {'post': 'yes'}).status_code == 403
    assert Submission.objects.get(pk=submission.pk).working_title == submission.working_title


@pytest.mark.parametrize('model', ['version', 'step', 'declaration', 'message'])
def test_what_the_verbs_write_has_no_page_at_all(model, administrator, signed_in, society):
    assert signed_in(administrator).get(f'/admin/blog/{model}/').status_code == 404


def test_the_secretary_sees_no_submissions(secretary, author, signed_in, society):
    make_submission(author, State.SUBMITTED)

    assert signed_in(secretary).get(listed('blog_submission')).status_code == 403


def test_ones_own_submissions_and_unsent_drafts_are_not_in_the_list(author, editor, signed_in, society):
    make_submission(author, words={'title': 'A quiet draft'})
    make_submission(author, State.SUBMITTED, coauthors=(editor,), words={'title': 'My own submission'})

    page = signed_in(editor).get(listed('blog_submission')).content.decode()

    assert 'A quiet draft' not in page
    assert 'My own submission' not in page


@pytest.mark.parametrize('model', ['blog_submission', 'blog_post'])
def test_a_list_asks_as_much_for_five_rows_as_for_one(
    model, author, chief, signed_in, society, django_assert_num_queries
):
    client = signed_in(chief)
    make_submission(author, 'live', editor=chief)
    client.get(listed(model))
    with django_assert_num_queries(LISTS[model]):
        client.get(listed(model))
    for _ in range(4):
        make_submission(author, 'live', editor=chief)

    with django_assert_num_queries(LISTS[model]):
        client.get(listed(model))


LISTS = {'blog_submission': 8, 'blog_post': 8}


def test_the_society_is_one_row_that_the_list_leads_to(administrator, chief, signed_in, society):
    client = signed_in(administrator)

    assert client.get(listed('ukis_society')).url == changed('ukis_society', 1)
    assert client.get(reverse('admin:ukis_society_add')).status_code == 403
    assert client.post(reverse('admin:ukis_society_delete', args=[1])).status_code == 403
    page = client.get(changed('ukis_society', 1)).content.decode()
    assert 'Cora Chief' in page
    assert Society.objects.count() == 1


def test_a_pages_text_is_cleaned_when_it_is_saved(administrator, signed_in, society):
    signed_in(administrator).post(
        reverse('admin:ukis_page_add'),
        {
            'title': 'Privacy',
            'address': 'privacy',
            'body': '<p onclick="x()">We keep little.</p><script>alert(1)</script>',
            'language': 'en-GB',
        },
    )

    assert Page.objects.get().body == '<p>We keep little.</p>'


def test_a_tags_former_address_is_kept(administrator, signed_in, society):
    tag = Tag.objects.create(name='Scaling', slug='scaling')

    fill_in(signed_in(administrator), changed('ukis_tag', tag.pk), name='Scaling up', slug='scaling-up')

    tag.refresh_from_db()
    assert tag.slug == 'scaling-up'
    assert tag._meta.apps.get_model('ukis', 'OldAddress').objects.get().path == '/blog/tags/scaling/'


def test_tags_say_how_often_they_are_used(administrator, signed_in, society):
    make_post(tags=('leadership', 'scaling'))

    assert (
        '<td class="field-uses">1</td>' in signed_in(administrator).get(listed('ukis_tag')).content.decode()
    )


def test_pictures_are_only_looked_at(administrator, signed_in, society):
    picture = Picture.objects.create(hash='0' * 64, file='x.png', format='png', width=2, height=2, size=9)
    client = signed_in(administrator)

    assert client.get(listed('ukis_picture')).status_code == 200
    assert client.get(changed('ukis_picture', picture.pk)).status_code == 200
    assert client.get(reverse('admin:ukis_picture_add')).status_code == 403
    assert client.post(reverse('admin:ukis_picture_delete', args=[picture.pk])).status_code == 403
