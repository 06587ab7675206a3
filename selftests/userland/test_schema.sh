#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What every command answers with --json, on every recorded root, incident and log: as the schemas say that are installed. They
# are made from the declarations of the fields; whether a document is as one says is python3-jsonschema's to tell.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

if ! /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
	skip "JSON and its schemas" "needs Debian's python3-jsonschema"
	finish
	exit
fi

# As users build and install it.
make -s -C "$repo/userland" CFLAGS='-O2 -g' >"$work/make" 2>&1 || cat "$work/make"
make -s -C "$repo/userland" install DESTDIR="$work/installed" prefix=/usr >"$work/make" 2>&1 || cat "$work/make"
plain=$work/installed/usr/bin/pfnscope
schemas=$work/installed/usr/share/pfnscope/schema
[ "$("$plain" --schema | sort)" = "$(basename -s .json "$schemas"/*.json | sort)" ]
result $? "every document has its schema installed"
! "$plain" --schema nothing >"$work/out" 2>&1 && grep -q 'no JSON document "nothing"' "$work/out"
result $? "a document that there is none of has none"

# --- documents ---

# ask FILE ARGUMENT...: one document in $docs/FILE, or none where the command says that there is nothing to ask.
docs=$work/docs
mkdir "$docs"
ask() {
	local file=$docs/$1 status=0
	shift
	"$plain" "$@" --json >"$file" 2>"$work/err" </dev/null || status=$?
	asked=$((asked + 1))
	[ -s "$file" ] || rm "$file"
	[ "$status" -lt 64 ] && return
	echo "# $* --json: status $status: $(cat "$work/err")"
	refused=$((refused + 1))
}

asked=0 refused=0
mapfile -t commands < <(for command in $("$plain" --complete ''); do
	"$plain" "$command" --help | grep -q -- --json && echo "$command"; done)

# ask_all ROOT NAME: every command.
ask_all() {
	local command page

	for command in "${commands[@]}"; do
		case $command in
		oom | leak) ;;
		explain)
			ask "explain@$2" explain --root "$1" --gfp GFP_KERNEL
			ask "explain-atomic@$2" explain --root "$1" --gfp 'GFP_ATOMIC|__GFP_DMA' --order 3
			ask "explain-set@$2" explain --root "$1" --gfp GFP_KERNEL --set vm.min_free_kbytes=65536 \
				--set vm.watermark_scale_factor=20
			ask "explain-huge@$2" explain --root "$1" --gfp GFP_HIGHUSER_MOVABLE --order 9 --node 0
			;;
		top)
			for page in $("$plain" --complete top --page ''); do
				ask "top-$page@$2" top --root "$1" --page "$page" -n 1
			done
			;;
		diff) ask "diff@$2" diff "$fixtures/7.2-numa" --root "$1" ;;
		*) ask "$command@$2" "$command" --root "$1" ;;
		esac
	done
}

