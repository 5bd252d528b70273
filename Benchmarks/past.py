"""Measures looks at the past: the company's scorecard at an older version beside today's, and what was known of a KPI when."""
import subprocess


def output(bench, folder, *args):
    return subprocess.run(["git", *args], cwd=folder, env=bench.env, capture_output=True, text=True, check=True).stdout


def measure(bench):
    folder = bench.clone("past")
    line = output(bench, folder, "rev-list", "--first-parent", "main").split()
    old = line[len(line) * 4 // 5]
    day = output(bench, folder, "show", "-s", "--format=%cs", line[len(line) // 2]).strip()
    looks = {"today": [], old: ["--at", old], day: ["--at", day]}
    took = {name: [] for name in looks}
    print(f"{'company view, first look at ' + old[:8]:<46} {bench.run('scorecard', '--at', old, cwd=folder).seconds * 1000:9.1f} ms")
    # Back and forth, so that no look lives on what another one has thrown away.
    for number in range(bench.options.rounds + 1):
        for name, more in looks.items():
            seconds = bench.run("scorecard", *more, cwd=folder).seconds
            if number > 0:
                took[name].append(seconds)
    bench.report("company view at an older commit", took[old], "kpi, today's", took["today"], bar="1.2x")
    bench.report("company view at an older day", took[day], "kpi, today's", took["today"])
    triangle(bench, folder)


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
