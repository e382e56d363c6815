from __future__ import annotations

from pathlib import Path

import pytest

from translations import faults_of, main, messages_of_python, messages_of_template

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
