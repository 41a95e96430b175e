"""What allauth says of second factors, in the house's words."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from ukis.society.models import Society


class Adapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        'add_email_blocked': 'Turn your second factor off before you add an address, and on again after.',
        'cannot_delete_authenticator': 'This one cannot be taken away.',
        'cannot_generate_recovery_codes': 'Set up an app or add a key first.',
        'incorrect_code': 'This code does not fit. Take the one that the app shows now, or another recovery code.',
        'unverified_email': 'Confirm your email address first: it is how you would get back in.',
    }

    def get_totp_issuer(self) -> str:
        """What an app writes beside the code."""
        return Society.get().short_name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a device writes beside a passkey; its id stays the host, to which a passkey is bound."""
        return {**super().get_public_key_credential_rp_entity(), 'name': Society.get().name}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        count = user.authenticator_set.filter(type=type).count()
        return f'My key {count + 1}' if count else 'My key'
