# SPDX-License-Identifier: GPL-2.0-only
# The columns that `pfnscope COMMAND --help` lists, as definition lists; those shown by default in italics.

/^Columns / { inside = 1; next }
/^$/ { inside = 0 }
!inside { next }

/^  [* ] [a-z]/ {
	shown = substr($0, 3, 1) == "*"
	name = shown ? $2 : $1
	sub(/^  [* ] [^ ]+ */, "")
	printf "\n%s\n", shown ? "*" name "*" : name
}

{
	sub(/^ +/, "")
	gsub(/[\\*`|_]/, "\\\\&")
	if ($0 != "")
		print "    " $0
}
