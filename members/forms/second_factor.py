"""allauth's forms for apps and passkeys. Those for passkeys take any JSON for a credential and fail on one that
lacks its parts: here that is an answer to the person."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from members.forms.accounts import InOurWords

CODE = {'code': 'Code from the app, or a recovery code'}


class AuthenticateForm(InOurWords, forms.AuthenticateForm):
    labels = CODE


class ReauthenticateForm(InOurWords, forms.ReauthenticateForm):
    labels = CODE


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):
    labels = {'code': 'The code that the app shows'}


class AddKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    labels = {'name': 'A name for it', 'passwordless': 'Sign in with it alone, without a password'}
    hints = {
        'name': 'So that you can tell it from others: “my telephone”.',
        'passwordless': 'The device then asks for your fingerprint, your face or its PIN.',
    }


class RenameKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    labels = {'name': 'A name for it'}


class _Whole:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, AttributeError) as missing:
            raise get_adapter().validation_error('incorrect_code') from missing


class KeyLoginForm(_Whole, webauthn.LoginWebAuthnForm):
    pass


class KeyReauthenticateForm(_Whole, webauthn.ReauthenticateWebAuthnForm):
    pass


class KeyAuthenticateForm(_Whole, webauthn.AuthenticateWebAuthnForm):
    pass
