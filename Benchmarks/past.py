"""Measures looks at the past: the company's scorecard at an older version beside today's, and what was known of a KPI when."""
import subprocess


def output(bench, folder, *args):
    return subprocess.run(["git", *args], cwd=folder, env=bench.env, capture_output=True, text=True, check=True).stdout


def measure(bench):
    folder = bench.clone("past")
    line = output(bench, folder, "rev-list", "--first-parent", "main").split()
    old = line[len(line) * 4 // 5]
    day = output(bench, folder, "show", "-s", "--format=%cs", line[len(line) // 2]).strip()
    first = bench.run("scorecard", "--at", old, cwd=folder).seconds
    print(f"{'company view, first look at an older commit':<46} {first * 1000:9.1f} ms")
    beside_today(bench, folder, "company view at an older commit", old, "1.2x")
    beside_today(bench, folder, "company view at a day, without the index", day)
    triangle(bench, folder)
    beside_today(bench, folder, "company view at a day, with the index", day)


def beside_today(bench, folder, name, when, bar=None):
    """Today's and an older one in turn, so that neither lives on what the other has thrown away."""
    today, then = [], []
    for number in range(bench.options.rounds + 1):
        for took, more in ((today, []), (then, ["--at", when])):
            seconds = bench.run("scorecard", *more, cwd=folder).seconds
            if number > 0:
                took.append(seconds)
    bench.report(name, then, "kpi, today's", today, bar=bar)


def triangle(bench, folder):
    """What was known of a KPI when, with the index of the history at hand, beside what git says of its two files."""
    ours, theirs = [], []
    for number in range(max(3, bench.options.rounds // 2) + 1):
        definition = bench.paths.definitions()[number]
        seconds = bench.run("history", bench.paths.id(definition), "--format", "json", cwd=folder).seconds
        if number > 0:
            ours.append(seconds)
            actuals = bench.paths.actuals(number)
            theirs.append(bench.git("log", "-p", "--format=%H", "--", definition, actuals, cwd=folder).seconds)
    bench.report("restatement triangle of one KPI", ours, "git log -p of its files", theirs)
