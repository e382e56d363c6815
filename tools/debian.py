"""What the tests need from the machine: found, installed where that is allowed, or named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


class Missing(Exception):
    """Something is not there and may not be installed; the message says what, and the command that does."""


def root_prefix() -> list[str] | None:
    """How to run a command as root: [] as root, sudo where it asks no password, None where neither."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install(*packages: str) -> None:
    """Install Debian packages; raise Missing with the one command where that is not allowed."""
    command = f"sudo apt-get install {' '.join(packages)}"
    prefix = root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        raise Missing(f"{', '.join(packages)} is missing and may not be installed from here. Run: {command}")
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*quiet, *step], stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            print(f"`apt-get {step[0]}` failed", file=sys.stderr)
    # What counts is what is there afterwards: the caller looks again.


def need_program(name: str, package: str) -> str:
    """The path of a program, installed from `package` when it is missing."""
    if not shutil.which(name):
        install(package)
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is missing: sudo apt-get install {package}")
    return found
