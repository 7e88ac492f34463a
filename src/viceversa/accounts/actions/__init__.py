"""Letting people in, keeping them in, and out."""

from viceversa.accounts.actions.account import (
    bootstrap_operator,
    close_account,
    end_access_of_leavers,
    end_sessions,
    note_password_change,
    revoke_access,
)
from viceversa.accounts.actions.invitation import (
    accept_invitation,
    invite_people,
    invite_person,
    withdraw_invitation,
)
from viceversa.accounts.actions.passkey import (
    add_passkey,
    keep_passkey_from_key,
    let_passkey_open_key,
    open_key_with_passkey,
    remove_passkey,
    rename_passkey,
)
from viceversa.accounts.actions.role import grant_role, revoke_role
from viceversa.accounts.actions.sign_in import send_login_code, send_reset_link
from viceversa.accounts.actions.token import authenticate_token, create_token, revoke_token

__all__ = [
    "accept_invitation",
    "add_passkey",
    "authenticate_token",
    "bootstrap_operator",
    "close_account",
    "create_token",
    "end_access_of_leavers",
    "end_sessions",
    "grant_role",
    "invite_people",
    "invite_person",
    "keep_passkey_from_key",
    "let_passkey_open_key",
    "note_password_change",
    "open_key_with_passkey",
    "remove_passkey",
    "rename_passkey",
    "revoke_access",
    "revoke_role",
    "revoke_token",
    "send_login_code",
    "send_reset_link",
    "withdraw_invitation",
]
