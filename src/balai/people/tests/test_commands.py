"""The commands of docs/operators/accounts.md."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from balai import government
from balai.people import queries
from balai.people.models import Officer, Person, Role
from balai.people.tests.factories import (
    BENCE,
    BUDI_NIK,
    PASSWORD,
    SAWENTAR,
    SITI,
    SITI_NIK,
    make_area,
    make_officer,
    make_person,
)

pytestmark = pytest.mark.django_db


def run(monkeypatch, *arguments: str, typed: str = PASSWORD) -> str:
    """The command's output; `typed` is what stands on its standard input."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_officer_is_created_assigned_and_found(monkeypatch):
    make_area()
    run(monkeypatch, "role_load")
    run(monkeypatch, "officer_create", "operator.x", "Sri Wahyuni", "--title=Petugas", "--password-stdin")
    said = run(monkeypatch, "officer_assign", "operator.x", "village-operator", SAWENTAR, "--from=2020-01-01")
    assert said == f"operator.x is village-operator at {SAWENTAR} from 2020-01-01.\n"
    officer = queries.officer_by_login("operator.x")
    assert officer.account.check_password(PASSWORD)
    assert officer.has_permission("people.prove", SAWENTAR)


def test_assignment_ends(monkeypatch):
    officer = make_officer(office_code=SAWENTAR)
    role = officer.assignments.get().role_id
    login_name = officer.account.login_name
    said = run(monkeypatch, "officer_assign", login_name, role, SAWENTAR, "--end=2020-12-31")
    assert said == "1 assignment(s) end with 2020-12-31.\n"
    assert queries.officer_by_login(login_name).office_codes() == frozenset()


@pytest.mark.parametrize(
    "arguments",
    [
        ("officer_assign", "nobody", "village-operator", SAWENTAR),
        ("officer_assign", "{}", "no-such-role", SAWENTAR),
        ("officer_assign", "{}", "village-operator", SAWENTAR, "--from=31-02-2026"),
        ("officer_assign", "{}", "village-operator", SAWENTAR, "--from=2026-02-02", "--to=2026-02-01"),
        ("officer_create", "Tidak Sah", "Sri", "--password-stdin"),
        ("officer_create", "sri", "", "--password-stdin"),
        ("officer_password", "nobody", "--password-stdin"),
        ("officer_totp_reset", "nobody"),
        ("person_import", "/no/such/file.csv"),
    ],
)
def test_senseless_arguments_end_with_a_sentence(monkeypatch, arguments):
    login_name = make_officer().account.login_name
    with pytest.raises(CommandError):
        run(monkeypatch, *(argument.format(login_name) for argument in arguments))


@pytest.mark.parametrize(
    ("role", "office", "sentence"),
    [
        ("no-such-role", SAWENTAR, "There is no role no-such-role. Roles: .*village-operator"),
        ("village-operator", "99", "There is no office 99"),
    ],
)
def test_assigning_says_whether_role_or_office_is_not_there(monkeypatch, role, office, sentence):
    login_name = make_officer().account.login_name
    run(monkeypatch, "role_load")
    with pytest.raises(CommandError, match=sentence):
        run(monkeypatch, "officer_assign", login_name, role, office)


def test_password_is_replaced_unless_it_is_weak(monkeypatch):
    officer = make_officer()
    login_name = officer.account.login_name
    with pytest.raises(CommandError, match="Kata sandi belum cukup kuat"):
        run(monkeypatch, "officer_password", login_name, "--password-stdin", typed="pendek")
    run(monkeypatch, "officer_password", login_name, "--password-stdin", typed="gamelan-malam-jumat")
    assert queries.officer_by_login(login_name).account.check_password("gamelan-malam-jumat")