roots=0
for root in "$fixtures"/*/; do
	name=$(basename "$root")
	[ -d "$root/sys/kernel/debug/pfnscope" ] || continue
	[[ $name != *.new ]] || continue # being recorded
	roots=$((roots + 1))
	ask_all "$root" "$name"
	mkdir "$work/$name"
	cp -r "$root/proc" "$work/$name/"
	ask_all "$work/$name" "$name-no-module"
	ask "status-scan@$name" status --root "$root" --scan
	ask "by_block@$name" owners --root "$root" --by-block
	ask "zones-bytes@$name" zones --root "$root" -b
	ask "owners-bytes@$name" owners --root "$root" -b
	ask "zones@$name.some" zones --root "$root" -o node,free
	ask "slabs@$name.some" slabs --root "$root" -b -o name,wasted
done
ask "sites@eaten" sites --root "$fixtures/sites/6.1-dma"
ask "balance@lists" balance --root "$fixtures/reclaim/6.1-lists"
for weighed in 6.1-lists 7.2-generations; do
	ask "reclaim_plan@$weighed" reclaim --plan --cgroup /apps --root "$fixtures/reclaim/$weighed"
	ask "explain-reclaimed@$weighed" explain --gfp GFP_KERNEL --root "$fixtures/reclaim/$weighed" --set vm.swappiness=100 \
		--set /apps/memory.max=16M
	ask "reclaim_why@$weighed" reclaim --plan --why --root "$fixtures/reclaim/$weighed"
done
ask "balance@generations" balance --root "$fixtures/reclaim/7.2-generations"
for option in --all --killers -b '--cgroup /apps/batch' '--nodes 0' '--cpuset 1'; do
	# shellcheck disable=SC2086 # words
	ask "next@crowd${option//[ \/]/}" oom --next --root "$fixtures/triage/7.2-crowd" $option
done
ask "next@crowd.some" oom --next --root "$fixtures/triage/7.2-crowd" -o pid,why
ask "next@running" oom --next
ask "killers@running" oom --next --killers
ask "events@pressed" events --root "$fixtures/events/6.1"
ask "latency@pressed" latency --root "$fixtures/events/6.1"
ask "stalls@pressed" stalls --root "$fixtures/events/6.1"
if [ "$roots" -eq 0 ]; then
	skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi
for folder in "$fixtures"/oom/*.incident; do
	name=$(basename "$folder")
	ask_all "$folder" "$name"
	root=$work/with-$name
	cp -r "$fixtures/7.2" "$root"
	chmod -R u+w "$root"
	files=$root/sys/kernel/debug/pfnscope
	mkdir -p "$files/incidents"
	cp -r "$folder" "$files/incidents/1"
	cp "$folder/header" "$files/incidents/list"
	# No guest that was recorded had swap: a row of as many ones.
	awk 'NR == 2 { row = $0; gsub(/[^ ]+/, "1", row); print; print row; next } NR < 2' "$fixtures/7.2/sys/kernel/debug/pfnscope/swap" >"$files/swap"
	ask_all "$root" "with-$name"
	ask "incident@$name" incidents 1 --root "$root"
	ask "incident-bytes@$name" incidents 1 --root "$root" -b
done
# A recording a minute, each with 4 MiB more in tmpfs.
mkdir -p "$work/history/2026-11-27"
cp -r "$fixtures/7.2-numa" "$work/growing"
chmod -R u+w "$work/growing"
for minute in $(seq 10 59); do
	awk -v kb=$((minute * 4096)) '$1 == "Shmem:" { $2 += kb } { print }' "$fixtures/7.2-numa/proc/meminfo" >"$work/growing/proc/meminfo"
	"$plain" --root "$work/growing" record "$work/history/2026-11-27/17${minute}00.tar" >/dev/null
done
# Whatever an option without an argument makes of it.
for command in "${commands[@]}"; do
	read -ra words <<<"$command --root $fixtures/7.2-numa"
	[ "$command" != explain ] || words+=(--gfp GFP_KERNEL)
	[ "$command" != diff ] || words+=("$fixtures/6.12-numa")
	[ "$command" != oom ] || words=(oom "$fixtures/oom/7.2-anon.log")
	[ "$command" != leak ] || words=(leak "$work/history")
	for option in $("$plain" "$command" --help | sed -nE 's/^  (-.,|   ) (--[a-z-]+)(  .*|$)/\2/p'); do
		case $option in
		--json | --raw | --help | --version | --next) ;;
		*) ask "$command$option@7.2-numa" "${words[@]}" "$option" ;;
		esac
	done
done
for log in "$fixtures"/oom/*.log; do
	ask "oom@$(basename "$log")" oom "$log"
done
cat "$fixtures"/oom/*.log >"$work/log"
ask "oom@all" oom "$work/log"
ask "oom@none" oom /dev/null
# This machine, which is the only one with a name.
ask_all / live
for command in "${commands[@]}"; do
	case $command in
	oom | leak) ;;
	explain) ask explain@running explain --gfp GFP_KERNEL ;;
	top) ask top@running top -n 1 --page reclaim ;;
	diff) ask diff@running diff "$fixtures/7.2-numa" ;;
	*) ask "$command@running" "$command" ;;
	esac
done
result "$refused" "$asked questions are taken"

# --- held against the schemas ---
"$here/schema.py" "$schemas" "$docs"/* >"$work/out" 2>"$work/err"
status=$?
sed 's/^/# /' "$work/err"
grep '^/' "$work/out" | sed "s|^$docs/|# |"
result "$status" "every document is as its schema says"
while read -r name documents rest; do
	rows=${rest#documents, } rows=${rows% rows}
	# Nothing of it is recorded: it tells what a running kernel adds in some time.
	[ "$name" != stall_shares: ] || continue
	[ "$documents" -gt 0 ] && [ "$rows" -gt 0 ]
	result $? "$name $documents documents, $rows rows"
done < <(grep -v '^/' "$work/out")
[ "$(grep -cv '^/' "$work/out")" -eq "$("$plain" --schema | wc -l)" ]
result $? "of every schema"

# --- what is wrong is found ---

# wrong NAME FILE SCRIPT WORDS: FILE of $docs, as sed's SCRIPT makes it, is refused with WORDS.
wrong() {
	sed "$3" "$docs/$2" >"$work/planted"
	if cmp -s "$docs/$2" "$work/planted" && [ -n "$3" ]; then
		echo "# nothing was planted"
		result 1 "$1"
		return
	fi
	! "$here/schema.py" "$schemas" "$work/planted" >"$work/out" 2>&1 && grep -q "^$work/planted: .*$4" "$work/out"
	result $? "$1"
}

wrong "a string for a number" zones@7.2 '0,/"free_pages": [0-9]*/s//"free_pages": "many"/' "/zones/0/free_pages: 'many' is not of type 'integer'"
wrong "a number below 0" zones@7.2 '0,/"free_pages": [0-9]*/s//"free_pages": -1/' 'minimum'
wrong "a key that is not declared" zones@7.2 '0,/"node": 0/s//"node": 0, "nobody": 1/' "'nobody' was unexpected"
wrong "a key of the head that is not declared" zones@7.2 '1s/"host"/"nobody": 1, "host"/' "'nobody' was unexpected"
wrong "a column that is lost" gfp@7.2 '0,/"kind": [^,]*, /s///' "'kind' is a required property"
wrong "a size that is lost, in pages and in bytes" zones@7.2 '0,/"managed_pages": [0-9]*, /s///' 'is not valid under any of the given schemas'
wrong "chosen columns, where all are wanted" zones@7.2.some '' 'is not valid under any of the given schemas'
wrong "a head without a kernel" zones@7.2 '1s/"kernel": "[^"]*", //' "'kernel' is a required property"
wrong "a moment that is none" zones@7.2 '1s/"taken_at": null/"taken_at": "yesterday"/' 'yesterday'
wrong "a key twice" zones@7.2 '0,/"node": 0/s//"node": 0, "node": 0/' 'a key twice'
wrong "a schema that there is none of" zones@7.2 '1s|pfnscope/zones/1|pfnscope/zones/9|' 'no schema'
wrong "a number for a truth value, deep in explain" explain@7.2 '0,/"made": true/s//"made": 1/' 'made: 1 is not of type'
wrong "a zone's answer without its numbers" explain@7.2 '0,/"numbers"/s//"figures"/' 'zones/0/fast'
wrong "a word for a truth value in a report" oom@6.1-anon.log '0,/"passes": false/s//"passes": "no"/' "'no' is not of type 'boolean'"
wrong "a report without a key" oom@6.1-anon.log '0,/"killer": [^,]*, /s///' "'killer' is a required property"
wrong "half a document" zones@7.2 '/^]/d' 'Expecting'
cp -r "$schemas" "$work/bad"
sed -i '0,/"integer"/s//"integr"/' "$work/bad/zones.json"
! "$here/schema.py" "$work/bad" "$docs/zones@7.2" >"$work/out" 2>&1 && grep -q "bad/zones.json: \\['integr', 'null'\\] is not valid" "$work/out"
result $? "a schema that is none"
finish
