"""The site's addresses and one page with nothing but the editor: what is sent from it is shown as it would be kept."""

# ruff: noqa: E501, SIM905 - samples are clearer whole

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ukis import urls
from ukis.editor import ProseField

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Editor</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
{% csp_nonce_attr form.media %}</head><body><main><h1>Editor</h1>
<form method="post">{% csrf_token %}{{ form.body.errors }}<p><a href="#id_body">To the text</a></p><p>{{ form.body.label_tag }}</p>{{ form.body }}
<p><button>Send</button></p></form>
<ul id="notices">{% for notice in notices %}<li>{{ notice }}</li>{% endfor %}</ul><pre id="kept">{{ kept }}</pre>
</main></body></html>"""


class EditorForm(forms.Form):
    body = ProseField(label='The text', widget=ProseField.widget(attrs={'aria-describedby': 'notices'}))


def editor(request: HttpRequest) -> HttpResponse:
    form = EditorForm(request.POST or None)
    given = {'form': form, 'kept': '', 'notices': []}
    if form.is_valid():
        given = {
            'form': EditorForm(initial=form.cleaned_data),
            'kept': form.cleaned_data['body'],
            'notices': form.fields['body'].told.sentences(),
        }
    return HttpResponse(engines['django'].from_string(PAGE).render(given, request))


urlpatterns = [*urls.urlpatterns, path('editor/', editor)]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
