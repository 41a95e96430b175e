"""For people outside, by a link that they were given."""

from django.urls import path

from blog.views import previews

urlpatterns = [path('<str:token>/', previews.preview, name='preview')]
