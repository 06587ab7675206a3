# SPDX-License-Identifier: GPL-2.0-only
# A manual page out of `pfnscope COMMAND --help`. Variable: command.

function escaped(text) {
	gsub(/[\\*`|_]/, "\\\\&", text)
	return text
}

function title(text, over,   line) {
	line = text
	gsub(/./, over == "" ? "=" : over, line)
	if (over != "")
		print line
	print text
	print line
	print ""
}

function heading(text) {
	print ""
	title(text, "")
}

NR == 1 { synopsis = substr($0, length("Usage: ") + 1); next }
NR == 3 {
	sub(/\.$/, "")
	print ".. SPDX-License-Identifier: GPL-2.0-only\n"
	title("pfnscope-" command, "=")
	title(tolower(substr($0, 1, 1)) substr($0, 2), "-")
	print ":Manual section: 1"
	print ":Manual group: pfnscope"
	heading("SYNOPSIS")
	print escaped(synopsis)
	heading("DESCRIPTION")
	section = "description"
	next
}

/^Columns / {
	heading("COLUMNS")
	print "Those in italics are shown without **-o**.\n"
	print ".. include:: ../columns/" command ".rst"
	section = "columns"
	next
}

/^Examples:/ { heading("EXAMPLES"); print "::\n"; section = "examples"; next }
section == "examples" { print "  " $0; next }
/^Options:/ { heading("OPTIONS"); section = "options"; next }
section == "description" { print escaped($0); next }
section != "options" { next }

# Behind the command's own options come those of all.
/^  -J, --json/ {
	print ""
	print ".. include:: ../../man/options.rst"
	section = ""
	next
}

/^  +-/ {
	match($0, /--[^ ]+( [^ ]+)?( |$)/)
	print "\n" substr($0, RSTART, RLENGTH)
	$0 = substr($0, RSTART + RLENGTH)
}

{ sub(/^ +/, ""); if ($0 != "") print "    " escaped($0) }

END {
	heading("EXIT STATUS")
	print ".. include:: ../../man/status.rst"
	heading("SEE ALSO")
	print "pfnscope(1)"
}
