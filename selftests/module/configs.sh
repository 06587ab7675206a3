#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest:
# kernels: configs
#
# What a kernel was built without costs the views that need it, which say so, and no others; /proc/config.gz tells.

count=0
files=/sys/kernel/debug/pfnscope

# Each view and each kind of events that some kernel does without, and what it needs in the order in which it asks.
needs='slabs:DEBUG_INFO_BTF,KALLSYMS_ALL hugepages:HUGETLBFS,KALLSYMS_ALL shrinkers:KALLSYMS_ALL swap:SWAP,KALLSYMS_ALL
zswap:ZSWAP generations:LRU_GEN incidents:TRACEPOINTS,DEBUG_INFO_BTF sites:KALLSYMS,STACKTRACE,TRACEPOINTS,DEBUG_INFO_BTF
events:TRACEPOINTS,DEBUG_INFO_BTF latency:TRACEPOINTS,DEBUG_INFO_BTF
stalls:TRACEPOINTS,DEBUG_INFO_BTF'
for kind in direct_reclaim kswapd throttle steal oom; do needs="$needs $kind:TRACEPOINTS,DEBUG_INFO_BTF"; done
for kind in compaction kcompactd; do needs="$needs $kind:COMPACTION,TRACEPOINTS,DEBUG_INFO_BTF"; done
needs="$needs memcg_reclaim:MEMCG,TRACEPOINTS,DEBUG_INFO_BTF node_reclaim:NUMA,TRACEPOINTS,DEBUG_INFO_BTF"

# result STATUS NAME
result() {
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

has() {
	zcat /proc/config.gz | grep -q "^CONFIG_$1=y$"
}

# about KEY: its value, in words.
about() {
	sed -n "s/^$1 //p" $files/about | sed 's/\\040/ /g'
}

# wanted VIEW or KIND: what has to stand in its reason.
wanted() {
	for need in $needs; do
		[ "${need%%:*}" = "$1" ] || continue
		for option in $(echo "${need#*:}" | tr , ' '); do
			has "$option" && continue
			case $option in
			ZSWAP) echo 'no zswap' ;;
			LRU_GEN) echo 'CONFIG_LRU_GEN' ;;
			*) echo "CONFIG_$option is off" ;;
			esac
			return
		done
	done
	echo available
}

# The file says what about says.
file_agrees() {
	file=$(sed -n 's/^# unavailable: //p' "$files/$1")
	case $2 in
	available) [ -z "$file" ] ;;
	*) [ "$file" = "$2" ] ;;
	esac
}

views=$(sed -n 's/^view\.\([a-z]*\) .*/\1/p' $files/about)
kinds=$(sed -n 's/^events\.\([a-z_]*\) .*/\1/p' $files/about)
echo 'TAP version 13'
echo "1..$(($(echo "$views" | wc -l) + $(echo "$kinds" | wc -l) + 3))"
for view in $views; do
	value=$(about "view\\.$view")
	want=$(wanted "$view")
	case $value in
	*"$want"*) [ "$view" = summary ] || [ "$view" = incidents ] || file_agrees "$view" "$value" ;;
	*) false ;;
	esac
	result $? "view.$view: $value"
	[ "$value" = available ] || [ "$want" != available ] || echo "# should be available"
done
for kind in $kinds; do
	value=$(about "events\\.$kind")
	case $value in *"$(wanted "$kind")"*) true ;; *) false ;; esac
	result $? "events.$kind: $value"
done
if has DEBUG_INFO_BTF; then check=passed btf=/; else check='not made: no BTF' btf='CONFIG_DEBUG_INFO_BTF is off'; fi
! has KALLSYMS_ALL || ! has DEBUG_INFO_BTF || btf='in place'
[ "$(about self_check)" = "$check" ]
result $? "the self check: $(about self_check)"
case $(about btf) in *"$btf"*) true ;; *) false ;; esac
result $? "the BTF: $(about btf)"
if ! has KALLSYMS_ALL; then way='CONFIG_KALLSYMS_ALL is off'; elif has KPROBES; then way=kallsyms_lookup_name; else way='symbol walk'; fi
case $(about symbol.slab_caches) in *"$way"*) true ;; *) false ;; esac
result $? "slab_caches: $(about symbol.slab_caches)"