def test_totp_is_reset(monkeypatch):
    officer = make_officer()
    Officer.objects.update(totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    run(monkeypatch, "officer_totp_reset", officer.account.login_name)
    assert Officer.objects.get().totp_secret is None


def test_roles_are_those_of_the_government_and_a_second_run_changes_none(monkeypatch):
    run(monkeypatch, "role_load")
    roles = government.current().roles
    assert set(Role.objects.values_list("code", flat=True)) == {role.code for role in roles}
    assert run(monkeypatch, "role_load").endswith(f"{len(roles)} roles, 0 of them changed.\n")


HEADING = "nik;name;sex;birth_on;area_code"
GOOD = f"{SITI_NIK};Siti Aminah;P;17-08-1995;{SAWENTAR}"


@pytest.fixture
def write(tmp_path):
    def write_lines(*lines: str, encoding: str = "utf-8-sig"):
        path = tmp_path / "warga.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return str(path)

    make_area()
    return write_lines


def faults(monkeypatch, path: str) -> list[str]:
    out = io.StringIO()
    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("person_import", path, stdout=out, stderr=out)
    assert Person.objects.count() == 0
    return out.getvalue().splitlines()


def test_register_is_imported(monkeypatch, write):
    path = write(HEADING, GOOD, "", f"{BUDI_NIK};Budi;L;17 Agustus 1995;{SAWENTAR}")
    assert run(monkeypatch, "person_import", path) == "2 people imported, 0 were on record already.\n"
    assert queries.facts_of(queries.person_by_nik(SITI_NIK)) == {
        "nik": SITI_NIK,
        "name": "Siti Aminah",
        "sex": "female",
        "birth_on": "1995-08-17",
        "area_code": SAWENTAR,
    }


def test_register_is_read_twice_without_harm(monkeypatch, write):
    path = write(HEADING, GOOD)
    run(monkeypatch, "person_import", path)
    assert run(monkeypatch, "person_import", path) == "0 people imported, 1 were on record already.\n"


def test_register_with_labels_commas_and_quotes_is_read(monkeypatch, write):
    path = write("NIK,Nama lengkap,Alamat,Desa atau kelurahan", f'{SITI_NIK},"Siti, S.Pd.",Jl. 1,{SAWENTAR}')
    run(monkeypatch, "person_import", path)
    assert Person.objects.get().name == "Siti, S.Pd."


def test_checking_imports_nothing(monkeypatch, write):
    said = run(monkeypatch, "person_import", write(HEADING, GOOD), "--check")
    assert said == "1 people would be imported, 0 were on record already.\n"
    assert Person.objects.count() == 0


def test_every_fault_is_listed_with_line_and_column_and_nothing_imported(monkeypatch, write):
    path = write(
        HEADING,
        GOOD,
        f"123;Budi;X;31-02-1995;{SAWENTAR}",
        f"{BUDI_NIK};;L;;{BENCE}",
        "satu;dua",
        GOOD.replace("Aminah", "Lain"),
    )
    assert faults(monkeypatch, path) == [
        "baris 3, kolom 1 (NIK): NIK terdiri atas 16 angka",
        "baris 3, kolom 3 (Jenis kelamin): tulis perempuan atau laki-laki",
        "baris 3, kolom 4 (Tanggal lahir): tanggal itu tidak ada di kalender",
        "baris 4, kolom 2 (Nama lengkap): wajib diisi",
        "baris 4, kolom 5 (Desa atau kelurahan): kode desa ini tidak ada di pemerintah daerah ini",
        "baris 5: jumlah kolom di baris ini berbeda dari judulnya",
        "baris 6, kolom 1 (NIK): NIK ini sudah ada di baris sebelumnya",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("nik;nama ibu;nik", "1;2;3"), 4),
        ((HEADING,), 1),
        ((), 3),
        (("\0",), 1),
    ],
)
def test_file_that_is_no_register_is_refused(monkeypatch, write, lines, expected):
    assert len(faults(monkeypatch, write(*lines))) >= expected - 1


def test_file_in_another_encoding_is_told_where(monkeypatch, write):
    path = write(HEADING, GOOD, GOOD.replace("Siti", "Sîti"), encoding="latin-1")
    assert faults(monkeypatch, path) == ["baris 3: simpan berkas sebagai CSV UTF-8"]


def test_person_on_record_with_other_data_is_a_fault(monkeypatch, write):
    make_person(**SITI | {"name": "Siti Lain"})
    with pytest.raises(CommandError):
        run(monkeypatch, "person_import", write(HEADING, GOOD))
    assert Person.objects.get().name == "Siti Lain"
