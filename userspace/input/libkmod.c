// SPDX-License-Identifier: GPL-2.0-only
/*
 * libkmod, loaded when modules are first asked about. It brings libcrypto
 * and two compression libraries along, and relocating them is more than half
 * of the time that reading a capture takes, which needs none of them. These
 * are the functions of its header; without the library there is no context
 * (kmod_new() returns NULL), and nothing else is called.
 */
#pragma GCC visibility push(hidden)
#include <libkmod.h>
#pragma GCC visibility pop

#include "input/libkmod.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

#ifdef VIRTINFO_STATIC
/* Nothing that it could load would be sure to fit the C library in it. */
static void *library_function(const char *name)
{
	(void)name;
	return NULL;
}
#else
static void *library_function(const char *name)
{
	static void *library;

	if (!library)
		library = dlopen("libkmod.so.2", RTLD_NOW | RTLD_LOCAL);
	return library ? dlsym(library, name) : NULL;
}
#endif

bool libkmod_here(void)
{
	return library_function("kmod_new") != NULL;
}

#define FORWARD(type, name, failure, parameters, arguments)                    \
	type name parameters                                                   \
	{                                                                      \
		type(*function) parameters = library_function(#name);          \
                                                                               \
		return function ? function arguments : (failure);              \
	}

FORWARD(struct kmod_ctx *, kmod_new, NULL,
	(const char *directory, const char *const *config), (directory, config))
FORWARD(struct kmod_ctx *, kmod_unref, NULL, (struct kmod_ctx * context),
	(context))
FORWARD(struct kmod_list *, kmod_list_next, NULL,
	(const struct kmod_list *list, const struct kmod_list *item),
	(list, item))
FORWARD(int, kmod_module_new_from_lookup, -ENOSYS,
	(struct kmod_ctx * context, const char *alias, struct kmod_list **list),
	(context, alias, list))
FORWARD(struct kmod_module *, kmod_module_get_module, NULL,
	(const struct kmod_list *item), (item))
FORWARD(int, kmod_module_unref_list, -ENOSYS, (struct kmod_list * list), (list))
FORWARD(struct kmod_module *, kmod_module_unref, NULL,
	(struct kmod_module * module), (module))
FORWARD(const char *, kmod_module_get_path, NULL,
	(const struct kmod_module *module), (module))
FORWARD(int, kmod_module_get_info, -ENOSYS,
	(const struct kmod_module *module, struct kmod_list **list),
	(module, list))
FORWARD(const char *, kmod_module_info_get_key, NULL,
	(const struct kmod_list *item), (item))
FORWARD(const char *, kmod_module_info_get_value, NULL,
	(const struct kmod_list *item), (item))
/* It returns nothing. */
void kmod_module_info_free_list(struct kmod_list *list)
{
	void (*function)(struct kmod_list *) =
		library_function("kmod_module_info_free_list");

	if (function)
		function(list);
}

int kmod_module_probe_insert_module(
	struct kmod_module *module, unsigned int flags, const char *options,
	int (*run_install)(struct kmod_module *module, const char *command,
			   void *data),
	const void *data,
	void (*print_action)(struct kmod_module *module, bool install,
			     const char *options))
{
	int (*function)(struct kmod_module *, unsigned int, const char *,
			int (*)(struct kmod_module *, const char *, void *),
			const void *,
			void (*)(struct kmod_module *, bool, const char *)) =
		library_function("kmod_module_probe_insert_module");

	return function ? function(module, flags, options, run_install, data,
				   print_action) :
			  -ENOSYS;
}
