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
complete_words zones --root ''
result "$([ "${asked[*]}" = "-o dirnames" ]; echo $?)" "folders for --root"
complete_words zones ''
result "$([ -z "${offered// /}" ]; echo $?)" "nothing where nothing can stand"
finish
