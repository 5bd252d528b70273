"""Many clients at once against `kpi hub serve` on loopback: each changes a row and syncs, one after another. Some are killed at
random moments, and the hub once; both are started again. At the end every value must be in the ledger, every merge and the
scorecard must come out again, and no client may have failed.

    make load                                  # 50 clients x 20 syncs, 10 of them killed, the hub once
    make load LOAD="--clients 6 --syncs 4 --kill 2"
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

LIMIT = 120  # seconds that one sync may take, tries included


class Load:
    def __init__(self, options):
        self.options = options
        self.kpi = os.path.abspath(options.kpi)
        self.root = pathlib.Path(options.folder or tempfile.mkdtemp(prefix="kpi-load-")).resolve()
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "home").mkdir(exist_ok=True)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "KPI_"))}
        self.env.update(HOME=str(self.root / "home"), GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull,
                        GIT_TERMINAL_PROMPT="0", LC_ALL="C.UTF-8", NO_COLOR="1")
        self.hub = self.root / "ledger.git"
        self.random = random.Random(options.seed)
        self.times, self.failures, self.killed, self.again = [], [], 0, 0
        self.lock = threading.Lock()
        self.server = None

    def run(self, *args, cwd=None):
        done = subprocess.run(list(map(str, args)), cwd=cwd or self.root, env=self.env, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, args))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    # --- the company ---

    def person(self, number):
        return f"p{number:02d}"

    def prepare(self):
        people = [self.person(n) for n in range(self.options.clients)]
        files = {
            "ledger.yaml": "company: Load\ncurrency: EUR\nunits: {count: {decimals: 0}}\n",
            "goals.yaml": "goals:\n  grow: {name: Grow}\n",
            "people.yaml": "people:\n  office: {name: Office, emails: [office@example.org]}\n"
            + "".join(f"  {p}: {{name: Person {p}, emails: [{p}@example.org]}}\n" for p in people)
            + "roles:\n  administrator: {holder: office}\n  controller: {holder: office}\n"
            + "".join(f"  head-{p}: {{holder: {p}}}\n" for p in people),
        }
        for p in people:
            files[f"departments/{p}/department.yaml"] = f"name: Department {p}\nhead: head-{p}\n"
            files[f"departments/{p}/kpis/orders.yaml"] = (
                f"name: Orders of {p}\nclass: kpi\ngoal: grow\nowner: head-{p}\ndecision: Move people\nunit: count\n"
                "direction: higher\nperiod: month\ntargets: {2026: 1200}\nreview: {cadence: month}\nstatus: active\n")
        for path, text in files.items():
            target = self.root / "ledger" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        self.run(self.kpi, "hub", "init", self.hub, "--from", "ledger", "--admin", "Office", "office@example.org")
        self.tokens = [self.run(self.kpi, "hub", "token", "add", self.hub, p).strip() for p in people]

    def start_hub(self, port=0):
        with open(self.root / "hub.log", "a") as log, open(self.root / "hub.out", "w") as out:
            self.server = subprocess.Popen(
                [self.kpi, "hub", "serve", str(self.hub), "--listen", f"127.0.0.1:{port}"], stdout=out, stderr=log,
                env=self.env)
        for _ in range(200):
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", (self.root / "hub.out").read_text())
            if found:
                self.port = int(found.group(1))
                return
            time.sleep(0.05)
        raise SystemExit("the hub does not start:\n" + (self.root / "hub.log").read_text())

    def clone(self, number):
        p = self.person(number)
        address = f"http://{p}:{self.tokens[number]}@127.0.0.1:{self.port}/ledger.git"
        self.run(self.kpi, "clone", address, p, "--name", f"Person {p}", "--email", f"{p}@example.org")

    # --- syncing ---

    def change(self, number, turn):
        """A row a sync: its own, in the person's own file."""
        path = self.root / self.person(number) / "departments" / self.person(number) / "actuals" / "orders.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [f"{2000 + turn // 12}-{turn % 12 + 1:02d},{number * 1000 + turn},," for turn in range(turn + 1)]
        path.write_text("\n".join(["period,value,status,note"] + rows) + "\n")

    def sync(self, number, doomed):
        """One sync; started again when it was killed, or the hub was away."""
        began = time.perf_counter()
        for attempt in range(200):
            process = subprocess.Popen(
                [self.kpi, "sync"], cwd=self.root / self.person(number), env=self.env, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True)
            if doomed and attempt == 0:
                with self.lock:
                    moment = self.random.uniform(0.01, 1.0)
                time.sleep(moment)
                process.kill()
            text, _ = process.communicate()
            if process.returncode == 0:
                break
            if doomed and attempt == 0 and process.returncode == -signal.SIGKILL:
                with self.lock:
                    self.killed += 1
                continue
            away = process.returncode == 3 and "too busy" not in text
            if not away or time.perf_counter() - began > LIMIT:
                with self.lock:
                    self.failures.append(f"{self.person(number)}: status {process.returncode}\n{text}")
                return
            with self.lock:
                self.again += 1
            time.sleep(0.5)
        took = time.perf_counter() - began
        with self.lock:
            self.times.append(took)

    def client(self, number, doomed):
        moment = self.options.syncs // 2
        for turn in range(self.options.syncs):
            self.change(number, turn)
            self.sync(number, doomed and turn == moment)

    def kill_hub(self):
        """Once, when about a third is done: kill -9, and started again on the same port."""
        while len(self.times) < self.options.clients * self.options.syncs // 3 and not self.failures:
            time.sleep(0.05)
        self.server.kill()
        self.server.wait()
        time.sleep(0.5)
        self.start_hub(self.port)

    # --- the proof ---

    def verify(self):
        wanted = {}
        for number in range(self.options.clients):
            text = self.run("git", "show", f"main:departments/{self.person(number)}/actuals/orders.csv", cwd=self.hub)
            have = {line.split(",")[0]: line.split(",")[1] for line in text.splitlines()[1:]}
            for turn in range(self.options.syncs):
                period, value = f"{2000 + turn // 12}-{turn % 12 + 1:02d}", str(number * 1000 + turn)
                if have.get(period) != value:
                    self.failures.append(f"{self.person(number)} {period}: {have.get(period)} instead of {value}")
                wanted[number, turn] = value
        print(f"{len(wanted)} values in the ledger", flush=True)
        held = self.run("git", "ls-tree", "-r", "--name-only", "main", "proposals/", cwd=self.hub)
        if held:
            self.failures.append("held:\n" + held)
        self.settle()
        print(self.run(self.kpi, "hub", "check", self.hub).strip(), flush=True)
        self.run("git", "clone", "-q", self.hub, "look")
        print(self.run(self.kpi, "scorecard", "--verify", cwd=self.root / "look").strip(), flush=True)

    def settle(self):
        """Waits until the hub publishes no more; git fsck that looks on meanwhile misses what comes while it reads."""
        for _ in range(120):
            if "is published already" in self.run(self.kpi, "hub", "publish", self.hub):
                break
            time.sleep(0.25)
        self.run("git", "fsck", "--no-dangling", "--no-progress", cwd=self.hub)

    def all(self):
        self.prepare()
        self.start_hub()
        try:
            for number in range(self.options.clients):
                self.clone(number)
            doomed = set(self.random.sample(range(self.options.clients), self.options.kill))
            threads = [threading.Thread(target=self.client, args=(n, n in doomed)) for n in range(self.options.clients)]
            killer = threading.Thread(target=self.kill_hub)
            began = time.perf_counter()
            for thread in threads + [killer]:
                thread.start()
            for thread in threads + [killer]:
                thread.join()
            seconds = time.perf_counter() - began
            self.server.send_signal(signal.SIGTERM)
            if self.server.wait(timeout=60) != 0:
                self.failures.append(f"the hub ended with {self.server.returncode}")
        finally:
            if self.server.poll() is None:
                self.server.kill()
        self.verify()
        count = len(self.times)
        ordered = sorted(self.times)
        print(f"{self.options.clients} clients, {count} syncs in {seconds:.1f} s: {count / seconds:.1f} syncs/s, "
              f"median {statistics.median(ordered):.2f} s, 95th percentile {ordered[int(0.95 * (count - 1))]:.2f} s, "
              f"longest {ordered[-1]:.2f} s; {self.killed} clients killed, the hub once; "
              f"{self.again} tries while it was away", flush=True)
        lost = self.log_count("moved-on", "pre-receive hook declined")
        print(f"pushes that came too late: {lost}", flush=True)
        for failure in self.failures[:10]:
            print("FAILED " + failure, flush=True)
        return 1 if self.failures or count != self.options.clients * self.options.syncs else 0

    def log_count(self, *words):
        return sum(any(w in line for w in words) and '"push"' in line for line in open(self.root / "hub.log"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kpi", required=True, help="the program to load")
    parser.add_argument("--folder", help="where to work; a temporary folder otherwise")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--syncs", type=int, default=20)
    parser.add_argument("--kill", type=int, default=10, help="how many clients are killed once")
    parser.add_argument("--seed", type=int, default=7)
    load = Load(parser.parse_args())
    try:
        status = load.all()
    finally:
        if not load.options.folder:
            shutil.rmtree(load.root, ignore_errors=True)
    sys.exit(status)
