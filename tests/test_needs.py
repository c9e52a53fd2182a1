"""Tests that need what not every machine has are left out there, with the reason; in CI they fail instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TESTS = """
from tests.made_files import needs_office
from tests.made_scans import needs_pictures, needs_tesseract, scan_of

@needs_pictures
def test_pictures(): import PIL

@needs_tesseract
def test_words():
    import shutil
    assert shutil.which("tesseract")

@needs_office
def test_office():
    import shutil
    assert shutil.which("soffice")
"""
# As if neither the libraries nor the programs had been installed.
RUN = "import sys, pytest; sys.modules |= dict.fromkeys(('PIL', 'pypdfium2')); sys.exit(pytest.main(sys.argv[1:]))"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "said"),
    [pytest.param("", "3 skipped", id="at-home"), pytest.param("1", "3 failed", id="in-ci")],
)
def test_what_is_missing(tmp_path: Path, ci: str, said: str) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    environment = {**os.environ, "CI": ci, "PATH": "/nowhere", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RUN, "-q", "-rs", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path / "test_it.py")], capture_output=True, text=True, env=environment, cwd=tmp_path
    )
    assert said in done.stdout
    if not ci:
        assert "needs `make install EXTRAS=ocr`" in done.stdout
        assert "needs Tesseract and LibreOffice" in done.stdout
        assert "needs LibreOffice (Debian package" in done.stdout
