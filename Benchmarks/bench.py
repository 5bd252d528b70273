"""Measures kpi side by side with git, DuckDB, Polars and daff, in one run on one machine, and prints medians and ratios.

    make bench                      # everything, on 10,000 KPIs
    make bench BENCH="--only sync"  # one part
    make bench BENCH="--departments 50"
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import gate
import history
import ledger
import merging
import past
import publish

MONTHS = 60


def environment(home):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env.update(
        HOME=str(home), GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, GIT_TERMINAL_PROMPT="0", LC_ALL="C.UTF-8",
        GIT_AUTHOR_NAME="Bench", GIT_AUTHOR_EMAIL="bench@example.org", GIT_COMMITTER_NAME="Bench",
        GIT_COMMITTER_EMAIL="bench@example.org")
    return env


class Timed:
    """One finished process: wall seconds, peak megabytes, exit status."""

    def __init__(self, argv, cwd, env, output=subprocess.DEVNULL, accept=(0,)):
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdout=output, stderr=subprocess.PIPE)
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.perf_counter() - start
        self.megabytes = usage.ru_maxrss / 1024
        self.status = os.waitstatus_to_exitcode(status)
        process.returncode = self.status
        if self.status not in accept:
            sys.exit(f"{' '.join(map(str, argv))} in {cwd} ended with {self.status}:\n{error.decode(errors='replace')}")


class Bench:
    def __init__(self, options):
        self.kpi = os.path.abspath(options.kpi)
        self.options = options
        self.root = pathlib.Path(options.folder or tempfile.mkdtemp(prefix="kpi-bench-"))
        self.root.mkdir(parents=True, exist_ok=True)
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        self.env = environment(home)
        self.rows = []
        self.facts = []
        self.peak = 0.0
        self.memory = None

    def git(self, *args, cwd, accept=(0,)):
        return Timed(["git", *args], cwd, self.env, accept=accept)

    def run(self, *args, cwd, accept=(0,)):
        done = Timed([self.kpi, *args], cwd, self.env, accept=accept)
        self.peak = max(self.peak, done.megabytes)
        return done

    def report(self, name, ours, peer_name, peer, bar=None):
        ours, peer = statistics.median(ours), statistics.median(peer) if peer else None
        ratio = ours / peer if peer else None
        self.rows.append((name, ours, peer_name, peer, ratio, bar))
        text = f"{name:<46} {ours * 1000:9.1f} ms"
        if peer:
            text += f"   {peer_name}: {peer * 1000:9.1f} ms   ratio {ratio:5.2f}"
        if bar:
            text += f"   (bar {bar})"
        print(text, flush=True)

    # --- the ledger ---

    def prepare(self):
        start = time.perf_counter()
        self.hub = self.root / "hub.git"
        made = ledger.make(
            self.hub, self.env, departments=self.options.departments, kpis=20, months=MONTHS,
            commits=self.options.commits)
        self.paths = made
        print(f"ledger: {self.options.departments * 20} KPIs, {self.options.departments * 20 * MONTHS} rows, "
              f"{self.options.commits} commits, made in {time.perf_counter() - start:.0f} s", flush=True)

    def clone(self, name, hub=None):
        folder = self.root / name
        if folder.exists():
            shutil.rmtree(folder)
        self.git("clone", "-q", str(hub or self.hub), str(folder), cwd=self.root)
        self.git("config", "user.name", "Bench", cwd=folder)
        self.git("config", "user.email", "bench@example.org", cwd=folder)
        return folder

    def copy_hub(self, name):
        return self.copy_of(self.hub, name)

    def copy_of(self, hub, name):
        target = self.root / name
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(hub, target, copy_function=os.link)
        for loose in ("HEAD", "config", "packed-refs"):
            path = target / loose
            if path.exists():
                data = path.read_bytes()
                path.unlink()
                path.write_bytes(data)
        for folder, _, files in os.walk(target / "refs"):
            for file in files:
                path = pathlib.Path(folder) / file
                data = path.read_bytes()
                path.unlink()
                path.write_bytes(data)
        return target

    def install_hooks(self, hub):
        for script in (pathlib.Path(__file__).parent.parent / "hooks").iterdir():
            target = hub / "hooks" / script.name
            target.write_bytes(script.read_bytes())
            target.chmod(0o755)
        self.git("config", "kpi.program", self.kpi, cwd=hub)

    # --- measurements ---

    def startup(self):
        runs = [self.run("--version", cwd=self.root).seconds for _ in range(15)]
        self.report("kpi --version", runs, "git --version",
                    [self.git("--version", cwd=self.root).seconds for _ in range(15)], bar="60 ms")

    def sync(self):
        rounds = self.options.rounds
        for foreign in (False, True):
            ours, theirs, hooked = [], [], []
            plain_hub, git_hub = self.copy_hub("hub-kpi.git"), self.copy_hub("hub-git.git")
            mine, peer = self.clone("sync-kpi", plain_hub), self.clone("sync-git", git_hub)
            hook_hub = self.copy_hub("hub-hooks.git")
            self.install_hooks(hook_hub)
            behind = self.clone("sync-hooks", hook_hub)
            for number in range(rounds + 1):
                path = self.paths.actuals(number * 37)
                if foreign:
                    for hub in (plain_hub, git_hub, hook_hub):
                        ledger.append_commit(hub, self.env, self.paths.actuals(number * 37 + 5), number)
                for folder in (mine, peer, behind):
                    ledger.change_row(folder / path, number)
                a = self.run("sync", "-m", "bench", cwd=mine).seconds
                start = time.perf_counter()
                self.git("commit", "-qam", "bench", cwd=peer)
                self.git("pull", "-q", "--no-rebase", "--no-edit", cwd=peer)
                self.git("push", "-q", cwd=peer)
                b = time.perf_counter() - start
                c = self.run("sync", "-m", "bench", cwd=behind).seconds
                if number > 0:
                    ours.append(a)
                    theirs.append(b)
                    hooked.append(c)
            what = "sync, one row" + (", one from others" if foreign else "")
            self.report(what, ours, "git commit+pull+push", theirs, bar="2x")
            self.report(what + ", hub with hooks", hooked, "git without hooks", theirs)

    def merge(self):
        """The merge alone, of the same commits, in two ledgers; then a table."""
        took = {}
        for departments in (self.options.departments, self.options.departments * 10):
            kpis = departments * 20
            folder = self.root / f"merge-{kpis}"
            scenes = merging.make(folder, self.env, departments, MONTHS // 5)
            for index, scene in enumerate(scenes):
                ours, theirs = [], []
                for _ in range(self.options.rounds + 1):
                    pair = (f"hub-{index}", f"local-{index}")
                    ours.append(self.run("merge-tree", *pair, cwd=folder, accept=(0, 1)).seconds)
                    theirs.append(self.git("merge-tree", "--write-tree", *pair, cwd=folder, accept=(0, 1)).seconds)
                took[kpis, index] = statistics.median(ours[1:])
                self.report(f"{kpis:,} KPIs, {scene.name}", ours[1:], "git merge-tree", theirs[1:], bar="6x")
                grown = took.get((kpis // 10, index))
                if grown:
                    self.report(f"  {kpis:,} KPIs against {kpis // 10:,}", [took[kpis, index]], f"kpi at {kpis // 10:,}",
                                [grown], bar="1.3x")
            shutil.rmtree(folder)
        self.table()

    def table(self):
        files, merged = merging.tables(self.root)
        expected = [",".join(row) for row in merged]
        daff = pathlib.Path(sys.executable).with_name("daff.py")
        keys = ("--id", "period", "--id", "site")
        ours, theirs = [], []
        for number in range(self.options.rounds):
            out, other = self.root / "merged.csv", self.root / "daff.csv"
            ours.append(self.run("merge-file", *files, "--key", "period,site", "--output", out, cwd=self.root).seconds)
            if number < 3:
                theirs.append(Timed([sys.executable, daff, "merge", *keys, "--output", other, *files], self.root,
                                    self.env).seconds)
            if out.read_text().split("\n")[1:-1] != expected:
                sys.exit("kpi merge-file did not merge the table")
        self.report("table of 10,000 rows, 1,000 + 1,000 cells", ours, "daff merge", theirs, bar="50 ms, 0.1x")

    def peers(self, folder):
        """Seconds that DuckDB and Polars take to sum the CSV files; the import of their modules is not counted."""
        scripts = [pathlib.Path(__file__).with_name(name) for name in ("duck.py", "polars_rollup.py")]
        return [float(subprocess.run([sys.executable, str(script), str(folder)], capture_output=True, text=True,
                                     check=True).stdout) for script in scripts]

    def commit_row(self, folder, number):
        ledger.change_row(folder / self.paths.actuals(number * 11), number)
        self.git("commit", "-qam", "row", cwd=folder)

    def scorecard(self):
        """Everything from nothing, beside DuckDB and Polars; then the company's view as it is kept."""
        folder = self.clone("scorecard")
        cold, complete, duck, polars, again, same = [], [], [], [], [], []
        memory = 0.0
        for number in range(max(5, self.options.rounds // 2)):
            shutil.rmtree(folder / ".git" / "kpi" / "cache", ignore_errors=True)
            done = self.run("scorecard", cwd=folder)
            memory = max(memory, done.megabytes)
            cold.append(done.seconds)
            complete.append(self.run("scorecard", "--fresh", "--format", "json", cwd=folder).seconds)
            for times, seconds in zip((duck, polars), self.peers(folder)):
                times.append(seconds)
            self.commit_row(folder, number)
            again.append(self.run("scorecard", cwd=folder).seconds)
            same.append(self.run("scorecard", cwd=folder).seconds)
        kpis = self.options.departments * 20
        for name, peer in (("DuckDB, the CSV files", duck), ("Polars, the CSV files", polars)):
            self.report(f"scorecard of {kpis:,} KPIs, cold", cold, name, peer, bar="2x")
        self.report("all of it as JSON, nothing kept", complete, "DuckDB, the CSV files", duck, bar="2x")
        self.report("company view after one changed row", again, "kpi, cold", cold, bar="0.1x, 60 ms")
        self.report("company view, nothing changed", same, "kpi, cold", cold)
        print(f"{'peak memory, cold':<46} {memory:9.0f} MB   (bar 400 MB)")
        self.memory = memory
        self.large(folder)

    def large(self, small):
        """The company's view of ten times as many KPIs, the two in turn."""
        departments = self.options.departments * 10
        hub = self.root / "large.git"
        paths = ledger.make(hub, self.env, departments=departments, kpis=20, months=MONTHS, commits=200)
        large = self.clone("large", hub)
        Timed([self.kpi, "scorecard"], large, self.env)
        os.sync()
        took = {small: [], large: []}
        own = self.paths
        for number in range(max(8, self.options.rounds)):
            for folder, its in ((small, own), (large, paths)):
                self.paths = its
                self.commit_row(folder, 50 + number)
                took[folder].append(Timed([self.kpi, "scorecard"], folder, self.env).seconds)
        self.paths = own
        self.report(f"company view of {departments * 20:,} KPIs after one changed row", took[large][1:],
                    f"kpi at {departments * 2:,}", took[small][1:], bar="1.5x")
        shutil.rmtree(large)
        shutil.rmtree(hub)

    def machine(self):
        model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
        memory = next(int(line.split()[1]) >> 20 for line in open("/proc/meminfo") if line.startswith("MemTotal"))
        git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        print(f"machine: {os.cpu_count()} cores, {model}, {memory} GiB; {git}", flush=True)

    def all(self):
        self.machine()
        parts = {"startup": self.startup, "sync": self.sync, "merge": self.merge, "scorecard": self.scorecard,
                 "audit": lambda: history.measure(self), "past": lambda: past.measure(self),
                 "gate": lambda: gate.measure(self), "publish": lambda: publish.measure(self)}
        chosen = self.options.only.split(",") if self.options.only else list(parts)
        if not set(chosen) <= {"startup", "merge"}:
            self.prepare()
        for name in chosen:
            parts[name]()
        print(f"{'peak memory of kpi':<46} {self.peak:9.0f} MB   (bar 600 MB)")
        if self.options.markdown:
            self.write_markdown(self.options.markdown)

    def write_markdown(self, path):
        with open(path, "w") as out:
            out.write("| measured | kpi | peer | | ratio | bar |\n| --- | ---: | --- | ---: | ---: | --- |\n")
            for name, ours, peer_name, peer, ratio, bar in self.rows:
                out.write(f"| {name} | {ours * 1000:.1f} ms | {peer_name} | {peer * 1000:.1f} ms | {ratio:.2f} | {bar or ''} |\n")
            for name, fact, bar in self.facts:
                out.write(f"| {name} | {fact} | | | | {bar} |\n")
            if self.memory:
                out.write(f"| peak memory of a cold scorecard | {self.memory:.0f} MB | | | | 400 MB |\n")
            out.write(f"| peak memory | {self.peak:.0f} MB | | | | 600 MB |\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kpi", required=True, help="the program to measure")
    parser.add_argument("--folder", help="where to work; a temporary folder otherwise")
    parser.add_argument("--departments", type=int, default=500)
    parser.add_argument("--commits", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", help="startup, sync, merge, scorecard, audit, past, gate, publish: some of them, separated by commas")
    parser.add_argument("--markdown", help="also write the table to this file")
    bench = Bench(parser.parse_args())
    try:
        bench.all()
    finally:
        if not bench.options.folder:
            shutil.rmtree(bench.root, ignore_errors=True)
