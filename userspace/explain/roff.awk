# SPDX-License-Identifier: GPL-2.0-only
# Prints what topics.awk read as the sections of virtinfo(7), in the man macros.

# A line of text: a dot or quote at its beginning is a request to roff, and a
# hyphen is printed as one.
function put(line)
{
	gsub(/-/, "\\-", line)
	if (line ~ /^[.']/)
		line = "\\&" line
	print line
}

# Every sentence begins on its own line; no line is longer than 76 columns.
function put_text(text,    i, n, word, line)
{
	n = split(text, word, " ")
	line = ""
	for (i = 1; i <= n; i++) {
		if (line != "" && (length(line " " word[i]) > 72 ||
		    (line ~ /[.?!]$/ && word[i] ~ /^["(]?[A-Z]/))) {
			put(line)
			line = word[i]
		} else {
			line = line (line == "" ? "" : " ") word[i]
		}
	}
	put(line)
}

function put_paragraphs(text,    i, n, paragraph)
{
	n = split(text, paragraph, "\n")
	for (i = 1; i <= n; i++) {
		if (i > 1)
			print ".PP"
		put_text(paragraph[i])
	}
}

# In ASCII, and with what holds for every machine in place of {NAME|GENERAL}.
function put_diagram(text)
{
	gsub(/─/, "-", text)
	gsub(/│/, "|", text)
	gsub(/┌|┐|└|┘|├|┤|┬|┴|┼/, "+", text)
	gsub(/▶/, ">", text)
	gsub(/◀/, "<", text)
	gsub(/▼/, "v", text)
	gsub(/▲/, "^", text)
	gsub(/[{][a-z_]+[|]/, "", text)
	gsub(/[}]/, "", text)
	# Its hyphens are lines; escaped one by one they would be too long.
	printf ".PP\n.nf\n.tr -\\-\n%s.tr --\n.fi\n", text
}

function put_exits(codes,    i, n, code, part)
{
	n = split(codes, code, " ")
	for (i = 1; i <= n; i++) {
		split(code[i], part, ":")
		# AMD writes its highest codes as negative numbers.
		if (length(part[2]) == 18)
			part[2] = -index("fedcba", substr(part[2], 18))
		print ".PP"
		put_text((part[1] == "intel" ? "Intel " : "AMD ") part[2] ": " \
			exit_meaning[code[i]])
	}
}

function put_list(title, list, separator,    i, n, word)
{
	n = split(list, word, separator)
	if (!n)
		return
	printf ".PP\n%s:\n", title
	for (i = 1; i <= n; i++) {
		if (separator == "\n")
			print ".br"
		put_text(word[i] (separator == " " && i < n ? "," : ""))
	}
}

function put_topic(id,    picture)
{
	print ".SS " value[id, "title"]
	put_paragraphs(text[id])
	picture = value[id, "diagram"]
	if (picture != "" && !seen[picture]++)
		put_diagram(diagram[picture])
	put_exits(value[id, "exits"])
	put_list("See also", value[id, "links"], " ")
	put_list("Sources", value[id, "see"], "\n")
}

END {
	for (i = 1; i <= nr_sections; i++) {
		print ".SH " toupper(sections[i])
		for (j = 1; j <= nr_topics; j++)
			if (section[topics[j]] == i)
				put_topic(topics[j])
	}
	print ".SH REASONS"
	print "The verdicts of\n.BR \"virtinfo check\" ,\nand its exit status."
	for (i = 1; i <= nr_reasons; i++) {
		print ".TP\n.B"
		put(reasons[i] " (" reason_status[reasons[i]] ")")
		put_text(text["reasons/" reasons[i]])
		if (reason_remedy[reasons[i]] != "")
			put_text(reason_remedy[reasons[i]])
	}
}
