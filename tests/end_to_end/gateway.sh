# shellcheck shell=bash
# A real `kabinet serve` with the shipped configuration in a temporary folder, for the drivers beside it to
# source. What happens on the link it leaves to them.

room=$(mktemp -d)
trap leave EXIT

# leave: the exit trap; ends what runs, shows the gateway's log of a failure, removes the folder.
leave() {
    local status=$? pid
    for pid in $(jobs -pr); do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    if [ "$status" -ne 0 ] && [ -f "$room/log" ]; then cat "$room/log" >&2; fi
    rm -rf "$room"
}

# skip WHY: ends the driver so that ctest counts the test as skipped.
skip() {
    echo "skipped: $*" >&2
    exit 77
}

# await_file FILE PID: until the file has content; ends the driver if PID, who writes it, ends without.
await_file() {
    until [ -s "$1" ]; do
        if ! kill -0 "$2" 2>/dev/null && [ ! -s "$1" ]; then
            echo "$(basename "$1") was never written" >&2
            exit 1
        fi
        sleep 0.02
    done
}

# start_gateway KABINET CONFIG_FOLDER PORT [PACK]: its SMSC is on that port of loopback; another pack than the
# shipped configuration's is a folder of operators/.
start_gateway() {
    cp -r "$2/." "$room"
    if [ -n "${4:-}" ]; then sed -i "s|^pack = \"[^\"]*\"|pack = \"operators/$4\"|" "$room/kabinet.toml"; fi
    sed -i -e "s/^port = .*/port = $3/" -e 's/^level = .*/level = "trace"/' "$room/kabinet.toml"
    "$1" keygen "$room/kabinet.key"
    "$1" serve --config "$room/kabinet.toml" 2>"$room/log" &
    gateway=$!
}

# stop_gateway: by SIGTERM; fails unless it ends with 0.
stop_gateway() {
    local ended=0
    kill -TERM "$gateway"
    wait "$gateway" || ended=$?
    [ "$ended" -eq 0 ] || echo "kabinet serve ended with $ended" >&2
    return "$ended"
}
