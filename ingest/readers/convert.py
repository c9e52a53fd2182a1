"""Old and foreign word processor files (.doc, .rtf, .odt) to .docx by LibreOffice, in a profile of its own.

Never to plain text: text that was deleted, or a merged cell, could not be told there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.readers.kinds import Kind
from ingest.source import Unreadable

CONVERTED = frozenset({Kind.DOC, Kind.RTF, Kind.ODT})
TOOL = "soffice"
PACKAGE = "libreoffice-writer-nogui"
_SECONDS = 180
# Nothing in a file may run or fetch: macros off whatever the file asks, links not followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value>
</prop></item>
</oor:items>
"""


def convert_to_docx(raw: bytes, kind: Kind) -> bytes:
    """The same document as .docx; raises Unreadable where LibreOffice is missing or cannot open it."""
    with tempfile.TemporaryDirectory(prefix="cancu-convert-") as folder:
        given = Path(folder, f"given.{kind}")
        given.write_bytes(raw)
        return run_office(given, "docx:MS Word 2007 XML", Path(folder)).read_bytes()


def run_office(given: Path, target: str, folder: Path) -> Path:
    """LibreOffice's copy of a file in another format: run_office(Path("a.odt"), "pdf", folder) is folder/"a.pdf"."""
    program = shutil.which(TOOL)
    if program is None:
        raise Unreadable(f"reading a {given.suffix} file needs LibreOffice: install the Debian package {PACKAGE}")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    out = folder / "converted"
    command += ["--convert-to", target, "--outdir", str(out), str(given)]
    home = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "http://127.0.0.1:9"}
    home |= {"https_proxy": home["http_proxy"]}
    try:
        subprocess.run(command, env=home, capture_output=True, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"LibreOffice did not open it in {_SECONDS} seconds") from error
    made = out / f"{given.stem}.{target.partition(':')[0]}"
    if not made.is_file():
        raise Unreadable("LibreOffice cannot open it: damaged, or protected by a password")
    return made
