# SPDX-License-Identifier: GPL-2.0-only
# A page of the manual in which each line
#	.\" text NAME
# is replaced by the document docs/ABI/NAME as it stands there, and @VERSION@ by
# -v version=VERSION.

function print_document(path, line, status) {
	print ".in 0"
	print ".nf"
	while ((status = ("expand " path) | getline line) > 0) {
		if (line ~ /^\.\. SPDX/)
			continue
		gsub(/\\/, "\\e", line)
		gsub(/-/, "\\-", line)
		print (line ~ /^[.\47]/ ? "\\&" : "") line
	}
	if (close("expand " path) || status < 0)
		exit 1
	print ".fi"
	print ".in"
}

/^\.\\" text / {
	print_document("docs/ABI/" $3)
	next
}

{
	gsub(/@VERSION@/, version)
	print
}
