"""allauth's forms in the house's words: labels above, and no placeholder that repeats them."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core import context

from members.signing_in import by_code
from ukis import letters

NEW = 'A new password'
TYPE_OR_ASK = 'Type your password, or have a code sent to your address instead: the button is below.'


class InOurWords:
    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.widget.attrs.pop('placeholder', None)


class LoginForm(InOurWords, forms.LoginForm):
    labels = {'login': 'Email address', 'remember': 'Keep me signed in on this device'}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['password'].error_messages['required'] = TYPE_OR_ASK


class RequestCodeForm(InOurWords, forms.RequestLoginCodeForm):
    labels = {'email': 'Email address'}

    def clean_email(self) -> str:
        """An address that lets nobody in is answered as any other: the page tells no stranger which."""
        email = self.cleaned_data['email'].lower()
        if not by_code.may_send(context.request, email):
            raise get_adapter().validation_error('too_many_codes')
        self._user = by_code.opened_by(email)
        return email


class ConfirmCodeForm(InOurWords, forms.ConfirmLoginCodeForm):
    labels = {'code': 'The code from the letter'}


class SignupForm(InOurWords, forms.SignupForm):
    labels = {'email': 'Email address', 'password1': 'A password', 'password2': 'The same password again'}


class AddEmailForm(InOurWords, forms.AddEmailForm):
    labels = {'email': 'Another email address'}


class ConfirmEmailForm(InOurWords, forms.ConfirmEmailVerificationCodeForm):
    labels = {'code': 'The code from the letter'}


class ChangePasswordForm(InOurWords, forms.ChangePasswordForm):
    labels = {'oldpassword': 'Your password now', 'password1': NEW, 'password2': 'The new password again'}


class SetPasswordForm(InOurWords, forms.SetPasswordForm):
    labels = {'password1': NEW, 'password2': 'The same password again'}


class ResetPasswordForm(InOurWords, forms.ResetPasswordForm):
    labels = {'email': 'Email address'}

    def clean_email(self) -> str:
        """Answered as an address that nobody has: the page tells no stranger which."""
        email = super().clean_email()
        if letters.sets_no_password(email):
            self.users: list[Any] = []
        return email


class ResetPasswordKeyForm(InOurWords, forms.ResetPasswordKeyForm):
    labels = {'password1': NEW, 'password2': 'The new password again'}


class ReauthenticateForm(InOurWords, forms.ReauthenticateForm):
    labels = {'password': 'Your password'}
