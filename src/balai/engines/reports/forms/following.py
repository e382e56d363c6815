"""What somebody behind a report may say: an answer, a verdict, that she takes it back, or "me too"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import Verdict
from balai.engines.reports.errors import TooManyPhotos
from balai.engines.reports.forms.asking import read_contact, said
from balai.engines.reports.forms.photos import PhotosField
from balai.engines.reports.models import Voice
from balai.files import actions as files
from balai.kernel.references import Subject
from balai.people.contacts import Contact
from balai.ui import widgets

MOST_PHOTOS = 3


class ReplyForm(forms.Form):
    """An answer to what the officer asked."""

    text = forms.CharField(
        label=_("Jawaban Anda"),
        help_text=_(
            "Hanya dibaca petugas. Fotonya tampil setelah diperiksa petugas, bila laporan Anda terbuka."
        ),
        widget=widgets.Paragraph(),
        max_length=4000,
        error_messages={"required": _("Tulis jawaban Anda.")},
    )
    foto = PhotosField(_("Foto"))

    def clean_text(self) -> str:
        """Words that can be kept."""
        return said(self.cleaned_data["text"])


class VerdictForm(forms.Form):
    """Whether what the agency calls done is done."""

    verdict = forms.ChoiceField(
        label=_("Benar sudah beres?"),
        widget=widgets.Radios,
        choices=Verdict.choices,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih dari daftar.")},
    )
    note = forms.CharField(
        label=_("Catatan untuk petugas"),
        help_text=_("Misalnya apa yang masih kurang."),
        widget=widgets.Paragraph({"rows": 3}),
        max_length=500,
        required=False,
    )
    foto = PhotosField(_("Foto keadaan sekarang"))

    def clean_note(self) -> str:
        """Words that can be kept."""
        return said(self.cleaned_data["note"], least=0)


class JoinForm(forms.Form):
    """ "Saya juga": nothing need be said."""

    kontak = forms.CharField(
        label=_("Nomor HP atau e-mail untuk kabar"),
        help_text=_("Supaya Anda tahu saat dijawab. Tanpa ini, ikuti dengan nomor dan PIN."),
        widget=widgets.ContactInput(),
        max_length=200,
        required=False,
    )
    note = forms.CharField(
        label=_("Yang ingin Anda tambahkan"),
        help_text=_("Hanya dibaca petugas."),
        widget=widgets.Paragraph({"rows": 3}),
        max_length=500,
        required=False,
    )

    def clean_kontak(self) -> Contact | None:
        """A phone number or an e-mail address."""
        typed = self.cleaned_data["kontak"].strip()
        return read_contact(typed) if typed else None

    def clean_note(self) -> str:
        """Words that can be kept."""
        return said(self.cleaned_data["note"], least=0)


def owner_of(voice: Voice) -> Subject:
    """Whom photos belong to between their arrival and the answer that they are part of."""
    return Subject("reports.reply", str(voice.pk))


def store_photos(voice: Voice, sent: Sequence[UploadedFile[Any]]) -> list[UUID]:
    """Stage the photos of an answer or a verdict. Raises TooManyPhotos, FileRefused."""
    if len(sent) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    owner = owner_of(voice)
    return [UUID(str(files.store(by=NOBODY, owner=owner, file=each, allow="photo").pk)) for each in sent]
