"""Publishing: the edition after one changed row beside a full one."""
import os
import shutil
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
