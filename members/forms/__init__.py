"""Forms of people and organisations, and those that stand in for allauth's."""

# Read by the settings, so nothing may be imported here.
ACCOUNT_FORMS = {
    name: f'members.forms.accounts.{form}'
    for name, form in {
        'login': 'LoginForm',
        'request_login_code': 'RequestCodeForm',
        'confirm_login_code': 'ConfirmCodeForm',
        'signup': 'SignupForm',
        'add_email': 'AddEmailForm',
        'confirm_email_verification_code': 'ConfirmEmailForm',
        'change_password': 'ChangePasswordForm',
        'set_password': 'SetPasswordForm',
        'reset_password': 'ResetPasswordForm',
        'reset_password_from_key': 'ResetPasswordKeyForm',
        'reauthenticate': 'ReauthenticateForm',
    }.items()
}
MFA_FORMS = {
    name: f'members.forms.second_factor.{form}'
    for name, form in {
        'authenticate': 'AuthenticateForm',
        'reauthenticate': 'ReauthenticateForm',
        'activate_totp': 'ActivateAppForm',
        'add_webauthn': 'AddKeyForm',
        'edit_webauthn': 'RenameKeyForm',
        'login_webauthn': 'KeyLoginForm',
        'authenticate_webauthn': 'KeyAuthenticateForm',
        'reauthenticate_webauthn': 'KeyReauthenticateForm',
    }.items()
}
