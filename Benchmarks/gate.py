"""Measures the hub's gate: many commits at once, one commit in a small and a large ledger, and memory.

Each look at a push is the very call of the hook, `kpi hub check --push`, on objects in a pack of their own, as git's
quarantine has them; a whole push is timed with `git push` from a clone.
"""
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import ledger

MANY = 1000
MOST = 50_000
ZERO = "0" * 40


class Looks:
    """A folder of new commits beside a hub, and the gate's look at them."""

    def __init__(self, bench, hub, name):
        self.bench, self.hub = bench, hub
        self.folder = bench.root / name
        if self.folder.exists():
            shutil.rmtree(self.folder)
        subprocess.run(["git", "clone", "-q", "--bare", "--shared", str(hub), str(self.folder)], check=True, env=bench.env)
        self.old = self.read("rev-parse", "main")

    def read(self, *args):
        return subprocess.run(["git", *args], cwd=self.folder, env=self.bench.env, check=True, capture_output=True,
                              text=True).stdout.strip()

    def time_of_tip(self):
        return int(self.read("show", "-s", "--format=%ct", "main"))

    def commits(self, branch, count, paths, seed, start):
        """Commits that each change one row of one table, one after another on a branch that starts at main."""
        rng, contents, when = random.Random(seed), {}, self.time_of_tip()
        feed = subprocess.Popen(["git", "fast-import", "--quiet", "--force"], cwd=self.folder, env=self.bench.env,
                                stdin=subprocess.PIPE)
        with tempfile.TemporaryFile() as out:
            for number in range(count):
                path = paths.actuals(rng.randrange(len(paths.ids)))
                if path not in contents:
                    contents[path] = self.read("show", f"main:{path}").split("\n")
                lines = contents[path]
                row = rng.randrange(1, len(lines))
                lines[row] = lines[row].split(",")[0] + f",{start + number}.5,,"
                data = ("\n".join(lines) + "\n").encode()
                out.write(f"commit refs/heads/{branch}\ncommitter {ledger.AUTHOR} {when + number // 100} +0000\n".encode())
                out.write(b"data 3\nrow\n")
                if number == 0:
                    out.write(f"from {self.old}\n".encode())
                out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
            out.seek(0)
            shutil.copyfileobj(out, feed.stdin)
        feed.stdin.close()
        if feed.wait() != 0:
            sys.exit("git fast-import failed")
        return self.read("rev-parse", branch)

    def look(self, new):
        """Seconds and megabytes of the hook's call."""
        scratch = self.bench.root / "scratch-objects"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        env = dict(self.bench.env, GIT_OBJECT_DIRECTORY=str(scratch),
                   GIT_ALTERNATE_OBJECT_DIRECTORIES=f"{self.folder}/objects:{self.hub}/objects")
        start = time.perf_counter()
        process = subprocess.Popen([self.bench.kpi, "hub", "check", "--push", str(self.hub)], env=env, cwd=self.hub,
                                   stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(f"{self.old} {new} refs/heads/main\n".encode())
        process.stdin.close()
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"the gate refused: {error.decode(errors='replace')[:2000]}")
        return seconds, usage.ru_maxrss / 1024


def sync_of(bench, looks, local, paths, key=None):
    """The merge that `kpi sync` makes of a line of commits onto another commit of the hub's, as the hub then has it;
    signed with a key."""
    other = bench.root / "gate-sync.git"
    if other.exists():
        shutil.rmtree(other)
    subprocess.run(["git", "clone", "-q", "--bare", str(looks.folder), str(other)], check=True, env=bench.env)
    ledger.append_commit(other, bench.env, paths.actuals(1), 1)
    clone = bench.clone("gate-sync", other)
    bench.git("remote", "set-url", "origin", str(other), cwd=clone)
    bench.git("reset", "-q", "--hard", local, cwd=clone)
    for name, value in (("commit.gpgsign", "true"), ("gpg.format", "ssh"), ("user.signingkey", str(key))) if key else ():
        bench.git("config", name, value, cwd=clone)
    hub = subprocess.run(["git", "rev-parse", "main"], cwd=other, env=bench.env, check=True, capture_output=True,
                         text=True).stdout.strip()
    bench.run("sync", cwd=clone)
    merged = Looks(bench, other, "gate-merged.git")
    merged.old, new = hub, merged.old
    subprocess.run(["git", "update-ref", "refs/heads/main", hub], cwd=other, check=True, env=bench.env)
    return merged, new


