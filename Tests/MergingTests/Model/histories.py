"""Plays random histories with the model of ../shared/model and writes each merge's outcome.

    python3 Tests/MergingTests/Model/histories.py 400 3 Tests/MergingTests/Model/histories.json 40000 90001 203,341,900,4219,35505,976,2223,4392

Behind the 400 of seed 3 come, by number, some of 40,000 of seed 90001 in which parts of the rules matter that matter seldom.
"""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "shared" / "model"))
import histories as played  # noqa: E402
import merge_rules as model  # noqa: E402

# What the model's own runs are weighted towards, in turn.
BIASES = [
    {}, {"more": 0.35, "band": (0.83, 0.96)}, {"more": 0.35, "band": (0.42, 0.56)}, {"maxops": 24},
]


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
        "props": [
            {"key": model.NAMES[p.key], "value": p.value, "by": p.by, "commit": p.commit, "forged": bool(p.tag)}
            for p in held
        ],
    }


def is_a_file(values):
    """A definition without owner is no definition: then nothing else of it may be there. A set has an element or not."""
    if not {values[model.SX], values[model.SY]} <= {1, None}:
        return False
    if values[model.PATH] not in (None, "P0", "P1", "P2"):
        return False
    return values[model.OWN] is not None or all(values[key] is None for key in model.DEF)


def are_in_files(held):
    return all(p.value in (1, None) for p in held if p.key in model.SETS)


def is_made_by_its_head(commit, commits):
    """A file that is made has more keys than the model knows; only the head may make all of them."""
    made = commit.v[model.OWN] is not None and all(commits[p].v[model.OWN] is None for p in commit.parents)
    return commit.kind == "root" or not made or commit.author == "H"


def fits(commit, commits):
    return (
        is_a_file(commit.v) and are_in_files(commit.props) and is_made_by_its_head(commit, commits)
    )


def played_histories(count, seed):
    dice = random.Random(seed)
    found = []
    while len(found) < count:
        people, operations = played.gen(dice, BIASES[len(found) % len(BIASES)])
        try:
            history = play(people, operations)
        except IndexError:
            continue
        commits = history.w.c
        if all(fits(c, commits) for c in commits) and any(c.kind == "sync" for c in commits):
            found.append({"commits": [described(c) for c in commits], "log": history.log})
    return found


if __name__ == "__main__":
    histories = played_histories(int(sys.argv[1]), int(sys.argv[2]))
    if len(sys.argv) > 4:
        more = played_histories(int(sys.argv[4]), int(sys.argv[5]))
        histories += [more[int(number)] for number in sys.argv[6].split(",")]
    pathlib.Path(sys.argv[3]).write_text(json.dumps(histories))
