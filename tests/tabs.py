"""A tab in which somebody types, without a browser: as the page's scripts go on with what they are told."""

from django.test import Client
from django.urls import reverse

_tabs = iter(range(10_000_000, 99_999_999))


class Tab:
    """One opening of a page. `forms` names its form in the page's context, and where it has several, all of them."""

    def __init__(self, client: Client, address: str, *forms: str) -> None:
        self.client, self.address = client, address
        self.tab, self.typed = f'{next(_tabs)}', 1
        self.page = client.get(address)
        context = self.page.context
        shown = [context[name] for name in forms]
        if not shown:
            shown = [context['adminform'].form if 'adminform' in context else context['form']]
        self.form, self.keeping = shown[0], shown[0].keeping
        self.fields = {field.html_name: field.value() or '' for form in shown for field in form}
        self.fields |= {'unsaved': self.keeping.token, 'unsaved_began': self.keeping.began}

    def sent(self, **typed) -> dict:
        self.typed += 1
        self.fields |= typed
        return self.fields | {'unsaved_tab': self.tab, 'unsaved_typed': self.typed}

    def type(self, **typed):
        """As the page tells it while somebody types."""
        answer = self.client.post(reverse('unsaved'), self.sent(**typed))
        if answer.status_code == 200:
            self.fields['unsaved_began'] = answer.json()['mark']
        return answer

    def send(self, **typed):
        """As the form's button sends it."""
        return self.client.post(self.address, self.sent(**typed))
