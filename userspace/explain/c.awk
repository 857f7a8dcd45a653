# SPDX-License-Identifier: GPL-2.0-only
# Prints what topics.awk read as the tables of explain/topics.h.

function quoted(text)
{
	gsub(/"/, "\\\"", text)
	gsub(/\n/, "\\n", text)
	return "\"" text "\""
}

function upper_id(id)
{
	id = toupper(id)
	gsub(/-/, "_", id)
	return id
}

function members(id,    i, n, key, list)
{
	n = split("title names diagram evidence exits links see", key, " ")
	print "\t\t.text = " quoted(text[id]) ","
	for (i = 1; i <= n; i++)
		print "\t\t." key[i] " = " quoted(value[id, key[i]]) ","
	list = value[id, "list"]
	print "\t\t.list = TOPIC_" (list == "" ? "NO_LIST" : upper_id(list)) ","
	print "\t},"
}

END {
	print "/* Made from the files of userspace/explain/topics. */"
	print "#include \"explain/topics.h\"\n"
	for (i = 1; i <= nr_sections; i++) {
		print "static const struct topic section_" i "[] = {"
		for (j = 1; j <= nr_topics; j++) {
			if (section[topics[j]] != i)
				continue
			print "\t{\n\t\t.id = " quoted(topics[j]) ","
			members(topics[j])
		}
		print "};\n"
	}
	print "const struct topic_section topic_sections[] = {"
	for (i = 1; i <= nr_sections; i++)
		print "\t{ " quoted(sections[i]) ", section_" i \
			", sizeof(section_" i ") / sizeof(section_" i "[0]) },"
	print "};\n"
	print "const size_t topic_section_count = " nr_sections ";\n"
	print "const struct topic reason_topics[NR_REASONS] = {"
	for (i = 1; i <= nr_reasons; i++) {
		print "\t[REASON_" reason_name[reasons[i]] "] = {"
		print "\t\t.id = " quoted(reasons[i]) ","
		members("reasons/" reasons[i])
	}
	print "};\n"
	print "const struct diagram diagrams[] = {"
	for (i = 1; i <= nr_diagrams; i++)
		print "\t{ " quoted(diagrams[i]) ", " quoted(diagram[diagrams[i]]) " },"
	print "};\n"
	print "const size_t diagram_count = " nr_diagrams ";"
}
