#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Texts with labels, and the comparison that came with them: what `oom` says about each must be what its label says. They stay
# where they are: beside the folder CORPUS, as in test_oom_corpus, which else lies beside the repository.

. "$(dirname "$0")/tap.sh"

: "${CORPUS:=$repo/../shared/corpus}"
facts=$(dirname "$CORPUS")/corpus-facts

if [ ! -f "$facts/compare.py" ]; then
	skip "labelled texts" "no $facts"
	finish
	exit
fi
if ! command -v python3 >/dev/null; then
	skip "labelled texts" "python3 is not installed (python3)"
	finish
	exit
fi

# Prints a line for each text that is not whole, its name first, and at last how many are.
status=0
python3 -B "$facts/compare.py" "$PFNSCOPE" "$facts" >"$work/out" 2>"$work/err" || status=$?
sed 's/^/# /' "$work/err"
for label in "$facts"/*.facts.json; do
	name=$(basename "$label" .facts.json)
	wrong=$(grep -F "$name." "$work/out" | sed 's/^/# /')
	[ -z "$wrong" ] || printf '%s\n' "$wrong"
	result "$([ -z "$wrong" ]; echo $?)" "$name is whole"
done
whole=$((count - failed))
[ "$(sed -nE 's/^([0-9]+ of [0-9]+) logs whole, .*/\1/p' "$work/out")" = "$whole of $count" ] &&
	[ "$status" -eq "$((failed > 0))" ]
result $? "the comparison comes to its end"
finish
