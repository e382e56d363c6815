"""Translation files become what Python's gettext reads, without any program of the system."""

from __future__ import annotations

import gettext
from pathlib import Path

from config.translations import compile_catalogues

PO = """# A comment.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Kata \\"itu\\""
msgstr ""
"That “word”\\n"
"of two lines"

msgid "belum"
msgstr ""

msgid "%(n)s surat"
msgid_plural "%(n)s surat"
msgstr[0] "%(n)s letter"
msgstr[1] "%(n)s letters"
"""


def write(folder: Path, text: str = PO) -> Path:
    path = folder / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder


def read(folder: Path) -> gettext.NullTranslations:
    return gettext.translation("django", folder, ["en"])


def test_python_reads_what_was_compiled(tmp_path: Path) -> None:
    english = read(compile_catalogues(write(tmp_path / "source"), tmp_path / "made"))
    assert english.gettext('Kata "itu"') == "That “word”\nof two lines"
    assert english.gettext("belum") == "belum"
    assert [english.ngettext("%(n)s surat", "%(n)s surat", n) for n in (1, 2)] == [
        "%(n)s letter",
        "%(n)s letters",
    ]


def test_only_a_changed_source_is_compiled_again(tmp_path: Path) -> None:
    made = compile_catalogues(write(tmp_path / "source"), tmp_path / "made")
    compiled = made / "en" / "LC_MESSAGES" / "django.mo"
    before = compiled.stat()
    compile_catalogues(tmp_path / "source", made)
    assert compiled.stat().st_ino == before.st_ino
    compile_catalogues(write(tmp_path / "source", PO.replace("That", "This")), made)
    assert compiled.stat().st_ino != before.st_ino
    assert sorted(path.name for path in compiled.parent.iterdir()) == ["django.mo", "django.sha256"]
