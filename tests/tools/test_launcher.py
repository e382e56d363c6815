"""The launcher on machines that lack something, played by programs of our own on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BASE = ("sh", "dirname", "pwd", "cat", "cut", "sha256sum", "flock", "env", "rm", "mkdir")

# Stands for Debian's python3 without python3-venv: new enough, and `import ensurepip` fails until apt ran.
BARE_PYTHON = """#!/bin/sh
case "$*" in
*"import ensurepip"*) [ -f "$0.venv" ] ;;
*"sys.version_info < "*) exit 0 ;;
*"python%d.%d-venv"*) echo python3.11-venv ;;
*) echo "ran: $*"; exit 1 ;;
esac
"""


def machine(folder: Path, programs: dict[str, str]) -> Path:
    """A PATH with the base system and the given programs, and a checkout with nothing but the launcher."""
    path = folder / "bin"
    path.mkdir()
    for name in BASE:
        found = shutil.which(name)
        if found:
            (path / name).symlink_to(found)
    for name, text in programs.items():
        (path / name).write_text(text)
        (path / name).chmod(0o755)
    shutil.copy(PROJECT / "balai", folder / "balai")
    (folder / "requirements").mkdir()
    (folder / "requirements" / "run.lock").write_text("")
    (folder / "requirements" / "test.lock").write_text("")
    return path


def launch(folder: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path), "HOME": os.environ.get("HOME", "/")}
    command = [str(folder / "balai"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    done = launch(tmp_path, machine(tmp_path, {}), "start")
    assert done.returncode == 2
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_an_older_python_does_not_count(tmp_path: Path) -> None:
    done = launch(tmp_path, machine(tmp_path, {"python3": "#!/bin/sh\nexit 1\n"}), "start")
    assert "Balai needs Python 3.11 or newer" in done.stderr


def test_without_the_right_to_install_the_one_command_is_printed(tmp_path: Path) -> None:
    path = machine(
        tmp_path, {"python3": BARE_PYTHON, "id": "#!/bin/sh\necho 1000\n", "apt-get": "#!/bin/sh\n"}
    )
    done = launch(tmp_path, path, "start")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "  sudo apt-get install python3.11-venv"


@pytest.mark.parametrize(
    "rights",
    [
        {"id": "#!/bin/sh\necho 0\n"},
        {"id": "#!/bin/sh\necho 1000\n", "sudo": '#!/bin/sh\nshift\nexec "$@"\n'},
    ],
    ids=["root", "sudo"],
)
def test_with_the_right_to_install_the_venv_module_is_installed(
    rights: dict[str, str], tmp_path: Path
) -> None:
    install = f'case "$*" in *install*) : > {tmp_path}/bin/python3.venv ;; esac'
    apt = f'#!/bin/sh\necho "$@" >> {tmp_path}/apt\n{install}\n'
    path = machine(tmp_path, {"python3": BARE_PYTHON, "true": "#!/bin/sh\n", "apt-get": apt, **rights})
    done = launch(tmp_path, path, "start")
    assert (tmp_path / "apt").read_text().splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends python3.11-venv",
    ]
    assert f"ran: -m venv --clear {tmp_path}/.venv" in done.stdout


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("help",), 0), (("strat",), 2)])
def test_help_names_every_command(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    done = launch(tmp_path, machine(tmp_path, {}), *arguments)
    assert done.returncode == code
    commands = (
        "start",
        "backup",
        "restore",
        "manage",
        "catalogue check",
        "catalogue preview",
        "check",
        "test",
        "bench",
    )
    assert all(f"\n  {command} " in done.stdout + done.stderr for command in commands)


def test_an_unknown_command_is_repeated(tmp_path: Path) -> None:
    done = launch(tmp_path, machine(tmp_path, {}), "strat")
    assert done.stderr.startswith('Balai does not know the command "strat".\n')
