# SPDX-License-Identifier: GPL-2.0-only
# Reads what packaging/words prints into arrays that the others share:
# commands[1..nr_commands], options[1..nr_options] in order; command_summary,
# command_argument, takes[COMMAND, OPTION]; letter, argument, summary of an option
# (letter and argument "" for none); words[KIND] parted by newlines and
# word_summary[KIND, WORD].
BEGIN {
	FS = "\t"
}

function none(text) {
	return text == "-" ? "" : text
}

$1 == "command" {
	commands[++nr_commands] = $2
	command_argument[$2] = none($3)
	command_summary[$2] = $4
	for (i = 5; i <= NF; i++) {
		takes[$2, $i] = 1
		taken_by[$i]++
	}
}

$1 == "option" {
	options[++nr_options] = $2
	letter[$2] = none($3)
	argument[$2] = none($4)
	summary[$2] = $5
}

$1 == "word" {
	if (!($2 in words))
		kinds[++nr_kinds] = $2
	words[$2] = words[$2] (words[$2] == "" ? "" : "\n") $3
	word_summary[$2, $3] = $4
}

# What an argument of that description is completed with: the name of a kind
# of words, FILE, CHOICE (one of "a|b|c"), or "" when nothing is known.
function argument_kind(text, i) {
	for (i = 1; i <= nr_kinds; i++)
		if (index(text, kinds[i]))
			return kinds[i]
	if (text == "A B" || text ~ /FILE/)
		return "FILE"
	if (text ~ /^[a-z0-9-]+([|\/][a-z0-9-]+)+$/)
		return "CHOICE"
	return ""
}

# "[FILE]": it may be left out.
function optional(text) {
	return text ~ /^\[/
}

function choices(text) {
	gsub(/[|\/]/, " ", text)
	return text
}

# Is the option one of every command?
function common(option) {
	return taken_by[option] == nr_commands
}

function header(comment) {
	print "# SPDX-License-Identifier: GPL-2.0-only"
	print "# Made from virtinfo's own table of commands and options."
}
