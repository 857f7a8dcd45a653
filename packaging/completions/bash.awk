# SPDX-License-Identifier: GPL-2.0-only
# A completion for bash; after common.awk.

function reply(text, kind) {
	kind = argument_kind(text)
	if (kind == "FILE")
		return "_filedir"
	if (kind == "CHOICE")
		return "words='" choices(text) "'"
	if (kind != "")
		return "words=$(_virtinfo_words " kind ")"
	return ":"
}

function print_words(i, list) {
	print "_virtinfo_words()"
	print "{"
	print "\tcase $1 in"
	for (i = 1; i <= nr_kinds; i++) {
		list = words[kinds[i]]
		gsub(/\n/, " ", list)
		printf "\t%s) echo '%s' ;;\n", kinds[i], list
	}
	print "\tesac"
	print "}\n"
}

function patterns(option) {
	return (letter[option] == "" ? "" : "-" letter[option] " | ") option
}

function print_option_arguments(i) {
	print "\tcase $prev in"
	for (i = 1; i <= nr_options; i++)
		if (argument[options[i]] != "")
			printf "\t%s) %s ;;\n", patterns(options[i]),
				reply(argument[options[i]])
	print "\t*) return 1 ;;"
	print "\tesac"
}

function print_command_options(i, j, list) {
	print "\tcase $command in"
	for (i = 1; i <= nr_commands; i++) {
		list = ""
		for (j = 1; j <= nr_options; j++)
			if ((commands[i], options[j]) in takes)
				list = list " " options[j] \
					(argument[options[j]] == "" || \
					 optional(argument[options[j]]) ? "" : "=")
		printf "\t%s) words='%s' ;;\n", commands[i], substr(list, 2)
	}
	print "\tesac"
}

function print_command_arguments(i) {
	print "\tcase $command in"
	for (i = 1; i <= nr_commands; i++)
		if (command_argument[commands[i]] != "")
			printf "\t%s) %s ;;\n", commands[i],
				reply(command_argument[commands[i]])
	print "\tesac"
}

function joined(i, list) {
	for (i = 1; i <= nr_commands; i++)
		list = list (i > 1 ? " " : "") commands[i]
	return list
}

function alternatives(list) {
	list = joined()
	gsub(/ /, " | ", list)
	return list
}

END {
	header()
	print "# shellcheck shell=bash disable=SC2034,SC2154\n"
	print_words()
	print "# Sets words to what may follow the option $prev; false for a flag."
	print "_virtinfo_option_argument()"
	print "{"
	print_option_arguments()
	print "}\n"
	print "_virtinfo()"
	print "{"
	print "\tlocal cur prev cword command='' words='' word"
	print "\tlocal -a before"
	print "\t_get_comp_words_by_ref -n =: -c cur -p prev -w before -i cword"
	print "\tfor word in \"${before[@]:1:cword-1}\"; do"
	print "\t\tcase $word in"
	printf "\t\t%s) command=$word; break ;;\n", alternatives()
	print "\t\tesac"
	print "\tdone"
	print "\tif [[ $cur == --*=* ]]; then"
	print "\t\tprev=${cur%%=*}"
	print "\t\tcur=${cur#*=}"
	print "\telif [[ $cur == -* ]]; then"
	print "\t\tprev=''"
	print "\tfi"
	print "\tif _virtinfo_option_argument; then"
	print "\t\t:"
	print "\telif [[ $cur == -* ]]; then"
	print "\t\t_virtinfo_options"
	print "\telif [[ -z $command ]]; then"
	printf "\t\twords='%s'\n", joined()
	print "\telse"
	print "\t\t_virtinfo_command_argument"
	print "\tfi"
	print "\t[[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")"
	print "\t[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace"
	print "\t__ltrim_colon_completions \"$cur\""
	print "}\n"
	print "_virtinfo_options()"
	print "{"
	print "\tlocal command=${command:-status}"
	print_command_options()
	print "}\n"
	print "_virtinfo_command_argument()"
	print "{"
	print_command_arguments()
	print "}\n"
	print "complete -F _virtinfo virtinfo"
}
