"""Forms, stored answers and JSON Schema, all made from one definition."""

from balai.catalogue.forms.answers import FieldFault, FormErrors, clean_answers, clean_found, prefilled
from balai.catalogue.forms.build import AnswersForm, build_form, pages_for, typed_answers
from balai.catalogue.forms.json_schema import json_schema
from balai.catalogue.forms.shown import (
    RAW,
    FieldWarning,
    ShownAnswer,
    ShownRow,
    derived_names,
    letter_data,
    officer_warnings,
    personal_fields,
    shown_answers,
)
from balai.catalogue.forms.typed import belongs_to, typed_values, with_row_changed

__all__ = [
    "RAW",
    "AnswersForm",
    "FieldFault",
    "FieldWarning",
    "FormErrors",
    "ShownAnswer",
    "ShownRow",
    "belongs_to",
    "build_form",
    "clean_answers",
    "clean_found",
    "derived_names",
    "json_schema",
    "letter_data",
    "officer_warnings",
    "pages_for",
    "personal_fields",
    "prefilled",
    "shown_answers",
    "typed_answers",
    "typed_values",
    "with_row_changed",
]
