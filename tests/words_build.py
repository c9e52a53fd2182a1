"""`python -m tests.words_build PLANS KB`: a build with its index of the toy encoder, to be killed by tests."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.pipeline import build
from search_api.indexing import SearchIndexer
from tests.word_encoder import WordEncoder

if __name__ == "__main__":
    build([Path(sys.argv[1])], Path(sys.argv[2]), indexer=SearchIndexer(WordEncoder, "words"))
