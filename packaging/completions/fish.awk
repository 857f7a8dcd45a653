# SPDX-License-Identifier: GPL-2.0-only
# A completion for fish; after common.awk.

function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/'/, "\\'", text)
	return "'" text "'"
}

# Words with their summaries, one a line, as fish wants them.
function described(kind, list, n, i, text) {
	n = split(words[kind], list, "\n")
	for (i = 1; i <= n; i++)
		text = text (i > 1 ? "\n" : "") list[i] "\t" \
			word_summary[kind, list[i]]
	return text
}

function candidates(text, kind) {
	kind = argument_kind(text)
	if (kind == "FILE")
		return " -F"
	if (kind == "CHOICE")
		return " -f -a " quoted(choices(text))
	if (kind != "")
		return " -f -a '(__virtinfo_" tolower(kind) ")'"
	return ""
}

# A command's condition; status is meant when there is no command.
function when(command) {
	return command == "status" ? \
		"__virtinfo_command status; or __virtinfo_no_command" : \
		"__virtinfo_command " command
}

function condition(option, i, text) {
	for (i = 1; i <= nr_commands; i++)
		if ((commands[i], option) in takes)
			text = text (text == "" ? "" : "; or ") when(commands[i])
	return text
}

function print_option(option) {
	printf "complete -c virtinfo"
	if (!common(option))
		printf " -n %s", quoted(condition(option))
	if (letter[option] != "")
		printf " -s %s", letter[option]
	printf " -l %s -d %s", substr(option, 3), quoted(summary[option])
	if (argument[option] != "")
		printf "%s%s", optional(argument[option]) ? "" : " -r",
			candidates(argument[option])
	print ""
}

END {
	header()
	print ""
	print "function __virtinfo_no_command"
	printf "    not __fish_seen_subcommand_from"
	for (i = 1; i <= nr_commands; i++)
		printf " %s", commands[i]
	print "\nend\n"
	print "function __virtinfo_command"
	print "    __fish_seen_subcommand_from $argv"
	print "end\n"
	for (i = 1; i <= nr_kinds; i++)
		printf "function __virtinfo_%s\n    echo %s\nend\n\n",
			tolower(kinds[i]), quoted(described(kinds[i]))
	print "complete -c virtinfo -f"
	for (i = 1; i <= nr_commands; i++)
		printf "complete -c virtinfo -n __virtinfo_no_command -a %s -d %s\n",
			commands[i], quoted(command_summary[commands[i]])
	for (i = 1; i <= nr_commands; i++)
		if (command_argument[commands[i]] != "")
			printf "complete -c virtinfo -n %s%s\n",
				quoted("__virtinfo_command " commands[i]),
				candidates(command_argument[commands[i]])
	for (i = 1; i <= nr_options; i++)
		print_option(options[i])
}
