"""What people say for what services are called, as data: `services/_shared/synonyms.toml`.

A phrase that people say stands for other words; those may hold phrases again, but never lead back. The
words that were typed count as well: of both readings the better one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath

from pydantic import Field, TypeAdapter

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema.base import Line, Part
from balai.catalogue.schema.listed import Listed
from balai.catalogue.source import Source
from balai.catalogue.tables import read_tables
from balai.catalogue.words import words_of
from balai.kernel.toml_lines import Path

SYNONYMS_FILE = "synonyms.toml"
Phrase = tuple[str, ...]


class Synonym(Part):
    """Phrases with one meaning: all of `say` stand for `mean`."""

    say: tuple[Line, ...] = Field(min_length=1)
    mean: Line


class SynonymFile(Part):
    """The whole file; `ignore` lists words that say nothing about a service."""

    ignore: tuple[Line, ...] = ()
    synonym: tuple[Synonym, ...] = ()


class Synonyms:
    """Ready to be used on a query."""

    def __init__(self, file: SynonymFile | None = None) -> None:
        file = file or SynonymFile()
        self._ignored = frozenset(word for line in file.ignore for word in words_of(line))
        self._meanings = _resolved(file)
        self._longest = max(map(len, self._meanings), default=0)

    def meaningful(self, words: Sequence[str]) -> list[str]:
        """The words that say something; all of them when none does."""
        return [word for word in words if word not in self._ignored] or list(words)

    def spelt(self, words: Sequence[str]) -> list[str]:
        """The words with what people say put as services say it, the longest phrases first."""
        return list(_replaced(words, self._meanings, self._longest))


def read_synonyms(folder: FilePath, faults: list[Fault]) -> Synonyms:
    """The synonyms of a catalogue; none, and its faults added, when the file is wrong."""
    read = _read(folder, faults)
    if read is None:
        return Synonyms()
    file, source = read
    found = list(unsound(file))
    faults += [source.fault(path, sentence) for path, sentence in found]
    return Synonyms() if found else Synonyms(file)


def unsound(file: SynonymFile) -> Iterator[tuple[Path, str]]:
    """(path, sentence) for each phrase that stands twice or leads back to itself."""
    yield from _repeated(file)
    yield from _circles(file)


def dead_ends(folder: FilePath, services: Iterable[Listed]) -> list[Fault]:
    """Meanings that no service uses: they help nobody, but a town starts with them."""
    read = _read(folder, [])
    if read is None or any(unsound(read[0])):
        return []
    return [read[1].fault(path, sentence) for path, sentence in _unknown(read[0], services)]


def _read(folder: FilePath, faults: list[Fault]) -> tuple[SynonymFile, Source] | None:
    label = f"{folder.name}/{SHARED}/{SYNONYMS_FILE}"
    return read_tables(folder / SHARED / SYNONYMS_FILE, label, TypeAdapter(SynonymFile), faults)


def _phrases(file: SynonymFile) -> Iterator[tuple[Path, Phrase, Phrase]]:
    for at, each in enumerate(file.synonym):
        for position, said in enumerate(each.say):
            yield ("synonym", at, "say", position), tuple(words_of(said)), tuple(words_of(each.mean))


def _repeated(file: SynonymFile) -> Iterator[tuple[Path, str]]:
    seen: set[Phrase] = set()
    for path, said, _ in _phrases(file):
        if not said:
            yield path, "there is no word in it."
        elif said in seen:
            yield path, f'"{" ".join(said)}" stands twice.'
        seen.add(said)


def _circles(file: SynonymFile) -> Iterator[tuple[Path, str]]:
    meanings = {said: mean for _, said, mean in _phrases(file)}
    for path, said, _ in _phrases(file):
        if circle := _circle(said, meanings, (said,)):
            yield path, f"this leads back to itself: {' → '.join(' '.join(each) for each in circle)}."


def _circle(said: Phrase, meanings: Mapping[Phrase, Phrase], way: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The way from a phrase back to the first of `way`; () when there is none."""
    for each in _inside(meanings[said], meanings):
        if each == way[0]:
            return (*way, each)
        if each not in way and (found := _circle(each, meanings, (*way, each))):
            return found
    return ()


def _inside(words: Phrase, meanings: Mapping[Phrase, Phrase]) -> set[Phrase]:
    spans = ((at, end) for at in range(len(words)) for end in range(at + 1, len(words) + 1))
    return {words[at:end] for at, end in spans if words[at:end] in meanings}


def _unknown(file: SynonymFile, services: Iterable[Listed]) -> Iterator[tuple[Path, str]]:
    known = {
        word
        for each in services
        for word in words_of(" ".join((each.title, each.slug, each.summary, *each.keywords)))
    }
    meanings = {said: mean for _, said, mean in _phrases(file)}
    for at, each in enumerate(file.synonym):
        mean = _replaced(words_of(each.mean), meanings, max(map(len, meanings)))
        for word in dict.fromkeys(mean):
            if word not in known:
                yield ("synonym", at, "mean"), f'no service knows the word "{word}".'


def _resolved(file: SynonymFile) -> dict[Phrase, Phrase]:
    meanings = {said: mean for _, said, mean in _phrases(file)}
    longest = max(map(len, meanings), default=0)
    for _ in range(len(meanings)):
        spelt = {said: tuple(_replaced(mean, meanings, longest)) for said, mean in meanings.items()}
        if spelt == meanings:
            break
        meanings = spelt
    return meanings


def _replaced(words: Sequence[str], meanings: Mapping[Phrase, Phrase], longest: int) -> Iterator[str]:
    at = 0
    while at < len(words):
        lengths = range(min(longest, len(words) - at), 0, -1)
        said = next((p for n in lengths if (p := tuple(words[at : at + n])) in meanings), None)
        yield from meanings[said] if said else (words[at],)
        at += len(said) if said else 1
