"""Makes the ledger that the benchmarks run on: departments x KPIs x months, and a long history, by git fast-import."""
import random
import subprocess

AUTHOR = "Bench <bench@example.org>"
START = 1_700_000_000


class Paths:
    def __init__(self, departments, kpis):
        self.ids = [f"dept-{d:03d}/kpi-{k:02d}" for d in range(departments) for k in range(kpis)]

    def actuals(self, number):
        department, kpi = self.ids[number % len(self.ids)].split("/")
        return f"departments/{department}/actuals/{kpi}.csv"

    def definitions(self):
        return [f"departments/{i.split('/')[0]}/kpis/{i.split('/')[1]}.yaml" for i in self.ids]

    def id(self, path):
        parts = path.split("/")
        return f"{parts[1]}/{parts[3].rsplit('.', 1)[0]}"


def definition(number):
    return f"""name: Measure {number}
class: kpi                       # kpi | metric | context
goal: goal-{number % 10}
priority: {number % 3 + 1}
weight: 1
owner: head-{number // 20 % 50}
data_owner: desk-{number // 20 % 50}
decision: Move people to where the plan is missed
consequence: The plan of the quarter is made again
influence: direct
indicator: lagging
unit: count
direction: {'higher' if number % 2 else 'lower'}
period: month                    # day | week | month | quarter | half | year
profile: calendar
missing: gap
targets: {{{', '.join(f'{2021 + y}: {1200 + number % 700}' for y in range(5))}}}
thresholds: {{green: 100, amber: 90}}
review: {{cadence: month, venue: Monthly review}}
status: active
"""


def actuals(number, months):
    lines = ["period,value,status,note"]
    for month in range(months):
        lines.append(f"{2021 + month // 12}-{month % 12 + 1:02d},{(number * 7 + month * 13) % 1000}.{month % 10 or 1},,")
    return "\n".join(lines) + "\n"


def files(paths, months):
    roles = sorted({f"head-{n}" for n in range(50)} | {f"desk-{n}" for n in range(50)} | {"administrator", "controller"})
    yield "ledger.yaml", "company: Bench\ncurrency: EUR\nunits: {count: {decimals: 0}}\nmerge_rules: 1\n"
    yield "people.yaml", ("people:\n  bench: {name: Bench, emails: [bench@example.org]}\nroles:\n"
                          + "".join(f"  {role}: {{holder: bench}}\n" for role in roles))
    yield "goals.yaml", "goals:\n" + "".join(f"  goal-{n}: {{name: Goal {n}, weight: 1}}\n" for n in range(10))
    for department in sorted({i.split("/")[0] for i in paths.ids}):
        yield f"departments/{department}/department.yaml", f"name: {department}\nhead: head-1\nmembers: [bench]\n"
    for number, path in enumerate(paths.definitions()):
        yield path, definition(number)
        yield paths.actuals(number), actuals(number, months)


def make(hub, env, departments, kpis, months, commits):
    paths = Paths(departments, kpis)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(hub)], check=True, env=env)
    feed = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=hub, env=env, stdin=subprocess.PIPE)
    out = feed.stdin
    contents = {}

    def commit(number, message, changes):
        out.write(f"commit refs/heads/main\ncommitter {AUTHOR} {START + number * 60} +0000\n".encode())
        out.write(f"data {len(message)}\n{message}\n".encode())
        for path, text in changes:
            data = text.encode()
            out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")

    everything = list(files(paths, months))
    contents = dict(everything)
    commit(0, "The ledger", everything)
    rng = random.Random(7)
    for number in range(1, commits):
        if number % 10 == 0:
            path = rng.choice(paths.definitions())
            contents[path] = contents[path].replace("weight: ", "weight: 1", 1) if "weight: 1\n" in contents[path] \
                else contents[path].replace("weight: 11", "weight: 1", 1)
        else:
            path = paths.actuals(rng.randrange(len(paths.ids)))
            lines = contents[path].split("\n")
            row = rng.randrange(1, len(lines) - 1)
            lines[row] = lines[row].split(",")[0] + f",{number % 1000}.{number % 9 + 1},,"
            contents[path] = "\n".join(lines)
        commit(number, f"Change {number}", [(path, contents[path])])
    out.close()
    if feed.wait() != 0:
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-c", "core.commitGraph=true", "commit-graph", "write", "--reachable", "--changed-paths"],
                   cwd=hub, check=True, env=env, stderr=subprocess.DEVNULL)
    return paths


def change_row(path, number):
    lines = path.read_text().split("\n")
    row = 1 + number % (len(lines) - 2)
    lines[row] = lines[row].split(",")[0] + f",{5000 + number}.5,,"
    path.write_text("\n".join(lines))


def change_field(path, field):
    lines = path.read_text().split("\n")
    for index, line in enumerate(lines):
        if line.startswith(field + ":"):
            lines[index] = f"{field}: 9" if field == "priority" else f"{field}: The plan is thrown away"
    path.write_text("\n".join(lines))


def append_commit(hub, env, path, number, when=None):
    """A commit on the hub that changes one row, as if somebody else had sent it; of the newest one's time, or that given."""
    old = subprocess.run(["git", "show", f"main:{path}"], cwd=hub, env=env, check=True, capture_output=True, text=True).stdout
    tip = subprocess.run(["git", "rev-parse", "main"], cwd=hub, env=env, check=True, capture_output=True, text=True).stdout.strip()
    when = when or subprocess.run(["git", "show", "-s", "--format=%ct", "main"], cwd=hub, env=env, check=True, capture_output=True,
                          text=True).stdout.strip()
    lines = old.split("\n")
    lines[-2] = lines[-2].split(",")[0] + f",{7000 + number}.5,,"
    data = "\n".join(lines).encode()
    feed = (f"commit refs/heads/main\ncommitter {AUTHOR} {when} +0000\ndata 5\nother\nfrom {tip}\n"
            f"M 100644 inline {path}\ndata {len(data)}\n").encode() + data + b"\n"
    subprocess.run(["git", "fast-import", "--quiet"], cwd=hub, env=env, input=feed, check=True)
