"""Publishing: the edition after one changed row beside a full one; and what upkeep does for a fetch."""
import os
import shutil
import subprocess
import time

import ledger


def measure(bench):
    """Whole processes: a full edition, as on a new day, and the edition after one changed row, in turn."""
    hub = bench.copy_hub("publish.git")
    for name, value in (("core.fsync", "committed,reference"), ("gc.auto", "0")):
        bench.git("config", name, value, cwd=hub)
    row_from_now = lambda number: ledger.append_commit(
        hub, bench.env, bench.paths.actuals(number * 37), number, when=str(int(time.time())))
    row_from_now(1000)
    first = bench.run("hub", "publish", ".", "--as-of", "2026-01-01", cwd=hub).seconds
    os.sync()
    full, row, nothing = [], [], []
    for number in range(max(5, bench.options.rounds)):
        day = f"2026-01-{number + 2:02d}"
        full.append(bench.run("hub", "publish", ".", "--as-of", day, cwd=hub).seconds)
        row_from_now(number)
        row.append(bench.run("hub", "publish", ".", "--as-of", day, cwd=hub).seconds)
        nothing.append(bench.run("hub", "publish", ".", "--as-of", day, cwd=hub).seconds)
    kpis = bench.options.departments * 20
    bench.report(f"first edition of {kpis:,} KPIs", [first], "all files again", full)
    bench.report("edition after one changed row", row, "all files again", full, bar="300 ms")
    bench.report("nothing to publish", nothing, "one changed row", row)
    clone = bench.root / "publish-clone"
    bench.git("clone", "-q", str(hub), str(clone), cwd=bench.root)
    done = bench.run("scorecard", "--verify", cwd=clone)
    bench.report("the newest edition verified", [done.seconds], "all files again", full)
    for folder in (hub, clone):
        shutil.rmtree(folder)
    upkeep(bench)


def upkeep(bench):
    """A fetch of one new commit, and a new clone, from a hub that has taken 2,000 pushes: before and after."""
    hub = bench.root / "upkeep.git"
    made = bench.root / "pushes.git"
    paths = ledger.make(made, bench.env, departments=50, kpis=20, months=12, commits=2000)
    bench.git("init", "-q", "--bare", "-b", "main", str(hub), cwd=bench.root)
    # As pushes leave them: small ones are unpacked into loose objects.
    pack = next((made / "objects" / "pack").glob("*.pack"))
    with open(pack, "rb") as stream:
        subprocess.run(["git", "unpack-objects", "-q"], cwd=hub, env=bench.env, stdin=stream, check=True)
    tip = subprocess.run(["git", "rev-parse", "main"], cwd=made, env=bench.env, check=True, capture_output=True,
                         text=True).stdout.strip()
    bench.git("update-ref", "refs/heads/main", tip, cwd=hub)
    bench.git("config", "gc.auto", "0", cwd=hub)
    took = {}
    for when in ("before", "after"):
        fetches, clones = [], []
        folder = bench.root / "upkeep-clone"
        for number in range(max(5, bench.options.rounds // 2)):
            shutil.rmtree(folder, ignore_errors=True)
            clones.append(bench.git("clone", "-q", f"file://{hub}", str(folder), cwd=bench.root).seconds)
            ledger.append_commit(hub, bench.env, paths.actuals(number * 37), number)
            fetches.append(bench.git("fetch", "-q", cwd=folder).seconds)
        took[when] = fetches, clones
        if when == "before":
            done = bench.run("hub", "maintain", ".", cwd=hub).seconds
    bench.report("fetch of one commit, after upkeep", took["after"][0], "before", took["before"][0])
    bench.report("a new clone, after upkeep", took["after"][1], "before", took["before"][1])
    bench.report("the upkeep itself, after 2,000 pushes", [done], "a clone before", took["before"][1])
    for folder in (hub, made, bench.root / "upkeep-clone"):
        shutil.rmtree(folder, ignore_errors=True)
