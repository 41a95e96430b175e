"""The author's side: one address per action."""

from django.urls import path

from blog.views import (
    approval,
    byline,
    commission,
    conversation,
    differences,
    going_back,
    my_blogs,
    named,
    objecting,
    pitching,
    submissions,
    word_files,
    writing,
)

urlpatterns = [
    path('', my_blogs.my_blogs, name='write'),
    path('start/', my_blogs.start, name='write_start'),
    path('pitch/', pitching.pitch, name='write_pitch'),
    path('named/<str:token>/', named.named, name='named'),
    path('named/<str:token>/object/', objecting.by_link, name='named_object'),
    path('commissions/<int:pk>/', commission.my_commission, name='my_commission'),
    path('commissions/<int:pk>/begin/', commission.commission_begin, name='commission_begin'),
    path('<int:pk>/', submissions.submission, name='submission'),
    path('<int:pk>/edit/', writing.edit, name='submission_edit'),
    path('<int:pk>/word-file/', word_files.upload, name='submission_upload'),
    path('<int:pk>/word-file/<int:key>/', word_files.word_file, name='word_file'),
    path('<int:pk>/word-file/<int:key>/original/', word_files.original, name='word_file_original'),
    path('<int:pk>/byline/', byline.byline, name='submission_byline'),
    path('<int:pk>/preview/', writing.preview, name='submission_preview'),
    path('<int:pk>/submit/', submissions.submit, name='submission_submit'),
    path('<int:pk>/take-back/', submissions.take_back, name='submission_take_back'),
    path('<int:pk>/withdraw/', submissions.withdraw, name='submission_withdraw'),
    path('<int:pk>/delete/', submissions.delete, name='submission_delete'),
    path('<int:pk>/reopen/', submissions.reopen, name='submission_reopen'),
    path('<int:pk>/extend/', submissions.extend, name='submission_extend'),
    path('<int:pk>/leave/', submissions.leave, name='submission_leave'),
    path('<int:pk>/object/', objecting.objecting, name='submission_object'),
    path('<int:pk>/differences/', differences.differences, name='submission_differences'),
    path('<int:pk>/go-back/', going_back.go_back, name='submission_go_back'),
    path('<int:pk>/approve/', approval.approve, name='submission_approve'),
    path('<int:pk>/correction/', approval.correction, name='submission_correction'),
    path('<int:pk>/message/', conversation.message, name='submission_message'),
]
