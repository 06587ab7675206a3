# SPDX-License-Identifier: GPL-2.0-only
# Prints the commands that a shell script calls by name, and "defines NAME" for each function, a word a line; of a Makefile
# (makefile=1) those of its recipes and the defaults of its variables, such as "CC ?= cc".
#
# Reads as much of the shell's grammar as it takes to know a command from an argument: quotes, expansions, here-documents,
# case, [[. What is in single quotes is for somebody else, such as awk or a guest, unless it is behind "sh -c".

BEGIN {
	# Words that another command follows, and how many arguments come before it.
	split("if 0 then 0 elif 0 else 0 while 0 until 0 do 0 ! 0 { 0 exec 0 as_root 0 sudo 0 quiet 0 silent_grep 0 env 0 " \
		"xargs 0 unshare 0 timeout 1 flock 1 locked 1 stamped 1 found 1 suite_apt 1 step 2 ktap 2", list, " ")
	for (n = 1; n in list; n += 2)
		before[list[n]] = list[n + 1]
	# Options of these that have a value of their own.
	takes["xargs"] = "^-[dnPI]$"
	takes["timeout"] = "^-[ks]$"
}

function at(n) { return substr(text, n, 1) }
function rest() { return substr(text, pos) }
function blanks() { while (at(pos) ~ /[ \t]/ || substr(text, pos, 2) == "\\\n") pos += at(pos) == "\\" ? 2 : 1 }

function past(what,	n) {
	n = index(rest(), what)
	pos = n ? pos + n - 1 + length(what) : length(text) + 1
}

# What follows a "$", which is behind us.
function expansion(	depth) {
	if (substr(text, pos, 2) == "((") {
		past("))")
	} else if (at(pos) == "(") {
		pos++
		commands(")")
	} else if (at(pos) == "{") {
		for (depth = 0; pos <= length(text); pos++) {
			if (at(pos) == "\"") { pos++; quoted(); pos-- }
			else if (substr(text, pos, 2) == "$(") { pos += 2; commands(")"); pos-- }
			else if (at(pos) == "\\") pos++
			else if (at(pos) == "{") depth++
			else if (at(pos) == "}" && !--depth) break
		}
		pos++
	}
}

function quoted(	c) {
	while ((c = at(pos++)) != "\"" && c != "") {
		if (c == "\\") pos++
		else if (c == "$") expansion()
	}
}

# A word up to one of the characters in stop; what is not literal in it is a "$".
function word(stop,	c, found) {
	while ((c = at(pos)) != "" && !index(stop, c)) {
		pos++
		if (c == "'") { past("'"); found = found "$" }
		else if (c == "\"") { quoted(); found = found "$" }
		else if (c == "\\") { pos++; found = found "$" }
		else if (c == "$") { expansion(); found = found "$" }
		else found = found c
		if (found ~ /^[A-Za-z_0-9]+\+?=$/ && at(pos) == "(") { pos++; list_of_words() }
	}
	return found
}

function list_of_words() {
	while (at(pos) != ")" && pos <= length(text))
		if (at(pos) ~ /[ \t\n]/) pos++
		else word(" \t\n)")
	pos++
}

function pattern() {
	while (at(pos) ~ /[ \t\n]/ || at(pos) == "#")
		if (at(pos) == "#") past("\n"); else pos++
	if (rest() ~ /^esac/) return
	word(")")
	pos++
}

function here_documents(	n, line) {
	for (n = 1; n <= waiting; n++)
		do {
			line = rest()
			line = substr(line, 1, index(line "\n", "\n") - 1)
			pos += length(line) + 1
			gsub(/^[ \t]+|[ \t]+$/, "", line)
		} while (line != end_of[n] && pos <= length(text))
	waiting = 0
}

function redirection(	end) {
	if (rest() ~ /^<<-?[^<]/) {
		pos += rest() ~ /^<<-/ ? 3 : 2
		end = rest()
		word(" \t\n;|&()<>")
		end = substr(end, 1, length(end) - length(rest()))
		gsub(/['"\\]/, "", end)
		end_of[++waiting] = end
	} else if (rest() ~ /^[<>]\(/) {
		pos += 2
		commands(")")
	} else {
		while (at(pos) ~ /[<>&|]/) pos++
		blanks()
		word(" \t\n;|&()<>")
	}
}

function commands(ending,	c, w, want, skip, options, wrapped, shell, start) {
	want = 1
	for (;;) {
		blanks()
		c = at(pos)
		if (c == "") return
		if (c == ending) { pos++; return }
		if (c == "#") { past("\n"); pos-- }
		else if (c == "\n") { pos++; here_documents(); want = 1; skip = 0 }
		else if (substr(text, pos, 2) == ";;") { pos += 2; pattern(); want = 1 }
		else if (c ~ /[;|&]/ && substr(text, pos, 2) != "&>") { pos++; want = 1; skip = 0 }
		else if (substr(text, pos, 2) == "((") past("))")
		else if (c == "(") { pos++; commands(")"); want = at(pos - 2) == "(" }
		else if (c ~ /[<>&]/) redirection()
		else {
			start = pos
			w = word(" \t\n;|&()<>" (ending ~ /[`']/ ? ending : ""))
			if (pos == start) { pos++; continue }
			if (w ~ /^[0-9]+$/ && at(pos) ~ /[<>]/) continue
			if (w == "case" && want) { while (word(" \t\n") != "in" && pos <= length(text)) pos++; pattern(); continue }
			if (w == "[[" && want) { past("]]"); want = 0; continue }
			if (shell && w ~ /^-[a-z]*c$/) {
				blanks()
				if (at(pos) == "'") { pos++; commands("'") }
				shell = 0
				continue
			}
			if (!want || w ~ /^[A-Za-z_][A-Za-z_0-9]*(\[[^]]*\])?\+?=/) continue
			if (rest() ~ /^\(\)/) { print "defines " w; pos += 2; continue }
			if (options != "" && w ~ options) { skip++; continue }
			if (wrapped && w ~ /^-/) continue
			if (skip) { skip--; continue }
			print w
			shell = w ~ /^(ba)?sh$/
			wrapped = w in before
			if (wrapped) { skip = before[w]; options = takes[w] }
			else { want = 0; options = "" }
		}
	}
}

makefile && !/^\t/ && !continued {
	if (match($0, /^[A-Za-z_0-9]+ \?= [a-z][a-z0-9+-]*$/)) print $3
	if (!match($0, /\$\(shell /)) next
	$0 = substr($0, RSTART + 8)
}
makefile {
	continued = /\\$/
	gsub(/\$\$/, "\001")
	while (sub(/\$\([^()]*\)/, "$x")) ;
	gsub("\001", "$")
	sub(/^\t[@+-]*/, "")
	sub(/^\$x/, "")
	sub(/^[@+-]*/, "")
}
{ text = text $0 "\n" }

END {
	pos = 1
	while (pos <= length(text)) commands("")
}
