// SPDX-License-Identifier: GPL-2.0-only
/* Facts one by one, then the structs compared, then the symbols looked up. */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/string.h>
#include <linux/utsname.h>

#include "reach/btf.h"
#include "reach/layout.h"
#include "reach/order.h"
#include "reach/symbol.h"
#include "uapi/pfnscope.h"
#include "walk/about.h"

static void put(struct pfnscope_about *record, const char *key,
		const char *value)
{
	strscpy(record->key, key, sizeof(record->key));
	strscpy(record->value, value, sizeof(record->value));
}

static void put_number(struct pfnscope_about *record, const char *key,
		       unsigned long value)
{
	strscpy(record->key, key, sizeof(record->key));
	snprintf(record->value, sizeof(record->value), "%lu", value);
}

static const char *btf_found(void)
{
	const char *reason;

	return pfnscope_btf_available(&reason) ? pfnscope_btf_source() : reason;
}

static bool fill_fact(unsigned int index, struct pfnscope_about *record)
{
	switch (index) {
	case 0:
		put(record, "module_version", PFNSCOPE_VERSION);
		return true;
	case 1:
		put(record, "kernel_release", init_utsname()->release);
		return true;
	case 2:
		put(record, "machine", init_utsname()->machine);
		return true;
	case 3:
		put_number(record, "page_size_bytes", PAGE_SIZE);
		return true;
	case 4:
		put_number(record, "pageblock_order", pageblock_order);
		return true;
	case 5:
		put_number(record, "max_order", PFNSCOPE_NR_ORDERS - 1);
		return true;
	case 6:
		put_number(record, "nodes", num_online_nodes());
		return true;
	case 7:
		put_number(record, "cpus", num_online_cpus());
		return true;
	case 8:
		put(record, "btf", btf_found());
		return true;
	case 9:
		put(record, "self_check", pfnscope_layout_result());
		return true;
	default:
		return false;
	}
}

#define FACTS 10

static bool fill_struct(unsigned int index, struct pfnscope_about *record)
{
	const struct pfnscope_layout *layout = pfnscope_layout_nth(index);

	if (!layout)
		return false;
	snprintf(record->key, sizeof(record->key), "struct.%s", layout->name);
	snprintf(record->value, sizeof(record->value), "%u %s", layout->size,
		 pfnscope_btf_available(NULL) ? "matches" : "not checked");
	return true;
}

static unsigned int count_structs(void)
{
	unsigned int count = 0;

	while (pfnscope_layout_nth(count))
		count++;
	return count;
}

static bool fill_symbol(unsigned int index, struct pfnscope_about *record)
{
	if (index >= PFNSCOPE_SYMBOLS)
		return false;
	snprintf(record->key, sizeof(record->key), "symbol.%s",
		 pfnscope_symbol_name(index));
	strscpy(record->value, pfnscope_symbol_found(index),
		sizeof(record->value));
	return true;
}

/**
 * pfnscope_about_fill - one thing that is known about the running kernel
 * @index: from 0
 * @record: filled
 *
 * Return: false after the last one.
 */
bool pfnscope_about_fill(unsigned int index, struct pfnscope_about *record)
{
	if (index < FACTS)
		return fill_fact(index, record);
	index -= FACTS;
	if (fill_struct(index, record))
		return true;
	return fill_symbol(index - count_structs(), record);
}
