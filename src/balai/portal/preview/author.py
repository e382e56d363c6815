"""What an author has in her folder just now: the definition, its faults, its examples, and its version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balai.catalogue import loader
from balai.catalogue.examples import read_examples, walk
from balai.catalogue.faults import Fault
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema import Example, ServiceDefinition
from balai.government import current
from balai.runtime.errors import NotFound


@dataclass(frozen=True)
class Draft:
    """One look at the folder. `service` is the last sound definition, None while there was none.

    `is_current` is whether it is what the files say now; otherwise `faults` say why not.
    """

    service: ServiceDefinition | None
    is_current: bool
    faults: tuple[Fault, ...]
    examples: tuple[Example, ...]

    def example(self, name: str) -> Example | None:
        """The example of this file name; without it "ordinary", else the first one that is to be good."""
        for wanted in (name, "ordinary"):
            for each in self.examples:
                if each.name == wanted:
                    return each
        good = (each for each in self.examples if each.expect.valid is not False and not each.expect.errors)
        return next(good, None)


class Author:
    """Reads one service folder again and again; keeps the last definition that was sound."""

    def __init__(self, folder: Path, service_id: str) -> None:
        """Raises NotFound when there is no such service folder."""
        self.folder, self.service_id = folder, service_id
        if not (folder / service_id / loader.SERVICE_FILE).is_file():
            raise NotFound(service_id)
        self._sound: ServiceDefinition | None = None
        self._seen: tuple[str, Draft] | None = None

    def version(self) -> str:
        """Changes with every saved file of the service and of what services share."""
        found = hashlib.sha256()
        for path in self._files():
            try:
                stat = path.stat()
            except OSError:  # an editor replaces a file by another one
                continue
            found.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
        return found.hexdigest()[:16]

    def look(self) -> Draft:
        """The folder as it is now; read again only when a file has changed."""
        version = self.version()
        if self._seen is None or self._seen[0] != version:
            self._seen = (version, self._read())
        return self._seen[1]

    def _files(self) -> Iterator[Path]:
        for folder in (self.folder / self.service_id, self.folder / SHARED):
            yield from sorted(path for path in folder.rglob("*") if path.is_file())

    def _read(self) -> Draft:
        town = current()
        reading = loader.read(self.folder, home=loader.home_of(town))
        found = {each.id: each for each in reading.definitions}.get(self.service_id)
        label, shared = f"{self.folder.name}/{self.service_id}", f"{self.folder.name}/{SHARED}"
        faults = [fault for fault in reading.faults if fault.file.startswith((f"{label}/", f"{shared}/"))]
        # What is wrong among shared files is shown; it stops this service only where it could not be read.
        is_sound = found is not None and not any(fault.file.startswith(f"{label}/") for fault in faults)
        self._sound = found if is_sound else self._sound or found
        examples, of_examples = read_examples(self.folder / self.service_id, label)
        faults += of_examples
        if is_sound and found is not None:
            for example, source in examples:
                faults += [source.fault(path, sentence) for path, sentence in walk(found, example)]
        return Draft(
            self._sound, is_sound, tuple(sorted(set(faults))), tuple(example for example, _source in examples)
        )
