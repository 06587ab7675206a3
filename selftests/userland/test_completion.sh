#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The completion for bash offers what the command itself knows.

. "$(dirname "$0")/tap.sh"
. "$repo/userland/completion/pfnscope"

# Outside of an interactive shell there is none.
compopt() {
	asked+=("$*")
}

# complete_words WORD...: what is offered for the last word, in $offered; what the shell is asked for, in ${asked[@]}.
complete_words() {
	COMP_WORDS=("$PFNSCOPE" "$@")
	COMP_CWORD=$#
	asked=()
	_pfnscope
	offered=" ${COMPREPLY[*]} "
}

offers() {
	local name=$1 word bad=0
	shift
	for word; do
		case $offered in *" $word "*) ;; *) bad=1; echo "# \"$word\" is not among:$offered" ;; esac
	done
	result "$bad" "$name"
}

complete_words ''
offers "all commands" zones pcp doctor
complete_words zo
offers "commands that begin so" zones zonelists
result "$([[ $offered != *pcp* ]]; echo $?)" "and no others"
complete_words zones --
offers "options" --json --output --root --help
complete_words --root / zones -o ''
offers "columns of the command" free_pages zone
result "$([ "${asked[*]}" = "-o nospace" ]; echo $?)" "columns go on without a blank"
complete_words zones -o node,fr
offers "columns behind a comma" node,free_pages
complete_words zones -o +fr
offers "columns behind a plus" +free_pages
complete_words zones --output = fr
offers "columns behind an equals sign" free_pages
complete_words oom --
offers "what an option makes another command of" --last --next
result "$([[ $offered != *killers* ]]; echo $?)" "without its options"
complete_words oom --next --
offers "with them behind it" --cgroup --nodes --killers --top
complete_words oom --next -o pss
offers "and its columns" pss_bytes
complete_words triage --explain psi
offers "checks to explain" psi.some psi.full
complete_words triage --before ''
result "$([ "${asked[*]}" = "-o default" ]; echo $?)" "files and folders for --before"
complete_words --from ''
result "$([ "${asked[*]}" = "-o default" ]; echo $?)" "and for --from"
complete_words top --page s
offers "pages of the live view" slabs swap
complete_words zones --root ''
result "$([ "${asked[*]}" = "-o dirnames" ]; echo $?)" "folders for --root"
complete_words zones --sort zone,-fr
offers "columns to sort by, also backwards" zone,-free_pages
complete_words zones --where fr
offers "columns of a condition" free_pages
complete_words explain --gfp GFP_K
offers "gfp flags" GFP_KERNEL GFP_KERNEL_ACCOUNT
complete_words report --html ''
result "$([ "${asked[*]}" = "-o default" ]; echo $?)" "files for --html"
complete_words explain --set vm.min_
offers "settings of a what-if" vm.min_free_kbytes vm.min_unmapped_ratio vm.min_slab_ratio
complete_words explain --gfp "'GFP_KERNEL|__GFP_CO"
offers "gfp flags behind a bar, in quotes" 'GFP_KERNEL|__GFP_COMP'

root=$repo/selftests/fixtures/7.2-numa
complete_words --root "$root" owners --zone ''
result "$([ "$offered" = " $(awk 'NR > 2 && !seen[$2]++ { printf "%s ", $2 }' "$root/sys/kernel/debug/pfnscope/zones")" ]; echo $?)" "the zones of the root"
complete_words --root "$root" map --pages ''
result "$([ "$offered" = " $(awk 'NR > 2 && !seen[$2]++ { printf "%s ", $2 }' "$root/sys/kernel/debug/pfnscope/zones")" ]; echo $?)" "and for --pages"
complete_words files --root "$root" --fs ''
result "$([ "$offered" = " $(sed 's/.* - \([^ ]*\) .*/\1/' "$root/proc/self/mountinfo" | awk '!seen[$0]++ { printf "%s ", $0 }')" ]; echo $?)" "types of its file systems, each once"
complete_words freelists --root "$root" --node ''
result "$([ "$offered" = " 0 1 2 3 " ]; echo $?)" "its nodes"
complete_words freelists --root "$work/none" --node ''
result "$([ -z "${offered// /}" ]; echo $?)" "none of a root that is not there"
complete_words owners --kind ''
mapfile -t kinds < <(cat "$repo"/selftests/fixtures/*/sys/kernel/debug/pfnscope/owners | awk '$1 ~ /^[0-9]+$/ { print $3 }' | sort -u)
offers "kinds of owners" "${kinds[@]}"
mkdir -p "$work/root/sys/kernel/debug/pfnscope/incidents"
awk 'NR == 3 { for (i = 9; i < 12; i++) { $1 = i; print } next } { print }' \
	"$repo/selftests/fixtures/oom/6.1-dma.incident/header" >"$work/root/sys/kernel/debug/pfnscope/incidents/list"
complete_words --root "$work/root" incidents ''
result "$([ "$offered" = " 9 10 11 " ]; echo $?)" "numbers of incidents"

complete_words zones ''
result "$([ -z "${offered// /}" ]; echo $?)" "nothing where nothing can stand"
finish
