#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# report: its parts are what the other commands answer, as text and as JSON; what cannot be had is said; a page loads nothing,
# stays below 2 MB, and works in a browser; with --redact no name is left, and no number is lost.
#
# The browser is chromium; `selftests/vm/setup --browser` installs it.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

# --- text and JSON are those of the commands ---

for root in "$fixtures"/{5.10,6.12-movable,7.2-numa} "$fixtures/oom/6.1-dma.incident"; do
	name=$(basename "$root") bad=0
	"$PFNSCOPE" report --root "$root" >"$work/report" 2>"$work/err" || bad=1
	for command in status zones owners 'slabs --top 15' frag forecast lru 'reclaim --plan --top 64' 'oom --next' incidents; do
		# shellcheck disable=SC2086 # a command and its options
		"$PFNSCOPE" $command --root "$root" >"$work/part" 2>/dev/null
		python3 - "$work/part" "$work/report" <<-'END' || { echo "# $command"; bad=1; }
			import sys
			part, report = (open(name).read() for name in sys.argv[1:])
			sys.exit(part not in report)
		END
	done
	[ ! -s "$work/err" ] || bad=1
	result "$bad" "$name: a part is the text of its command"

	run report --root "$root" --json
	for command in status triage zones owners frag forecast hugepages lru reclaim incidents about; do
		"$PFNSCOPE" "$command" --root "$root" --json >"$work/$command.json" 2>/dev/null
	done
	"$PFNSCOPE" reclaim --plan --root "$root" --json >"$work/reclaim_plan.json" 2>/dev/null
	"$PFNSCOPE" oom --next --root "$root" --json >"$work/next.json" 2>/dev/null
	"$PFNSCOPE" incidents 1 --root "$root" --json >"$work/incident.json" 2>/dev/null
	python3 - "$work" >"$work/differ" <<-'END'
		import json, sys
		report = json.load(open(sys.argv[1] + '/out'))
		for key in report:
		    try:
		        alone = json.load(open(f'{sys.argv[1]}/{key}.json'))
		    except (OSError, ValueError):
		        alone = None
		    if key == 'incident':
		        alone = [alone] if alone else []
		    elif key not in ('status triage zones owners frag forecast hugepages lru reclaim reclaim_plan next '
		                     'incidents about').split():
		        continue
		    if report[key] != alone:
		        print('#', key, str(report[key])[:200], str(alone)[:200])
		    if alone is None and key not in report['not_known']:
		        print('#', key, 'does not say why it is not there')
	END
	cat "$work/differ"
	[ "$status" -eq 0 ] && [ ! -s "$work/differ" ]
	result $? "$name: a part is the document of its command"
done

mkdir -p "$work/bare/sys" "$work/empty/proc" "$work/empty/sys"
cp -r "$fixtures/7.2-numa/proc" "$work/bare/"
run report --root "$work/bare"
expect "without the module there are the zones" 0 '' '^   0 DMA32 '
expect "and what is not there says why" 0 '' '^owners: the module is not loaded, or its files were not recorded'
run report --root "$work/empty"
expect "from nothing there is no report" 4 'nothing to report' ''
run report --root "$fixtures/7.2" --html - --json
expect "a page is no JSON" 64 'exclude each other' ''
run report --root "$fixtures/7.2" --html "$work/no/such/folder"
expect "a page that cannot be written" 74 'No such file or directory' ''

# --- names ---

cp -r "$fixtures/7.2-numa" "$work/named"
chmod -R u+w "$work/named"
echo "db17-secret" >"$work/named/proc/sys/kernel/hostname"
for how in --json '--html -' ''; do
	# shellcheck disable=SC2086 # words
	run report --root "$work/named" --redact $how
	bad=0
	! grep -noE '.{0,40}(db17|secret|/web|/batch|\bhog\b).{0,40}' "$work/out" || bad=1
	# shellcheck disable=SC2086 # words
	"$PFNSCOPE" report --root "$work/named" $how 2>/dev/null | grep -qE 'hog' || bad=1
	result "$bad" "no name is left${how:+ in $how}"
