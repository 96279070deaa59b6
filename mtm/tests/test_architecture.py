"""The house as it is built: arrows, sizes, and the few things that no code may do."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("mtm", "accounts", "interactions", "patients", "reviews", "exchange")
SOURCES = [
    path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts and "tests" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What each room may import of ours; the first matching prefix counts.
ARROWS = {
    "interactions.engine": {"interactions.engine"},
    "interactions.knowledge": {"interactions.engine", "interactions.knowledge"},
    "mtm.lib": {"mtm.lib"},
    "accounts": {"mtm.lib", "accounts"},
    "interactions": {"mtm.lib", "accounts", "interactions"},
    "patients": {"mtm.lib", "accounts", "interactions", "patients"},
    "reviews": {"mtm.lib", "accounts", "interactions", "patients", "reviews"},
    "exchange": {"mtm.lib", "accounts", "interactions", "patients", "reviews", "exchange"},
    "mtm": set(ROOMS),
}
PURE = ("interactions.engine", "interactions.knowledge")
CLINICAL_ROOMS = ("patients", "reviews", "exchange")
BULK = {"update", "bulk_create", "bulk_update", "delete"}
UNOWNED = {"RequestKey", "User", "Organization"}  # rows of the house itself
# Places that may write without history, with the reason.
WITHOUT_HISTORY = {
    "reviews/models/document.py": "a lease is not clinical",
    "reviews/tasks.py": "the bytes of a paper are set once, by condition",
}


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def room_of(module):
    return next(room for room in ARROWS if module == room or module.startswith(f"{room}."))


def imports_of(tree, module):
    package = module.rsplit(".", 1)[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            yield ".".join(filter(None, [base, node.module]))


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_run_downward(path):
    module = module_of(path)
    allowed = ARROWS[room_of(module)]
    ours = [name for name in imports_of(ast.parse(path.read_text()), module) if name.split(".")[0] in ROOMS]

    wrong = [name for name in ours if not any(name == room or name.startswith(f"{room}.") for room in allowed)]

    assert wrong == []


@pytest.mark.parametrize("path", [path for path in SOURCES if module_of(path).startswith(PURE)], ids=module_of)
def test_the_engine_and_the_books_know_no_django_and_no_clock(path):
    tree = ast.parse(path.read_text())
    names = set(imports_of(tree, module_of(path)))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert not [name for name in names if name.split(".")[0] == "django"]
    assert not calls & {"datetime.now", "date.today", "dt.date.today", "dt.datetime.now", "datetime.date.today", "time.time"}


def test_files_and_functions_stay_readable():
    too_long = []
    for path in SOURCES:
        text = path.read_text()
        if text.count("\n") > 400:
            too_long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 50:
                too_long.append(f"{path.relative_to(ROOT)}:{node.name}")

    assert too_long == []


def test_templates_stay_readable():
    limits = {path: 40 if "partials" in path.parts else 120 for path in TEMPLATES if "documents" not in path.parts}

    assert [str(path.relative_to(ROOT)) for path, limit in limits.items() if path.read_text().count("\n") > limit] == []


def test_clinical_rows_are_never_written_past_their_history():
    """`queryset.update()` and the bulk methods leave no history row, and nothing clinical is deleted."""
    found = []
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        if not name.startswith(CLINICAL_ROOMS) or name in WITHOUT_HISTORY:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in BULK
                and "objects" in ast.unparse(node.func)
            ):
                found.append(f"{name}:{node.lineno}")

    assert found == []


def test_queries_in_views_forms_and_exchange_begin_at_visible_to():
    """`Model.objects` in a view or a form goes on with visible_to, none or all (of an unowned model)."""
    unscoped = []
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        if not any(part in name for part in ("/views", "/forms", "exchange/")) or name.startswith("accounts/") or "management" in name:
            continue
        tree = ast.parse(path.read_text())
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            is_owned = isinstance(node, ast.Attribute) and node.attr == "objects" and ast.unparse(node.value) not in UNOWNED
            if is_owned and not is_scoped(node, parents):
                unscoped.append(f"{name}:{node.lineno} {ast.unparse(node)}")

    assert unscoped == []


def is_scoped(node, parents):
    """Whether the chain after `.objects` holds visible_to or none, or is handed to get_visible, which adds it."""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.Attribute) and node.attr in {"visible_to", "none"}:
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_visible"):
            return True
        if isinstance(node, ast.stmt):
            return False
    return False


@pytest.mark.parametrize("word", ["mark_safe", "csrf_exempt", "RawSQL", ".raw(", ".extra(", "pickle", "import requests", "eval(", "exec("])
def test_no_code_uses_a_side_door(word):
    assert [str(path.relative_to(ROOT)) for path in SOURCES if word in path.read_text()] == []


def test_no_template_turns_off_escaping():
    assert [str(path.relative_to(ROOT)) for path in TEMPLATES if "|safe" in path.read_text() or "autoescape off" in path.read_text()] == []
