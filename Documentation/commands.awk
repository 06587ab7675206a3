# SPDX-License-Identifier: GPL-2.0-only
# The commands that `pfnscope --help` lists, as definition lists with their pages.

/^Commands / { inside = 1; next }
/^$/ { inside = 0 }
!inside { next }
# The title of a group.
/^ [A-Z]/ { next }

/^  [a-z]/ {
	if (name != "")
		print "    " help ": pfnscope-" name "(1)"
	name = $1
	help = ""
	sub(/^  [^ ]+ */, "")
	printf "\n**%s**\n", name
}

{
	sub(/^ +/, "")
	gsub(/[\\*`|_]/, "\\\\&")
	help = help (help == "" || $0 == "" ? "" : " ") $0
}

END {
	if (name != "")
		print "    " help ": pfnscope-" name "(1)"
}
