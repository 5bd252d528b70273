"""The index of the history, the audit and blame, whole processes beside git on the same clone."""
import shutil
import subprocess

import ledger

RATIO = "2.5x"


def measure(bench):
    folder = bench.clone("history")
    bench.git("commit-graph", "write", "--reachable", "--changed-paths", cwd=folder)
    file = folder / ".git" / "kpi" / "cache" / "history.sqlite"
    made, raw = [], []
    for number in range(3):
        file.unlink(missing_ok=True)
        made.append(audit(bench, folder, number))
        raw.append(bench.git("log", "--raw", "--no-abbrev", cwd=folder).seconds)
    commits = f"{bench.options.commits:,} commits"
    bench.report(f"making the index of {commits}", made, "git log --raw", raw, bar=RATIO)
    size(bench, folder, file)
    questions(bench, folder)
    catching_up(bench, folder)
    shutil.rmtree(folder)


def audit(bench, folder, number):
    return bench.run("audit", bench.paths.id(bench.paths.definitions()[number]), "--format", "json", cwd=folder).seconds


def size(bench, folder, file):
    """Beside the repository in one pack, as the hub's upkeep leaves it."""
    bench.git("repack", "-a", "-d", "-q", cwd=folder)
    packed = sum(path.stat().st_size for path in (folder / ".git" / "objects" / "pack").iterdir() if path.suffix in (".pack", ".idx"))
    ours = file.stat().st_size
    fact = f"{ours / 1e6:.0f} MB, packed repository {packed / 1e6:.0f} MB, ratio {ours / packed:.2f}"
    bench.facts.append(("size of the index", fact, "1.0x"))
    print(f"{'size of the index':<46} {fact}   (bar 1.0x)", flush=True)


def questions(bench, folder):
    """One KPI's audit and blame, each beside git's on the same files, in turn."""
    ours, theirs, blamed, gits = [], [], [], []
    for number in range(max(5, bench.options.rounds)):
        place = number * 37 % len(bench.paths.ids)
        definition, actuals = bench.paths.definitions()[place], bench.paths.actuals(place)
        ours.append(audit(bench, folder, place))
        theirs.append(bench.git("log", "-p", "--format=%H", "--", definition, cwd=folder).seconds)
        blamed.append(bench.run("blame", bench.paths.id(definition), "--format", "json", cwd=folder).seconds)
        gits.append(sum(bench.git("blame", "--porcelain", path, cwd=folder).seconds for path in (definition, actuals)))
    bench.report("audit of one definition", ours, "git log -p", theirs, bar="0.5x, 60 ms")
    bench.report("blame of one KPI, definition and actuals", blamed, "git blame of both", gits, bar="1.0x")


def catching_up(bench, folder):
    """The first audit after 100 commits that others have made, beside git's look at them."""
    hub = bench.copy_hub("history.git")
    bench.git("remote", "set-url", "origin", str(hub), cwd=folder)
    ours, theirs = [], []
    for number in range(max(5, bench.options.rounds // 2)):
        append(bench, hub, 100, number)
        bench.git("pull", "-q", cwd=folder)
        ours.append(audit(bench, folder, 0))
        theirs.append(bench.git("log", "--raw", "-100", cwd=folder).seconds)
    bench.report("audit after 100 new commits", ours, "git log --raw -100", theirs, bar="60 ms")
    shutil.rmtree(hub)


def append(bench, hub, count, seed):
    """Commits of one new row each, at once."""
    def text(*args):
        return subprocess.run(["git", *args], cwd=hub, env=bench.env, check=True, capture_output=True, text=True).stdout

    when, tip = int(text("show", "-s", "--format=%ct", "main")), text("rev-parse", "main").strip()
    feed = b""
    for number in range(count):
        path = bench.paths.actuals(seed * 1000 + number * 7)
        lines = text("show", f"main:{path}").split("\n")
        lines[-2] = lines[-2].split(",")[0] + f",{8000 + seed * count + number}.5,,"
        data = "\n".join(lines).encode()
        source = f"from {tip}\n" if number == 0 else ""
        feed += (f"commit refs/heads/main\ncommitter {ledger.AUTHOR} {when + number} +0000\ndata 5\nother\n{source}"
                 f"M 100644 inline {path}\ndata {len(data)}\n").encode() + data + b"\n"
    subprocess.run(["git", "fast-import", "--quiet"], cwd=hub, env=bench.env, input=feed, check=True)
