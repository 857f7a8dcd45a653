# SPDX-License-Identifier: GPL-2.0-only
# A completion for zsh; after common.awk.

function quoted(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}

# Inside a specification of _arguments or _describe.
function escaped(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/[\[\]:]/, "\\\\&", text)
	return text
}

function action(text, kind) {
	kind = argument_kind(text)
	if (kind == "FILE")
		return "_files"
	if (kind == "CHOICE")
		return "(" choices(text) ")"
	if (kind != "")
		return "_virtinfo_" tolower(kind)
	return " "
}

function specification(option, spelled, tail) {
	tail = "[" escaped(summary[option]) "]"
	if (argument[option] != "")
		tail = tail (optional(argument[option]) ? "::" : ":") \
			escaped(argument[option]) ":" action(argument[option])
	spelled = argument[option] == "" ? option : option "="
	# Only behind "=", never the next word.
	if (optional(argument[option]))
		spelled = spelled "-"
	if (letter[option] == "")
		return quoted(spelled tail)
	return quoted("(-" letter[option] " " option ")") "{-" letter[option] \
		(argument[option] == "" ? "" : "+") "," spelled "}" quoted(tail)
}

function print_kind(kind, list, n, i) {
	printf "_virtinfo_%s() {\n\tlocal -a names=(\n", tolower(kind)
	n = split(words[kind], list, "\n")
	for (i = 1; i <= n; i++)
		printf "\t\t%s\n", quoted(escaped(list[i]) ":" \
			word_summary[kind, list[i]])
	printf "\t)\n\t_describe -t %ss %s names\n}\n\n", tolower(kind), tolower(kind)
}

END {
	print "#compdef virtinfo"
	header()
	print ""
	for (i = 1; i <= nr_kinds; i++)
		print_kind(kinds[i])
	print "_virtinfo() {"
	print "\tlocal -a commands=("
	for (i = 1; i <= nr_commands; i++)
		printf "\t\t%s\n", quoted(commands[i] ":" escaped(command_summary[commands[i]]))
	print "\t)"
	print "\tlocal -a names=(${commands%%:*}) given specifications"
	print "\tgiven=(${words[2,CURRENT-1]:*names})"
	print "\tlocal curcontext=$curcontext context state line command=${given[1]:-status}"
	print "\ttypeset -A opt_args"
	print "\tspecifications=("
	for (i = 1; i <= nr_options; i++)
		if (common(options[i]))
			printf "\t\t%s\n", specification(options[i])
	print "\t)"
	print "\tcase $command in"
	for (i = 1; i <= nr_commands; i++) {
		printf "\t(%s)\n\t\tspecifications+=(\n", commands[i]
		for (j = 1; j <= nr_options; j++)
			if ((commands[i], options[j]) in takes && !common(options[j]))
				printf "\t\t\t%s\n", specification(options[j])
		if (command_argument[commands[i]] != "")
			printf "\t\t\t%s\n", quoted("*:" \
				escaped(command_argument[commands[i]]) ":" \
				action(command_argument[commands[i]]))
		print "\t\t)\n\t\t;;"
	}
	print "\tesac"
	print "\t_arguments -C -s -S '1: :->command' $specifications && return"
	print "\t[[ $state == command ]] && _describe -t commands command commands"
	print "}\n"
	print "_virtinfo \"$@\""
}
