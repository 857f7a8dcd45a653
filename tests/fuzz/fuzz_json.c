// SPDX-License-Identifier: GPL-2.0-only
/* Text of strangers in a JSON document: it is valid and comes back whole. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "output/json.h"
#include "base/safe.h"

static char *write_document(const char *text, uint64_t number)
{
	struct json *json = json_new("virtinfo.fuzz/1");
	char *document = NULL;
	size_t size;
	FILE *file = open_memstream(&document, &size);
	/* Keys are ours, or of facts, which are safe already. */
	char *key = safe_string(text);

	MUST(file && json && key);
	json_string(json, "text", text);
	json_begin_object(json, "inner");
	json_string(json, key, text);
	json_end(json);
	json_begin_array(json, "list");
	json_format(json, NULL, "%s!", text);
	json_uint(json, NULL, number);
	json_end(json);
	MUST(!json_finish(json, file));
	MUST(!fclose(file));
	free(key);
	MUST(strlen(document) == size);
	return document;
}

static void check_document(const char *document, const char *text,
			   uint64_t number)
{
	struct json_tokener *tokener = json_tokener_new();
	struct json_object *root, *list, *value;
	char *safe = safe_string(text);

	MUST(tokener && safe);
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
						JSON_TOKENER_VALIDATE_UTF8);
	root = json_tokener_parse_ex(tokener, document, -1);
	MUST(json_tokener_get_error(tokener) == json_tokener_success);
	MUST(json_object_object_get_ex(root, "text", &value));
	MUST(!strcmp(json_object_get_string(value), safe));
	MUST(json_object_object_get_ex(root, "list", &list));
	MUST(json_object_array_length(list) == 2);
	value = json_object_array_get_idx(list, 1);
	MUST(json_object_is_type(value, json_type_string) ?
		     strtoull(json_object_get_string(value), NULL, 0) ==
			     number :
		     json_object_get_uint64(value) == number);
	json_object_put(root);
	json_tokener_free(tokener);
	free(safe);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *document;
	uint64_t number = 0;

	MUST(text);
	memcpy(text, data, size);
	text[size] = '\0';
	memcpy(&number, data, size < sizeof(number) ? size : sizeof(number));
	document = write_document(text, number);
	check_document(document, text, number);
	free(document);
	free(text);
	return 0;
}