done
# numbers_stay NAME ROOT [HOST]: with names as numbers all other values are the same, and equal names are equal.
numbers_stay() {
	run report --root "$2" --redact --json
	"$PFNSCOPE" report --root "$2" --json >"$work/plain.json"
	python3 - "$work/plain.json" "$work/out" "${3-}" <<-'END'
		import json, re, sys
		plain, hidden = (json.load(open(name)) for name in sys.argv[1:3])
		seen = {}
		def same(a, b, way):
		    if isinstance(a, dict):
		        assert a.keys() == b.keys(), way
		        for key in a:
		            same(a[key], b[key], way + '/' + key)
		    elif isinstance(a, list):
		        assert len(a) == len(b), way
		        for i, (x, y) in enumerate(zip(a, b)):
		            same(x, y, f'{way}/{i}')
		    elif isinstance(a, str) and a != b:
		        assert re.search(r'x[0-9a-f]{10}', b), (way, a, b)
		        if re.fullmatch(r'[a-z0-9/-]+', a):
		            assert seen.setdefault(a, b) == b, (way, a, b)
		    else:
		        assert a == b or way == '/redacted', (way, a, b)
		same(plain, hidden, '')
		assert hidden['redacted'] and len(set(seen.values())) == len(seen) >= 3
		assert not sys.argv[3] or plain['host'] == sys.argv[3]
	END
	result $? "$1: numbers stay, and equal names are equal"
}

numbers_stay named "$work/named" db17-secret
# Limits are found by the names of cgroups.
numbers_stay cgroups "$fixtures/reclaim/7.2-generations"
run report --root "$work/named" --redact --json
first=$(sed -n 's/^  "host": //p' "$work/out")
run report --root "$work/named" --redact --json
[ "$first" != "$(sed -n 's/^  "host": //p' "$work/out")" ]
result $? "without a machine-id the next report has another key"
mkdir "$work/named/etc"
echo 0123456789abcdef0123456789abcdef >"$work/named/etc/machine-id"
for turn in 1 2; do
	run report --root "$work/named" --redact --json
	mv "$work/out" "$work/last.$turn"
done
cmp -s "$work/last.1" "$work/last.2"
result $? "with one it has the same"
run report --root "$work/named" --redact --html -
expect "the page says so" 0 '' 'Redacted: names of tasks, cgroups, hosts and files are numbers'

# --- the page ---

# A name that wants to be markup: of the task of the incident, and of a cgroup.
sed -i 's,\bhog\b,</pre><b>x,g' "$work/named/sys/kernel/debug/pfnscope/incidents/"{list,1/header}
run report --root "$work/named" --html -
grep -q '&lt;/pre&gt;&lt;b&gt;x' "$work/out" && ! grep -q '</pre><b>x' "$work/out"
result $? "what an answer says is no markup"
! grep -nE '(src|href)="[^#]|@import|url\(' "$work/out"
result $? "nothing is named that had to be loaded"
run report --root "$fixtures/7.2-numa" --html "$work/page.html"
expect "a page goes to its file" 0 '' ''
[ "$(stat -c %a "$work/page.html")" = 600 ]
result $? "which is its owner's alone"

# A machine of 1 TiB, as far as its blocks go.
cp -r "$fixtures/6.1" "$work/big"
chmod -R u+w "$work/big"
awk -f "$repo/selftests/lib/terabyte.awk" "$fixtures/6.1/sys/kernel/debug/pfnscope/pageblocks" \
	>"$work/big/sys/kernel/debug/pfnscope/pageblocks"
for root in "$work/big" "$fixtures"/{5.10,6.1,6.12,7.2}-numa; do
	size=$("$PFNSCOPE" report --root "$root" --html - | wc -c)
	[ "$size" -lt 2000000 ] && [ "$size" -gt 40000 ]
	result $? "$(basename "$root"): $size bytes"
done

# try NAME ROOT SCHEME: the page with the script of report-html.js behind its own.
try() {
	local name=$1 root=$2 scheme=$3

	{
		"$PFNSCOPE" --root "$root" report --html - | sed 's,^</body></html>$,,'
		echo '<script>'
		"$PFNSCOPE" --root "$root" zones >"$work/zones" 2>&1
		"$PFNSCOPE" --root "$root" zones --json >"$work/zones.json"
		python3 - "$scheme" "$work/zones" <<-'END'
			import json, sys
			free = [zone['free_pages'] for zone in json.load(open(sys.argv[2] + '.json'))['zones']]
			print('const answers=' + json.dumps({'scheme': sys.argv[1], 'zones': open(sys.argv[2]).read(), 'free': free}) + ';')
		END
		cat "$(dirname "$0")/report-html.js"
		echo '</script></body></html>'
	} >"$work/page.html"
	browse "$name" "$scheme"
}

need_browser
try "light" "$fixtures/7.2-numa" light
try "dark" "$fixtures/6.1" dark
finish
