"""The form of who asks and the form of who answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.engines.questions import queries, rules
from balai.engines.questions.errors import ContactUnreadable, QuestionUnreadable
from balai.kernel.uuid7 import uuid7
from balai.ui import widgets


class AskForm(forms.Form):
    """A question, and how the answer comes back."""

    text = forms.CharField(
        label=_("Apa yang ingin Anda tanyakan?"),
        help_text=_("Ceritakan keperluan Anda dengan kata sehari-hari. Jangan tulis NIK atau nomor KK."),
        widget=widgets.Paragraph,
        error_messages={"required": QuestionUnreadable.template},
    )
    name = forms.CharField(
        label=_("Nama Anda"), required=False, max_length=rules.LONGEST_NAME, widget=widgets.NameInput
    )
    contact = forms.CharField(
        label=_("Nomor HP atau e-mail"),
        help_text=_("Jawaban dikirim ke sini. Jika dikosongkan, baca jawabannya dengan nomor dan PIN."),
        required=False,
        max_length=254,
        widget=widgets.ContactInput,
    )
    office = forms.ChoiceField(
        label=_("Kantor yang ditanya"),
        help_text=_("Tidak tahu kantornya? Biarkan saja, kami teruskan."),
        required=False,
        widget=widgets.Select,
    )
    sought = forms.CharField(required=False, max_length=rules.LONGEST_SOUGHT, widget=forms.HiddenInput)
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(office.code, office.name) for office in queries.offices_to_ask()]
        self.fields["office"].choices = [("", _("Tidak tahu")), *offices]  # type: ignore[attr-defined]  # the field is a ChoiceField

    def clean_text(self) -> str:
        """As it is kept, or with its sentence."""
        try:
            return rules.question_words(self.cleaned_data["text"])
        except QuestionUnreadable as refused:
            raise forms.ValidationError(refused.sentence) from None

    def clean_contact(self) -> str:
        """As typed: the action reads it once more."""
        try:
            rules.address_of(self.cleaned_data["contact"])
        except ContactUnreadable as refused:
            raise forms.ValidationError(refused.sentence) from None
        return str(self.cleaned_data["contact"])

    @property
    def question_id(self) -> UUID:
        """The id that was made with the form."""
        return self.cleaned_data.get("id") or uuid7()


class AnswerForm(forms.Form):
    """What the asker reads."""

    text = forms.CharField(
        label=_("Jawaban untuk warga"),
        help_text=_("Sebut layanan, kantor, dan syaratnya. Dibaca penanya apa adanya."),
        max_length=rules.LONGEST_ANSWER,
        widget=widgets.Paragraph(attrs={"rows": 6}),
    )
