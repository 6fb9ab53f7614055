"""Habits of the rooms that an import contract cannot see."""

import ast

from architecture.rooms import SOURCE, Module, dotted, floors, modules, project

WRITES = {
    "create", "acreate", "bulk_create", "abulk_create", "bulk_update", "abulk_update",
    "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create",
    "save_base", "_raw_delete",
}  # fmt: skip
# With a positional argument these are others: dict.update(other), storage.save(name, file).
WRITES_WITHOUT_POSITION = {"save", "asave", "delete", "adelete", "update", "aupdate"}
SQL_WRITES = ("insert", "update", "delete", "replace", "truncate", "merge", "drop", "alter")


def plain_dicts(tree: ast.Module) -> set[str]:
    """Return the names that a module makes dicts of; `found.update(built=3)` is no query."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and dotted(node.annotation) == "dict":
            names.add(dotted(node.target))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.DictComp):
            names |= {dotted(target) for target in node.targets}
    return names


def calls_a_verb(module: Module, call: ast.Call) -> bool:
    """Tell `postmortems.actions.save(...)`, a verb of a room, from `incident.save()`."""
    head = dotted(call.func).partition(".")[0]
    meaning = module.imported_names().get(head, "")
    return meaning.startswith("afterword.") and "actions" in meaning.split(".")


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb = call.func.attr
    if verb in WRITES:
        return True
    if verb in WRITES_WITHOUT_POSITION:
        return not call.args
    if verb in {"execute", "executemany"} and call.args:
        sql = call.args[0]
        text = sql.value if isinstance(sql, ast.Constant) else ""
        return isinstance(text, str) and text.lstrip().lower().startswith(SQL_WRITES)
    return False


def test_only_actions_write_to_tables() -> None:
    strays = [
        f"{module.place(node)}: {dotted(node.func)}()"
        for module in modules()
        if "actions" not in module.parts
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and is_write(node)
        if dotted(node.func).removesuffix(".update") not in plain_dicts(module.tree)
        if not calls_a_verb(module, node)
    ]
    assert not strays, "move these into the room's actions:\n" + "\n".join(strays)


def test_every_verb_takes_named_arguments_only() -> None:
    strays = [
        f"{module.place(node)}: {node.name}"
        for module in modules()
        if "actions" in module.parts
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and is_write_verb(node)
        if node.args.args or node.args.posonlyargs
    ]
    assert not strays, "put a * first in the arguments of:\n" + "\n".join(strays)


def is_write_verb(function: ast.FunctionDef) -> bool:
    """A public function of `actions` that is told who acts or when."""
    arguments = function.args
    names = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return not function.name.startswith("_") and bool(names & {"actor", "now"})


def test_each_api_is_used_only_in_the_rooms_that_are_its_home() -> None:
    banned = project()["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    homes = project()["tool"]["afterword"]["api_homes"]
    assert set(banned) == set(homes), (
        "pyproject.toml: banned-api and api_homes name different things"
    )
    strays = sorted(
        {
            f"{module.place(node)}: {api} ({banned[api]['msg']})"
            for module in modules()
            for node, name in module.uses()
            for api, rooms in homes.items()
            if module.room not in rooms and (name == api or name.startswith(f"{api}."))
        }
    )
    assert not strays, "\n".join(strays)


def test_the_clock_is_asked_by_its_full_name_so_that_a_test_can_stop_it() -> None:
    strays = [
        module.place(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "afterword.kit.clock"
    ]
    assert not strays, "write `from afterword.kit import clock` and `clock.now()`:\n" + "\n".join(
        strays
    )


def test_no_module_is_a_cupboard() -> None:
    refused = set(project()["tool"]["afterword"]["refused_names"])
    refused |= {name.removesuffix("s") for name in refused} | {f"{name}s" for name in refused}
    found = [
        str(path) for path in SOURCE.rglob("*") if path.stem in refused and path.suffix != ".pyc"
    ]
    assert not found, "name these after what they do:\n" + "\n".join(found)


def test_every_room_is_placed_and_says_what_it_owns() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert rooms <= set(floors()), f"place in pyproject.toml: {sorted(rooms - set(floors()))}"
    silent = [
        room
        for room in sorted(rooms)
        if not ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text("utf-8")))
    ]
    assert not silent, f"one docstring in each __init__.py, please: {silent}"
