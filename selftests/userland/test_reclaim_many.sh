#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# reclaim --plan of many cgroups: each has what its own samples say, and what it takes grows with their number, not with its square.

. "$(dirname "$0")/tap.sh"
root=$work/root
files=$root/sys/kernel/debug/pfnscope

# many COUNT: a recorded root in which /apps/job is there so often. Of every second one half of what was sampled is mapped.
many() {
	local view

	rm -rf "$root"
	cp -r "$repo/selftests/fixtures/reclaim/6.1-lists" "$root"
	sed -i -E 's/^(SwapTotal|SwapFree):.*/\1: 8000000 kB/' "$root/proc/meminfo"
	for view in balance lrutail; do
		awk -v count="$1" -v view=$view '
			{ name = view == "balance" ? 2 : 4 }
			NR <= 2 || $name != "/apps/job" { print; next }
			{
				for (i = 1; i <= count; i++) {
					$name = "/apps/job" i
					$(name + 1) = 1000 + i
					if (view == "lrutail")
						$14 = i % 2 * 512
					print
				}
			}' "$files/$view" >"$work/view"
		cp "$work/view" "$files/$view"
	done
}

# rows: "right" where of each cgroup that pages are taken from half is mapped, or none, by its number; else how many of them are.
rows() {
	awk '
		$2 ~ /job/ && $3 > 0 { odd = substr($2, 10) % 2; all[odd]++; right[odd] += $4 == int($3 / 2) * odd }
		END {
			if (all[0] > 1000 && all[1] > 1000 && all[0] == right[0] && all[1] == right[1])
				print "right"
			else
				print right[0] + 0 " of " all[0] + 0 " and " right[1] + 0 " of " all[1] + 0
		}' "$work/out"
}

many 4096
run reclaim --plan --pages 2000000 --root "$root" --raw -n -o node,cgroup,anon,mapped
result "$([ "$status" -eq 0 ] && [ "$(grep -c ' /apps/job' "$work/out")" -eq 4096 ]; echo $?)" "4096 cgroups have a row each"
result "$([ "$(rows)" = right ]; echo $?)" "each has what was sampled of it: $(rows)"
run reclaim --why --pages 2000000 --root "$root" --raw -n -o cgroup
result "$([ "$(grep '/apps/job' "$work/out" | sort -u | wc -l)" -eq 4096 ]; echo $?)" "and is looked at"

# Of the time of a CPU, which others do not take: by the square of their number it would be thrice as much.
many 32768
ulimit -t 5
run reclaim --plan --pages 2000000 --root "$root" --raw -n -o node,cgroup,anon,mapped
result "$([ "$status" -eq 0 ] && [ "$(grep -c ' /apps/job' "$work/out")" -eq 32768 ]; echo $?)" "32768 cgroups take less than five seconds of a CPU"
finish
