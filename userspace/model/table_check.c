// SPDX-License-Identifier: GPL-2.0-only
/*
 * What would make common/registers.def wrong does not compile: bits out of
 * order or beyond the register, two fields of a register on one bit. (Names
 * that are not unique clash as enumerators in register_table.h.)
 */
#include "model/register_table.h"

#define CPUID_REGISTER(id, leaf_id, reg, name, vendor, listing, source)        \
	enum { WIDTH_##id = 32 };
#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	enum { WIDTH_##id = 64 };
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	enum { WIDTH_##id = 64 };
#define HV_REGISTER(id, interface, offset, subleaf, reg, name, source)         \
	enum { WIDTH_##id = 32 };
#define FIELD(reg, name, high, low, kind, title, meaning)                      \
	static_assert((high) >= (low), #reg "." #name ": bits out of order");  \
	static_assert((high) < WIDTH_##reg, #reg "." #name ": no such bit");   \
	static_assert(FIELD_##kind != FIELD_FLAG || (high) == (low),           \
		      #reg "." #name ": a flag has one bit");                  \
	static_assert(FIELD_##kind != FIELD_CONTROL || (high) < 32,            \
		      #reg "." #name ": a control word has 32 bits");
#include "registers.def"

/* A bit that has two fields is a case label that stands twice. */
__attribute__((unused)) static void no_field_overlaps_another(unsigned int bit)
{
	switch (bit) {
#define FIELD(reg, name, high, low, kind, title, meaning)                      \
	case REG_##reg * 64 + (low)... REG_##reg * 64 + (high):                \
		break;
#include "registers.def"
	}
}
