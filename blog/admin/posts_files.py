"""Posts from elsewhere, for Administrators: a file is read, looked at, and brought in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from blog.forms.posts_files import PostsFileForm
from blog.importing import by_staff
from blog.models import PostsFile
from blog.models.posts_files import KEPT, WAITS
from ukis import staff
from ukis.doors import Door
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow

ROWS = 50
TAKES_IN = Door('Only an Administrator brings in what was published elsewhere.', 'blog.add_postsfile')


@read_or_post
def posts_files(request: HttpRequest) -> HttpResponse:
    """The files so far; POST takes another, which the worker then reads."""
    person = TAKES_IN.opened(request)
    form = PostsFileForm(request.POST, request.FILES) if request.method == 'POST' else PostsFileForm()
    if request.method == 'POST' and form.is_valid():
        given = [(file.name, file.read()) for file in form.cleaned_data['file']]
        file = by_staff.take(given, by=person, zone=form.cleaned_data['zone'])
        return redirect('admin:posts_file', file.pk)
    rows = PostsFile.objects.defer('content', 'report')
    context = {
        'form': form,
        'page': Leafing(rows, ROWS, shown=rows.select_related('by')).get_page(request.GET.get('page')),
        'waits': WAITS.days,
        'kept': KEPT.days,
    }
    return staff.page(request, 'admin/blog/posts_files/list.html', 'Posts from elsewhere', context)


@read_or_post
def posts_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come of it, or came; POST has it brought in."""
    person = TAKES_IN.opened(request)
    file, refusal = _file(pk), ''
    if request.method == 'POST':
        try:
            by_staff.confirm(file, by=person)
        except NotNow as why:
            refusal = str(why)
        else:
            return redirect('admin:posts_file', pk)
    context = {
        'file': file,
        'refusal': refusal,
        'progress': by_staff.progress(file) if file.is_working else '',
    }
    return staff.page(
        request, 'admin/blog/posts_files/file.html', str(file), context, CONFLICT if refusal else 200
    )


@require_POST
def posts_file_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    TAKES_IN.opened(request)
    file = _file(pk)
    if by_staff.let_go(file):
        messages.success(request, f'{file} is let go: nothing of it was written, and nothing is kept.')
        return redirect('admin:posts_files')
    messages.info(request, f'{file} was confirmed already.')
    return redirect('admin:posts_file', pk)


def _file(pk: int) -> PostsFile:
    return get_object_or_404(PostsFile.objects.select_related('by', 'confirmed_by').defer('content'), pk=pk)


def front(request: HttpRequest) -> dict | None:
    may = TAKES_IN.opens_for(request.user)
    return {'template': 'admin/blog/posts_files/_front.html'} if may else None


staff.blocks.append(front)
staff.pages += [
    ('posts-from-elsewhere/', posts_files, 'posts_files', TAKES_IN.refuse),
    ('posts-from-elsewhere/<int:pk>/', posts_file, 'posts_file', TAKES_IN.refuse),
    ('posts-from-elsewhere/<int:pk>/let-go/', posts_file_let_go, 'posts_file_let_go', TAKES_IN.refuse),
]
