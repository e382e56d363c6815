"""Make the area tables from the npm package idn-area-data, so that they can be made again and compared.

    .venv/bin/python tools/make_areas.py            # fetches the package with `npm pack`
    .venv/bin/python tools/make_areas.py --package /tmp/package

Writes the country's provinces, kabupaten/kota and kecamatan under src/balai/region/data/ and, for every
folder under governments/, that government's kecamatan, desa and kelurahan as areas.csv. The source's
code is MIT, its data ODbL 1.0; NOTICE files stand beside what is written.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = "idn-area-data@3.1.2"
ROOT = Path(__file__).resolve().parents[1]
COUNTRY = ROOT / "src" / "balai" / "region" / "data"
GOVERNMENTS = ROOT / "governments"
# Fourth group of the code (Permendagri 58/2021): 1xxx kelurahan, 2xxx desa, 3xxx desa adat.
KIND_BY_FIRST_DIGIT = {"1": "kelurahan", "2": "desa", "3": "desa"}
SPELLED_OTHERWISE = {"DKI": "DKI"}
NOTICE = """\
Area codes and names ({files}) are derived from the data of the npm package
{package} (https://www.npmjs.com/package/idn-area-data), Copyright (c) 2023 Fityan,
made available under the Open Database License (ODbL) 1.0:
https://opendatacommons.org/licenses/odbl/1-0/. The official source is Kepmendagri on area codes.
The derived tables are under the same licence; its text is in {licence}.
Changes: chosen columns, names of provinces and kabupaten/kota in title case, and for villages the kind
(desa, kelurahan) by the first digit of the last code group. Made by tools/make_areas.py.
"""

Row = dict[str, str]


def fetch(folder: Path) -> Path:
    """Download and unpack the package; return its folder."""
    made = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / made.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def rows_of(package: Path, table: str) -> Iterator[Row]:
    with (package / "data" / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def title_case(name: str) -> str:
    """ "KABUPATEN ACEH SELATAN" to "Kabupaten Aceh Selatan"; abbreviations stay."""
    return " ".join(SPELLED_OTHERWISE.get(word, word.capitalize()) for word in name.split())


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.relative_to(ROOT)}: {sum(1 for _ in path.open(encoding='utf-8')) - 1} rows")


def write_country(package: Path) -> None:
    upper = [*rows_of(package, "provinces"), *rows_of(package, "regencies")]
    write(
        COUNTRY / "provinces-regencies.csv",
        ("code", "name"),
        sorted((row["code"], title_case(row["name"])) for row in upper),
    )
    write(
        COUNTRY / "districts.csv",
        ("code", "name"),
        sorted((row["code"], row["name"]) for row in rows_of(package, "districts")),
    )
    licence = (package / "data" / "LICENSE.md").read_text(encoding="utf-8")
    (COUNTRY / "LICENSE-ODbL.md").write_text(licence, encoding="utf-8")
    files = "provinces-regencies.csv, districts.csv"
    notice = NOTICE.format(files=files, package=PACKAGE, licence="LICENSE-ODbL.md")
    (COUNTRY / "NOTICE").write_text(notice, encoding="utf-8")


def write_government(package: Path, folder: Path) -> None:
    """areas.csv of one government; the folder's name starts with its code without the dot."""
    digits = folder.name.partition("-")[0]
    code = f"{digits[:2]}.{digits[2:]}"
    districts = [(row["code"], row["name"], "kecamatan") for row in rows_of(package, "districts")]
    villages = [
        (row["code"], row["name"], KIND_BY_FIRST_DIGIT[row["code"].split(".")[3][0]])
        for row in rows_of(package, "villages")
    ]
    own = sorted(row for row in (*districts, *villages) if row[0].startswith(f"{code}."))
    write(folder / "areas.csv", ("code", "name", "kind"), own)
    licence = "src/balai/region/data/LICENSE-ODbL.md"
    notice = NOTICE.format(files="areas.csv", package=PACKAGE, licence=licence)
    (folder / "NOTICE").write_text(notice, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--package", type=Path, help="unpacked package; default: fetch it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = chosen.package or fetch(Path(folder))
        write_country(package)
        for government in sorted(path for path in GOVERNMENTS.glob("[0-9]*") if path.is_dir()):
            write_government(package, government)


if __name__ == "__main__":
    main()
