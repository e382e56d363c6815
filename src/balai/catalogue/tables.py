"""A whole TOML file as one checked shape, its faults with their lines."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.source import Source, read_source
from balai.kernel.toml_lines import Path

Shape = TypeVar("Shape")


def read_tables(
    file: FilePath, label: str, shape: TypeAdapter[Shape], faults: list[Fault]
) -> tuple[Shape, Source] | None:
    """What the file says; None, and its faults added, when it is absent or wrong."""
    if not file.exists():
        return None
    try:
        source = read_source(file, label)
        return shape.validate_python(source.data), source
    except CatalogueRefused as refused:
        faults += refused.faults
    except ValidationError as error:
        faults += [source.fault(*_about_key(path, sentence)) for path, sentence in pydantic_faults(error)]
    return None


def _about_key(path: Path, sentence: str) -> tuple[Path, str]:
    """pydantic calls a key of a table "[key]"; authors know it by what they wrote."""
    if path[-1:] != ("[key]",):
        return path, sentence
    return path[:-1], sentence.replace('"[key]"', f'"{path[-2]}"')
