# SPDX-License-Identifier: GPL-2.0-only
# Makes C of page.html, page.css and the script, the arguments: what is before the
# JSON document and what is behind it. style and script are the SHA-256 of the two
# others in hexadecimal: the page's policy lets nothing else run.
# A line @STYLE@, @SCRIPT@ or @DATA@ of page.html is where these go.

# Base64 of bytes in hexadecimal: 3 bytes are 4 letters.
function base64(hex,    letters, text, i, j, n, bits) {
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
		"0123456789+/"
	for (i = 1; i <= length(hex); i += 6) {
		bits = 0
		n = length(substr(hex, i, 6))
		for (j = 0; j < 6; j++)
			bits = 16 * bits + (j < n ? \
				index("0123456789abcdef", substr(hex, i + j, 1)) - 1 : 0)
		for (j = 3; j >= 0; j--)
			text = text (3 - j > n / 2 ? "=" : \
				substr(letters, int(bits / 64 ^ j) % 64 + 1, 1))
	}
	return text
}

function put(line) {
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	print "\t\"" line "\\n\""
}

# The file as it is, behind the tag's ">": of these very bytes is the hash.
function put_file(name, tag,    line, before) {
	before = "<" tag ">"
	while ((getline line <name) > 0) {
		put(before line)
		before = ""
	}
	close(name)
	print "\t\"</" tag ">\\n\""
}

BEGIN {
	css = ARGV[2]
	js = ARGV[3]
	ARGC = 2
	# sha256sum prints the file's name behind it.
	sub(/ .*/, "", style)
	sub(/ .*/, "", script)
	print "/* Made from the files of userspace/report/page. */"
	print "#include \"report/page.h\"\n"
	print "const char page_head[] ="
}

FNR == 1 { next } # the line of the licence
$0 == "@STYLE@" { put_file(css, "style"); next }
$0 == "@SCRIPT@" { put_file(js, "script"); next }
$0 == "@DATA@" {
	print "\t\"<script type=\\\"application/json\\\" id=\\\"data\\\">\";\n"
	print "const char page_tail[] =\n\t\"</script>\\n\""
	next
}
{
	gsub(/@STYLE_HASH@/, "sha256-" base64(style))
	gsub(/@SCRIPT_HASH@/, "sha256-" base64(script))
	put($0)
}

END { print "\t;" }
