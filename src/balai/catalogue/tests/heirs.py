"""A small service with a group: heirs, some with a guardian. Not a test."""

from __future__ import annotations

from datetime import date
from typing import Any

from balai.catalogue.tests.conftest import SERVICE

TODAY = date(2026, 11, 21)
GROUP = """[[page.field]]
id = "heirs"
kind = "group"
label = "Para ahli waris"
row = "Ahli waris"
max_rows = 3

[[page.field.field]]
id = "name"
kind = "name"
label = "Nama"

[[page.field.field]]
id = "nik"
kind = "nik"
label = "NIK"
required = false
matches = { birth_date = "born_on" }

[[page.field.field]]
id = "born_on"
kind = "date"
label = "Lahir"
required = false

[[page.field.field]]
id = "is_adult"
kind = "yes_no"
label = "Dewasa?"

[[page.field.field]]
id = "guardian"
kind = "name"
label = "Wali"
when = { field = "is_adult", is = false }

[[page.field.field]]
id = "share"
kind = "rupiah"
label = "Bagian"
when = { field = "has_child", is = true }

"""
WITH_GROUP = SERVICE.replace("[[step]]", f"{GROUP}[[step]]", 1)
BUDI = {"name": "Budi", "is_adult": True}
ANI = {
    "name": "Ani",
    "is_adult": False,
    "guardian": "Siti",
    "nik": "3505105708950001",
    "born_on": "1995-08-18",
}
GOOD: dict[str, Any] = {"who": "Siti", "has_child": False, "heirs": [BUDI, ANI]}
