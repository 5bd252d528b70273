"""Plays random histories with the model of ../shared/model, everybody having authority, and writes each merge's outcome.

    python3 Tests/MergingTests/Model/histories.py 1500 3 Tests/MergingTests/Model/histories.json
"""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "shared" / "model"))
import histories as played  # noqa: E402
import merge_rules as model  # noqa: E402

for module in (model, played):
    module.may_change = module.may_settle = lambda person, key, policy: True
    module.strong = lambda person, key, policy: False
    module.violated = lambda values: None


def without_what_files_lack(operation):
    """The model's path and close are keys of other files here, and nobody forges proposals."""
    if operation[0] == "edit":
        changes = tuple((key, value) for key, value in operation[2] if key not in (model.PATH, model.CLOSE))
        return ("edit", operation[1], changes) if changes else None
    if operation[0] == "gitpull":
        return operation[:3] + (None,)
    if operation[0] == "relay":
        return operation[:5] + (None,)
    return operation


def play(people, operations):
    history = played.Hist(people, "new", model.ALL)
    for operation in operations:
        history.op(operation)
    history.finish()
    return history


def described(commit):
    held = sorted(commit.props, key=lambda proposal: str(proposal.id))
    return {
        "id": commit.id, "parents": list(commit.parents), "author": commit.author, "kind": commit.kind,
        "v": list(commit.v),
        "props": [{"key": model.NAMES[p.key], "value": p.value, "by": p.by, "commit": p.commit} for p in held],
    }


def is_a_file(values):
    """A definition without owner is no definition: then nothing else of it may be there."""
    return values[model.OWN] is not None or all(values[key] is None for key in model.DEF)


def main(count, seed, path):
    dice = random.Random(seed)
    found = []
    while len(found) < count:
        people, operations = played.gen(dice, {"forge": 0, "no": ("forge", "push")})
        operations = [o for o in map(without_what_files_lack, operations) if o]
        try:
            history = play(people, operations)
        except IndexError:
            continue
        commits = history.w.c
        if all(is_a_file(c.v) for c in commits) and any(c.kind == "sync" for c in commits):
            found.append({"commits": [described(c) for c in commits], "log": history.log})
    pathlib.Path(path).write_text(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
