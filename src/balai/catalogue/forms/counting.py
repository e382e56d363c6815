"""What of a form counts: a question whose condition fails is dropped, with what was typed and its errors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from balai.catalogue import kinds
from balai.catalogue.forms.comparing import require_fitting
from balai.catalogue.kinds.sentences import refusal
from balai.catalogue.schema import FieldSpec
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.form import When, is_upload
from balai.kernel.errors import ValueRefused

Answers = dict[str, Any]


class CountingForm(forms.Form):
    """After `is_valid()`, `answers` holds the stored form of what counts, in the order asked.

    Conditional fields are always in the form, because a page without scripts must show them; whether one
    counts is decided here, on the server.
    """

    use_required_attribute = False
    asked: list[tuple[When, FieldSpec]]
    # Answers given elsewhere, as ground for conditions.
    ground: Mapping[str, Any]
    today: date
    answers: Answers

    @property
    def answers_so_far(self) -> Answers:
        """Answers given elsewhere and, after cleaning, here."""
        return {**self.ground, **self.answers}

    def clean(self) -> dict[str, Any]:
        """Keep what counts, in the order asked, so that a hidden answer can show nothing else."""
        self.answers = {}
        for when, spec in self.asked:
            if holds(when, self.answers_so_far, self.today):
                self.keep(spec)
            else:
                self.cleaned_data.pop(spec.id, None)
                self.errors.pop(spec.id, None)
        return self.cleaned_data

    def keep(self, spec: FieldSpec) -> None:
        """Take the answer to a question that is asked."""
        value = self.cleaned_data.get(spec.id)
        if value is None or value == "" or is_upload(spec):
            return
        stored = kinds.kind(spec.kind).to_json(value)
        try:
            require_fitting(spec, stored, self.answers_so_far, self.label_of)
        except ValueRefused as refused:
            self.add_error(spec.id, refusal(refused))
        else:
            self.answers[spec.id] = stored

    def label_of(self, name: str) -> str:
        """What another question is called; a form that knows more than its own pages says more."""
        return next((spec.label for _when, spec in self.asked if spec.id == name), name)
