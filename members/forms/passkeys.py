"""allauth's passkey forms, which take any JSON for a credential and fail on one that lacks its parts."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms


class _Whole:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, AttributeError) as missing:
            raise get_adapter().validation_error('incorrect_code') from missing


class LoginForm(_Whole, forms.LoginWebAuthnForm):
    pass


class ReauthenticateForm(_Whole, forms.ReauthenticateWebAuthnForm):
    pass
