/// The scripts that git runs in a hub: the same texts as in the folder `hooks/`, so that an installed program needs no
/// source folder. A test holds the two together.
///
/// They find `kpi` at the path that ``LedgerHub/programVariable`` names, or else as a shell would.
public enum HookScripts {
  /// By the name that git calls them by.
  public static let all = ["pre-receive": preReceive, "post-receive": postReceive]

  /// By which a script of ours is known.
  static let mark = "kpi hub init' installed this"

  /// Asks `kpi hub check` whether a push may come in. Without a `kpi` nothing may.
  public static let preReceive = #"""
    #!/bin/sh
    # Asks kpi whether a push may come in; 'kpi hub init' installed this. A push is taken as a whole or not at all.

    kpi=$(git config --get kpi.program)
    [ -x "$kpi" ] || kpi=$(command -v kpi) || {
      echo "This hub cannot check what you send, so it takes nothing: the program kpi is missing there." >&2
      echo "Please tell whoever looks after the hub. Your work is safe in your copy." >&2
      exit 1
    }
    # Behind gitolite, its user is who pushes.
    if [ -z "$KPI_PUSHER" ] && [ -n "$GL_USER" ]; then export KPI_PUSHER="$GL_USER"; fi
    exec "$kpi" hub check --push .

    """#

  /// Has `kpi hub publish` write the scorecard, after the reply and in the background.
  public static let postReceive = #"""
    #!/bin/sh
    # Publishes the scorecard of what has just come in; 'kpi hub init' installed this. Whoever pushed does not wait for
    # it: everything goes to the log, and several of these at a time come down to one, which gives way to other work.

    kpi=$(git config --get kpi.program)
    [ -x "$kpi" ] || kpi=$(command -v kpi) || exit 0
    mkdir -p kpi || exit 0
    log=kpi/publish.log
    if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 1000000 ]; then mv -f "$log" "$log.old"; fi
    # Who may come over ssh follows people.yaml, where 'kpi hub keys --keep' asked for it.
    if keys=$(git config --get kpi.authorizedKeys); then "$kpi" hub keys . --write "$keys" </dev/null >>"$log" 2>&1; fi
    if command -v setsid >/dev/null; then kpi_apart=setsid; else kpi_apart=nohup; fi
    $kpi_apart nice "$kpi" hub publish --maintain . </dev/null >>"$log" 2>&1 &

    """#
}
