"""Signing in by a code, where allauth says or does less than is wanted: a code sent anew is as new as the first and
takes as long whether there is an account or none, whoever typed it has proved the address, and nobody types their
address twice."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members import owners
from members.signing_in import by_code, from_letters
from members.signing_in.from_letters import LETTER
from ukis.refusals import NotNow

ASK = 'account_request_login_code'
NOT_AWAITED = 'No code is waited for in this browser, or its fifteen minutes are over. Ask for one here.'
WRONG_TOO_OFTEN = 'That was the third wrong code, so it works no more. Ask for another one here.'
NOT_THEIRS_NOW = 'Something changed about this address meanwhile. Nobody was signed in. Ask for another code.'
SET_BY_A_STRANGER = (
    'The password that was set here before this address was confirmed works no more: it may have been somebody '
    'else’s. Sign in by a code, or choose a new password under Security.'
)


class AskForCodeView(RequestLoginCodeView):
    """Asked here, or with the address that was typed on the page for signing in; a letter’s link fills it in."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), 'email': from_letters.address_of(self.request.GET.get(LETTER, ''))}

    def get_form_kwargs(self) -> dict[str, Any]:
        given = super().get_form_kwargs()
        if 'data' in given and 'email' not in given['data']:
            given['data'] = {'email': given['data'].get('login', '')}
        return given


class ConfirmCodeView(ConfirmLoginCodeView):
    _process: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **keys)
        if self._process is None and request.user.is_anonymous:
            messages.info(request, NOT_AWAITED)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self._begin_again(WRONG_TOO_OFTEN)

    def get_context_data(self, **keys: Any) -> dict[str, Any]:
        by_link = bool(by_code.then_of(self.request, self._process.state['email']))
        return {**super().get_context_data(**keys), 'by_link': by_link}

    def get_next_url(self) -> str:
        return super().get_next_url() or by_code.then_of(self.request, self._process.state['email'])

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        person, address = self._process.user, self._process.state['email']
        if by_code.opened_by(address) != person:
            return self._end(NOT_THEIRS_NOW)
        try:
            doubted = owners.prove(person, address)
        except NotNow:
            return self._end(NOT_THEIRS_NOW)
        if doubted:
            messages.warning(self.request, SET_BY_A_STRANGER)
        answer = super()._verify_form_valid(form)
        by_code.forget_link(self.request)
        return answer

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        if by_code.may_send(self.request, self._process.state['email']):
            self._send_again()
        else:
            messages.error(self.request, get_adapter().error_messages['too_many_codes'])
        return redirect(self.passthrough_next_url(reverse('account_confirm_login_code')))

    def _send_again(self) -> None:
        state = self._process.state
        before = dict(state)
        try:
            self._process.send()
        except ImmediateHttpResponse:  # the mail server is away: the code of the last letter still works
            state.update(before)
            messages.error(self.request, get_adapter().error_messages['code_not_sent'])
            return
        state['at'] = self.stage.login.initiated_at = time.time()
        self._process.record_resend()
        self._process.persist()

    def _end(self, why: str) -> HttpResponse:
        self._process.abort()
        return self._begin_again(why)

    def _begin_again(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(self.passthrough_next_url(reverse(ASK)))


ask = AskForCodeView.as_view()
confirm = ConfirmCodeView.as_view()
