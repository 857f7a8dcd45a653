# SPDX-License-Identifier: GPL-2.0-only
# Reads evidence.def, exit_reasons.def, reasons.def and all files of diagrams/,
# reasons/ and topics/ into the arrays that c.awk and roff.awk print, and checks
# them: errors name file and line, and the exit status is 1.
#
# A topic begins with lines "KEY: VALUE". Lines that begin with blanks continue a
# value, and the same KEY again gives one more:
#	title		one line; of a reason there is none (reasons.def has it)
#	names		other names of the topic, separated by ", "
#	evidence	keys of evidence.def
#	exits		VM exits it is about, intel:48 or amd:0x400
#	links		other topics
#	see		a source, one a line
#	diagram		a file of diagrams/
#	list		one of is_list below
# An empty line ends them; paragraphs follow, separated by empty lines.
BEGIN {
	split("title names evidence exits links see diagram list", known)
	for (i in known)
		is_key[known[i]] = 1
	split("guest-fields host-fields control-fields exit-fields all-fields " \
	      "exit-reasons check", known)
	for (i in known)
		is_list[known[i]] = 1
}

function fail(where, what)
{
	print where ": " what >"/dev/stderr"
	failed = 1
}

# A row of an X-macro, which ends with the line that ends in ")".
function macro_row(    part, word)
{
	gsub(/" +"/, "", row)
	gsub(/\\"/, "\001", row)
	split(row, part, "\"")
	split(part[1] part[3], word, /[(,] */)
	gsub("\001", "\"", part[4])
	gsub("\001", "\"", part[6])
	if (word[1] ~ /^EVIDENCE_/) {
		is_evidence[part[2]] = 1
	} else if (word[1] == "REASON") {
		reasons[++nr_reasons] = part[2]
		reason_name[part[2]] = word[2]
		reason_status[part[2]] = word[4]
		reason_meaning[part[2]] = part[4]
		reason_remedy[part[2]] = part[6]
	} else if (word[1] == "EXIT_REASON_ROW") {
		sub(/ull$/, "", word[3])
		exit_meaning[tolower(word[2]) ":" word[3]] = part[2]
	}
	row = ""
}

FNR == 1 {
	folder = base = FILENAME
	sub(/.*\//, "", base)
	sub(/\/[^\/]*$/, "", folder)
	sub(/.*\//, "", folder)
	id = folder == "reasons" ? "reasons/" base : base
	file[id] = FILENAME
	in_text = 0
}

base ~ /\.def$/ {
	if (row != "" || /^[A-Z_]+\(/)
		row = row $0
	if (row != "" && /\)$/)
		macro_row()
	next
}

FNR == 1 && /SPDX-License-Identifier/ {
	next
}

folder == "diagrams" {
	if (!(id in diagram))
		diagrams[++nr_diagrams] = id
	diagram[id] = diagram[id] $0 "\n"
	next
}

length > 80 || /[^ -~]/ || /\\/ || in_text && /^ / || / $/ {
	fail(FILENAME ":" FNR, "over 80 columns, or a character that is not allowed")
}

base == "contents" {
	if (/^[^ ]/) {
		sections[++nr_sections] = $0
	} else if (NF) {
		topics[++nr_topics] = $1
		section[$1] = nr_sections
		listed[$1] = FILENAME ":" FNR
	}
	next
}

# Lines that begin with blanks continue the value.
!in_text && /^ / {
	sub(/^ */, key == "names" ? "" : " ")
	if (key == "names")
		gsub(/, */, ",")
	value[id, key] = value[id, key] $0
	next
}

!in_text && NF {
	key = $1
	if (!sub(/:$/, "", key) || !(key in is_key)) {
		fail(FILENAME ":" FNR, "no key of a topic: " $1)
		next
	}
	sub(/^[^ ]+ */, "")
	separator = key == "see" ? "\n" : key == "names" ? "," : " "
	if (key == "names")
		gsub(/, */, ",")
	if ((id, key) in value)
		value[id, key] = value[id, key] separator $0
	else
		value[id, key] = $0
	where[id, key] = FILENAME ":" FNR
	next
}

!NF {
	in_text = 1
	begins = 1
	next
}

{
	if (begins)
		text[id] = text[id] (text[id] == "" ? "" : "\n") $0
	else
		text[id] = text[id] " " $0
	begins = 0
}

# Are all words of a key in the set?
function check_words(id, key, set,    i, n, word)
{
	n = split(value[id, key], word, " ")
	for (i = 1; i <= n; i++)
		if (!(word[i] in set) || (key == "links" && word[i] == id))
			fail(where[id, key], "no " key ": " word[i])
}

function check_name(id, name)
{
	name = tolower(name)
	gsub(/[ _]/, "-", name)
	if (name in owner && owner[name] != id)
		fail(file[id] ":1", "the name " name " is that of " owner[name])
	owner[name] = id
}

function check_topic(id,    i, n, name)
{
	if (text[id] == "")
		fail(file[id] ":1", "no text")
	check_words(id, "evidence", is_evidence)
	check_words(id, "exits", exit_meaning)
	check_words(id, "links", section)
	check_words(id, "diagram", diagram)
	check_words(id, "list", is_list)
	if (value[id, "title"] != "")
		check_name(id, value[id, "title"])
	n = split(value[id, "names"], name, ",")
	for (i = 1; i <= n; i++)
		check_name(id, name[i])
}

END {
	for (i = 1; i <= nr_reasons; i++) {
		id = "reasons/" reasons[i]
		check_name(id, reasons[i])
		if (!(id in file))
			fail(file["reasons.def"] ":1", "no topic for " reasons[i])
	}
	for (i = 1; i <= nr_topics; i++) {
		check_name(topics[i], topics[i])
		if (!(topics[i] in file))
			fail(listed[topics[i]], "no topic: " topics[i])
		else if (value[topics[i], "title"] == "" || value[topics[i], "see"] == "")
			fail(file[topics[i]] ":1", "no title, or no source")
	}
	for (id in file) {
		if (id ~ /\.def$/ || id == "contents" || id in diagram)
			continue
		name = id
		if (!(id in section) &&
		    !(sub(/^reasons\//, "", name) && name in reason_name))
			fail(file[id] ":1", "neither in contents nor a reason")
		check_topic(id)
	}
	if (failed)
		exit 1
}
