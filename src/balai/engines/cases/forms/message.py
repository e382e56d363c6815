"""A message to the office, kept as a draft when the session ended before it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema import FieldSpec, Page
from balai.engines.cases.forms.application import TYPED
from balai.engines.cases.models import Case
from balai.sync import actions as sync
from balai.sync import queries as drafts

if TYPE_CHECKING:
    from balai.people.models import Citizen

KIND = "cases.message"
TEXT = "text"
LONGEST = 2000
FORM_KEY = "kunci"
PAGE = Page.model_construct(
    id="message",
    title="",
    help=None,
    when=(),
    field=(FieldSpec(id=TEXT, kind="paragraph", label="Pesan"),),
)


class MessageForm(forms.Form):
    """A question or remark about one's own application."""

    text = forms.CharField(
        label=_("Tulis pesan untuk petugas"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def new_key() -> str:
    """What tells one drawing of the form from the next."""
    return str(uuid4())


def key_for(form_key: str, text: str) -> str:
    """The same form sent again with the same words is one message; "" for a form without a key.

    Other words from the same form, as after going back, are another message.
    """
    try:
        return str(uuid5(UUID(form_key), text))
    except ValueError:
        return ""


def kept_message(citizen: Citizen, case: Case) -> dict[str, Any]:
    """What was typed before the session ended, as a form's initial values."""
    draft = drafts.draft(citizen.as_subject(), KIND, case.number)
    typed = draft.data.clear.get(f"{TYPED}{TEXT}") if draft else None
    return {TEXT: typed[0]} if typed else {}


def forget(citizen: Citizen, case: Case) -> None:
    """The message has arrived."""
    sync.discard(by=citizen.as_actor(), owner=citizen.as_subject(), kind=KIND, about=case.number)
