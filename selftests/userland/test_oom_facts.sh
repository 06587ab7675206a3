#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Texts with labelled facts, as people paste them: every fact, and every word that the answer must or must not hold, by the
# comparison that lies beside them. They are read where they are: FACTS=FOLDER, else beside the repository.

. "$(dirname "$0")/tap.sh"

: "${FACTS:=$repo/../shared/corpus-facts}"

if [ ! -f "$FACTS/compare.py" ]; then
	skip "every fact of every labelled text" "no texts in $FACTS (set FACTS)"
	finish
	exit
fi
status=0
python3 "$FACTS/compare.py" "$PFNSCOPE" "$FACTS" >"$work/out" 2>&1 || status=$?
sed 's/^/# /' "$work/out"
result "$status" "every fact of every labelled text"
finish
