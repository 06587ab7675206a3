# SPDX-License-Identifier: GPL-2.0-only
# Turns one test's KTAP, closed by a line "# end STATUS", into result lines:
#
#   ok WHERE GROUP: TEST          not ok WHERE GROUP: TEST          skip WHERE GROUP: TEST # REASON
#
# Words above a failed test are kept. No plan, fewer results than planned, a bad status that no result explains, and no
# end at all are each a failure of their own.
# Variables: where, group.

function result(verdict, title) {
	if (verdict == "not ok") {
		printf "%s", words
		failed++
	}
	printf "%s %s %s%s\n", verdict, where, group, title == "" ? "" : ": " title
}

function note(line) {
	sub(/\r$/, "", line)
	words = words (line ~ /^#/ ? "" : "# ") line "\n"
}

/^# end [0-9]+$/ { status = $3; ended = 1; next }
/^(K?TAP version|# begin )/ { next }

/^1\.\.[0-9]+/ {
	plan = substr($1, 4) + 0
	planned = 1
	if (plan == 0 && match($0, /# *SKIP */))
		result("skip", "# " substr($0, RSTART + RLENGTH))
	else if (plan == 0)
		result("not ok", "the plan is empty")
	next
}

/^(not )?ok( |$)/ {
	count++
	verdict = $1 == "not" ? "not ok" : "ok"
	title = $0
	sub(/^(not )?ok *[0-9]* *(- *)?/, "", title)
	if (match(title, / *# *SKIP */)) {
		verdict = "skip"
		title = substr(title, 1, RSTART - 1) " # " substr(title, RSTART + RLENGTH)
	}
	if (index(title, group ": ") == 1)
		title = substr(title, length(group) + 3)
	result(verdict, title)
	words = ""
	next
}

{ note($0) }

END {
	if (!ended)
		result("not ok", "did not come to its end")
	else if (!planned)
		result("not ok", "printed no plan, status " status)
	else if (count != plan)
		result("not ok", count + 0 " results of " plan " planned")
	else if (status != 0 && status != 4 && !failed)
		result("not ok", "status " status " though no test failed")
}