def requiring_signatures(bench):
    """The hub as it is when its ledger knows a key and requires signatures, and the key."""
    key = bench.root / "gate-key"
    if not key.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    hub = bench.root / "gate-keyed-hub.git"
    if hub.exists():
        shutil.rmtree(hub)
    subprocess.run(["git", "clone", "-q", "--bare", str(bench.hub), str(hub)], check=True, env=bench.env)
    looks = Looks(bench, hub, "gate-keyed.git")
    public = key.with_suffix(".pub").read_text().strip()
    changes = {
        "people.yaml": looks.read("show", "main:people.yaml").replace(
            "emails: [bench@example.org]", f"emails: [bench@example.org], keys: [{public}]") + "\n",
        "ledger.yaml": looks.read("show", "main:ledger.yaml") + "\nrequire_signatures: true\n",
    }
    feed = f"commit refs/heads/main\ncommitter {ledger.AUTHOR} {looks.time_of_tip()} +0000\ndata 3\nkey\nfrom {looks.old}\n"
    for path, text in changes.items():
        feed += f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"
    subprocess.run(["git", "fast-import", "--quiet"], cwd=hub, env=bench.env, input=feed.encode(), check=True)
    return Looks(bench, hub, "gate-keyed.git"), key


def signed(bench, looks, new, key):
    """The same line of commits, each signed with an ssh key."""
    commits = looks.read("rev-list", "--reverse", "--format=%T %ct", "--no-commit-header", f"{looks.old}..{new}")
    parent = looks.old
    for line in commits.split("\n"):
        tree, when = line.split()
        env = dict(bench.env, GIT_AUTHOR_DATE=f"{when} +0000", GIT_COMMITTER_DATE=f"{when} +0000")
        parent = subprocess.run(
            ["git", "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit-tree", "-S", tree, "-p", parent,
             "-m", "row"], cwd=looks.folder, env=env, check=True, capture_output=True, text=True).stdout.strip()
    looks.read("update-ref", "refs/heads/signed", parent)
    looks.read("repack", "-q", "-d", "-l")
    return parent


def speed(bench, name, looks, new, count, rounds, bar):
    took = [looks.look(new) for _ in range(rounds + 1)][1:]
    seconds = statistics.median(s for s, _ in took)
    print(f"{name:<62} {count / seconds:8.0f} commits/s   (bar {bar})   {max(m for _, m in took):5.0f} MB", flush=True)
    bench.facts.append((name, f"{count / seconds:.0f} commits/s", bar))


def one_commit(bench, hub, paths, name):
    """Milliseconds of pushes of one commit each to a hub with the gate and to one without, in turn."""
    gated, plain = bench.copy_of(hub, f"{name}-gated.git"), bench.copy_of(hub, f"{name}-plain.git")
    bench.install_hooks(gated)
    (gated / "hooks" / "post-receive").unlink()
    clone = bench.clone(name, plain)
    bench.git("remote", "add", "gated", str(gated), cwd=clone)
    with_gate, without = [], []
    for number in range(bench.options.rounds + 3):
        ledger.change_row(clone / paths.actuals(number * 37), number)
        bench.git("commit", "-qam", "row", cwd=clone)
        for remote, times in (("origin", without), ("gated", with_gate))[::1 if number % 2 else -1]:
            times.append(bench.git("push", "-q", remote, "HEAD:main", cwd=clone).seconds)
    for folder in (gated, plain, clone):
        shutil.rmtree(folder)
    return with_gate[1:], without[1:]


def measure(bench):
    rounds = max(3, bench.options.rounds // 2)
    looks = Looks(bench, bench.hub, "gate-new.git")
    line = looks.commits("line", MANY, bench.paths, seed=3, start=10_000)
    speed(bench, f"gate, {MANY:,} commits of the main line, unsigned", looks, line, MANY, rounds, "1,000/s")
    merged, merge = sync_of(bench, looks, line, bench.paths)
    speed(bench, f"gate, one sync of {MANY:,} commits, unsigned", merged, merge, MANY, rounds, "1,000/s")
    keyed, key = requiring_signatures(bench)
    sign = signed(bench, keyed, keyed.commits("line", MANY, bench.paths, seed=3, start=10_000), key)
    speed(bench, f"gate, {MANY:,} commits of the main line, signed", keyed, sign, MANY, rounds, "300/s")
    merged, merge = sync_of(bench, keyed, sign, bench.paths, key)
    speed(bench, f"gate, one sync of {MANY:,} commits, signed", merged, merge, MANY, rounds, "300/s")
    most = looks.commits("most", MOST, bench.paths, seed=5, start=20_000)
    speed(bench, f"gate, {MOST:,} commits at once, the most it takes", looks, most, MOST, 0 + 1, "memory")

    kpis = bench.options.departments * 20
    with_gate, without = one_commit(bench, bench.hub, bench.paths, "gate-one")
    bench.report(f"push of one commit, {kpis:,} KPIs, through the gate", with_gate, "git push, no hooks", without,
                 bar="100 ms more")
    large = bench.root / "gate-large.git"
    paths = ledger.make(large, bench.env, departments=bench.options.departments * 10, kpis=20, months=12, commits=200)
    larger, plain = one_commit(bench, large, paths, "gate-one-large")
    bench.report(f"push of one commit, {kpis * 10:,} KPIs, through the gate", larger, "git push, no hooks", plain)
    bench.report(f"  {kpis * 10:,} KPIs against {kpis:,}", larger, f"kpi at {kpis:,}", with_gate, bar="1.3x")
    shutil.rmtree(large)
