/* SPDX-License-Identifier: GPL-2.0-only */
/* The keys of facts, and what parses each. For input/facts_*.c and kvm_facts.c. */
#ifndef VIRTINFO_INPUT_FACT_KEYS_H
#define VIRTINFO_INPUT_FACT_KEYS_H

#include "model/system.h"

enum parsed { PARSED, PARSED_BAD, PARSED_NO_MEMORY };

struct fact_key;

struct parsing {
	struct system *system; /* to fill */
	const char *key;
	const struct fact_key *row;
	struct fact_name name; /* the key's <NAME>, where it has one */
	void *item; /* that has this name, where the row says of what list */
	const char *value;
};

typedef enum parsed fact_parser(const struct parsing *at);

/* A row of tables/facts.def. */
struct fact_key {
	const char *key;
	fact_parser *parse;
	const char *expected;
	bool many;
	size_t list; /* of items in struct system, their size; 0: none */
	size_t size;
	size_t member; /* of the item, for FACT_TEXT and FACT_FLAG */
	const char *word;
};

/* All of them; NULL past the end. */
const struct fact_key *fact_key_at(size_t index);
/* Does a row's key of several words begin with the first word of at to end? */
bool fact_key_begins(const char *at, const char *end);
/* The row of a fact's key, with its name in *name; NULL if it has none. */
const struct fact_key *fact_key_find(const char *key, struct fact_name *name);

/* How a fact differs among machines that are alike. */
enum fact_varies {
	FACT_ALIKE,	/* it is the same */
	FACT_VARIES,	/* a name or a moment, of which nothing is judged */
	FACT_COUNTS,	/* a number, of which only whether it is 0 is judged */
	FACT_MEASURED,	/* a number that is the same in its first digits */
	FACT_OF_A_GUEST /* a tag of each machine, judged in guests alone */
};

/* Of a fact with that key, which may have no row. */
enum fact_varies fact_varies(const char *key);

/* The parsers. */
#define FACT(key, parser, expected)		   fact_parser parse_##parser;
#define FACT_MANY(key, parser)			   fact_parser parse_##parser;
#define FACT_OF(list, type, key, parser, expected) fact_parser parse_##parser;
#include "tables/facts.def"

/* Another program printed the message with that id; text is its line. */
enum parsed add_printed(struct system *system, struct fact_name id,
			const char *text);

#endif
