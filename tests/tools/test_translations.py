from __future__ import annotations

from pathlib import Path

import pytest

from citizen_shell import is_read_by_citizens
from translations import faults_of, main, messages_of_python, messages_of_template, too_little

KNOWN = {"Halo %(name)s", "Simpan"}


def write(folder: Path, text: str) -> Path:
    (folder / "django.po").write_text(text)
    return folder / "django.po"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "Buang"\nmsgstr "Discard"\n', ":1: nobody says this any more: 'Buang'"),
        ('msgid "Halo %(name)s"\nmsgstr "Hello"\n', ":1: the placeholders differ from the original: 'Hello'"),
        ('#, fuzzy\nmsgid "Simpan"\nmsgstr "Keep"\n', ":1: a guess (fuzzy); settle it"),
    ],
)
def test_a_wrong_translation_is_named_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    po = write(tmp_path, text)
    assert list(faults_of(po, KNOWN)) == [f"{po}{said}"]


@pytest.mark.parametrize(
    "text",
    [
        'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "Halo %(name)s"\nmsgstr ""\n"Hello "\n"%(name)s"\n',
        'msgid "Simpan"\nmsgstr ""\n',
    ],
    ids=["in several lines", "not translated yet"],
)
def test_a_right_translation_passes(text: str, tmp_path: Path) -> None:
    assert list(faults_of(write(tmp_path, text), KNOWN)) == []


def test_sentences_of_python_are_found() -> None:
    assert list(messages_of_python("a = _('Simpan')\nb = ngettext('satu', 'banyak', 2)\n")) == [
        "Simpan",
        "satu",
        "banyak",
    ]


def test_sentences_of_templates_are_found() -> None:
    template = (
        '{% translate "Simpan" %}{% blocktranslate trimmed %}\n Halo {{ name }}\n{% endblocktranslate %}'
    )
    assert list(messages_of_template(template)) == ["Simpan", "Halo %(name)s"]


def test_the_repository_has_no_wrong_translation() -> None:
    assert main() == 0


def test_a_language_that_says_too_little_of_the_citizen_s_shell_is_refused(tmp_path: Path) -> None:
    po = write(tmp_path, 'msgid "Simpan"\nmsgstr "Save"\n\nmsgid "Halo %(name)s"\nmsgstr ""\n')
    assert list(too_little(po, {"Simpan"})) == []
    assert list(too_little(po, KNOWN)) == [
        f"{po}: 50.0% of what citizens read, at least 95%; missing: 'Halo %(name)s' ..."
    ]


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("balai/portal/forms.py", True),
        ("balai/portal/tests/test_forms.py", False),
        ("balai/desk/forms.py", False),
        ("balai/engines/cases/forms/home.py", True),
        ("balai/engines/cases/forms/officer.py", False),
    ],
)
def test_what_citizens_read_is_told_by_its_place(path: str, is_read: bool) -> None:
    assert is_read_by_citizens(path) == is_read


def test_percent_signs_of_templates_are_doubled_as_django_looks_them_up() -> None:
    assert list(messages_of_template('{% translate "200 % besar" %}')) == ["200 %% besar"]
