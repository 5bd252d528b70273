"""Merges to measure: thousands of changed definitions in ledgers of two sizes, and a table with changed cells."""
import random
import subprocess

import ledger

CHANGED, COMMON = 1000, 500


class Scene:
    """How the changes lie: the numbers of the definitions that the hub changed, and those that the local side did."""

    def __init__(self, name, kpis, spread=False, same=0):
        self.name, self.same = name, same

        def place(n):
            """Side by side; or three in each of 500 departments all over the ledger."""
            return n // 3 * (kpis // 500) + n % 3 if spread else n

        self.hub = [place(n) for n in range(CHANGED)]
        self.local = [place(n) for n in range(CHANGED - COMMON, 2 * CHANGED - COMMON)]

    def local_change(self, step):
        """The local side changes another field than the hub, but for the first `same` of those in common."""
        return ("priority", 8) if step < self.same else ("consequence", "The plan is thrown away")


def scenes(kpis):
    return [Scene("1,000 + 1,000 definitions", kpis),
            Scene("the same, 250 with the same key changed", kpis, same=250),
            Scene("the same, in 500 departments all over", kpis, spread=True)]


def changed(text, field, value):
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith(field + ":"))
    lines[at] = f"{field}: {value}"
    return "\n".join(lines)


def make(folder, env, departments, months):
    """A ledger, no files checked out, with a branch `main`, and two branches for each scene: hub-N and local-N."""
    paths = ledger.Paths(departments, 20)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True, env=env)
    for name, value in (("user.name", "Bench"), ("user.email", "bench@example.org")):
        subprocess.run(["git", "config", name, value], cwd=folder, check=True, env=env)
    feed = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, env=env, stdin=subprocess.PIPE)

    def commit(branch, when, onto, files):
        lines = [f"commit refs/heads/{branch}\ncommitter {ledger.AUTHOR} {ledger.START + when} +0000\ndata 5\nbench\n"]
        if onto:
            lines.append(f"from refs/heads/{onto}\n")
        feed.stdin.write("".join(lines).encode())
        for path, text in files:
            data = text.encode()
            feed.stdin.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")

    commit("main", 0, None, ledger.files(paths, months))
    names = paths.definitions()
    for index, scene in enumerate(scenes(len(names))):
        commit(f"hub-{index}", 60, "main", [(names[n], changed(ledger.definition(n), "priority", 9)) for n in scene.hub])
        commit(f"local-{index}", 120, "main", [
            (names[n], changed(ledger.definition(n), *scene.local_change(step))) for step, n in enumerate(scene.local)])
    feed.stdin.close()
    if feed.wait() != 0:
        raise SystemExit("git fast-import failed")
    return scenes(len(names))


def tables(folder, rows=10_000, cells=1_000):
    """Three versions of a table: each side changed `cells` values, in rows of its own."""
    rng = random.Random(11)
    base = [[f"{1990 + n // 1200}-{n // 100 % 12 + 1:02d}", f"site-{n % 100:02d}", f"{rng.randrange(10_000)}.{n % 9 + 1}",
             "final", ""] for n in range(rows)]
    chosen = rng.sample(range(rows), 2 * cells)
    sides = []
    for side in (chosen[:cells], chosen[cells:]):
        mine = [list(row) for row in base]
        for number in side:
            mine[number][2] = f"{20_000 + number}.5"
        sides.append(mine)
    written = []
    for name, table in zip(("base", "hub", "local"), [base, *sides]):
        path = folder / f"{name}.csv"
        path.write_text("".join(",".join(row) + "\n" for row in [["period", "site", "value", "status", "note"], *table]))
        written.append(str(path))
    merged = {number: (sides[0] if number in set(chosen[:cells]) else sides[1])[number] for number in chosen}
    return written, [merged.get(number, row) for number, row in enumerate(base)]
