"""Forms of the officer's own account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.ui.widgets import Select


class PasswordForm(forms.Form):
    """First step of signing in."""

    login_name = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A code of the authenticator, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Kode 6 angka"),
        help_text=_("Lihat di aplikasi autentikator. Kode cadangan juga bisa dipakai."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class NewPasswordForm(forms.Form):
    """Changing the password needs the present one: an unlocked screen is not enough."""

    present = forms.CharField(
        label=_("Kata sandi sekarang"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 12 huruf. Kalimat pendek mudah diingat dan kuat."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Ulangi kata sandi baru"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both typings of the new password must agree."""
        values = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", _("Kedua kata sandi baru belum sama."))
        return values


class JobKindForm(forms.Form):
    """Jobs of one kind only."""

    rak = forms.CharField(widget=forms.HiddenInput)
    jenis = forms.ChoiceField(label=_("Jenis pekerjaan"), required=False, widget=Select)

    def __init__(self, kinds: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", _("Semua jenis")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField


class DiscardForm(forms.Form):
    """Why a job is thrown away."""

    alasan = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tercatat di jurnal bersama nama Anda."),
        error_messages={"required": _("Tulis alasannya: pekerjaan yang dibuang tidak kembali.")},
        max_length=300,
    )
