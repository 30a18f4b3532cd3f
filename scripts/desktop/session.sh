# A desktop session with nobody in front of it, for as long as standard input is open. Runs inside
# `dbus-run-session`; starts what is asked for, writes the session's variables and waits.
#   $1  folder for its files    $2  screen size ("1600x1000x24"), or "" for no display of its own
set -eu
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

if [ -n "$2" ]; then
  Xvfb -displayfd 3 -nolisten tcp -screen 0 "$2" 3>"$1/display" 2>"$1/xvfb.log" </dev/null &
  for _ in $(seq 200); do
    [ -s "$1/display" ] && break
    sleep 0.05
  done
  [ -s "$1/display" ] || { cat "$1/xvfb.log" >&2; exit 1; }
  echo "DISPLAY=:$(cat "$1/display")"
fi

printf 'throw-away' | gnome-keyring-daemon --unlock --components=secrets >"$1/keyring.env" 2>"$1/keyring.log"
echo "DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
echo READY
cat >/dev/null
