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

enum fact {
	/* words */
	PFNSCOPE_RELEASE,
	KERNEL_RELEASE,
	MACHINE,
	/* numbers */
	PAGE_SIZE_BYTES,
	PAGEBLOCK_ORDER,
	HIGHEST_ORDER,
	NODES,
	CPUS,
	/* words again */
	BTF,
	SELF_CHECK,
	FACTS
};

static const char *const fact_names[FACTS] = {
	[PFNSCOPE_RELEASE] = "module_version",
	[KERNEL_RELEASE] = "kernel_release",
	[MACHINE] = "machine",
	[PAGE_SIZE_BYTES] = "page_size_bytes",
	[PAGEBLOCK_ORDER] = "pageblock_order",
	[HIGHEST_ORDER] = "max_order",
	[NODES] = "nodes",
	[CPUS] = "cpus",
	[BTF] = "btf",
	[SELF_CHECK] = "self_check",
};

static const char *btf_found(void)
{
	const char *reason;

	return pfnscope_btf_available(&reason) ? pfnscope_btf_source() : reason;
}

/* NULL where the fact is a number. */
static const char *fact_words(enum fact fact)
{
	switch (fact) {
	case PFNSCOPE_RELEASE:
		return PFNSCOPE_VERSION;
	case KERNEL_RELEASE:
		return init_utsname()->release;
	case MACHINE:
		return init_utsname()->machine;
	case BTF:
		return btf_found();
	case SELF_CHECK:
		return pfnscope_layout_result();
	default:
		return NULL;
	}
}

static unsigned long fact_number(enum fact fact)
{
	switch (fact) {
	case PAGE_SIZE_BYTES:
		return PAGE_SIZE;
	case PAGEBLOCK_ORDER:
		return pageblock_order;
	case HIGHEST_ORDER:
		return PFNSCOPE_NR_ORDERS - 1;
	case NODES:
		return num_online_nodes();
	case CPUS:
		return num_online_cpus();
	default:
		return 0;
	}
}

static bool fill_fact(enum fact fact, struct pfnscope_about *record)
{
	const char *words = fact_words(fact);

	strscpy(record->key, fact_names[fact], sizeof(record->key));
	if (words)
		strscpy(record->value, words, sizeof(record->value));
	else
		snprintf(record->value, sizeof(record->value), "%lu",
			 fact_number(fact));
	return true;
}

static bool fill_struct(unsigned int index, struct pfnscope_about *record)
{
	const struct pfnscope_layout *layout = pfnscope_layout_nth(index);
	const char *verdict;

	if (!layout)
		return false;
	verdict = pfnscope_btf_available(NULL) ? "matches" : "not checked";
	if (layout->member) {
		snprintf(record->key, sizeof(record->key), "struct.%s.%s",
			 layout->name, layout->member);
		snprintf(record->value, sizeof(record->value), "offset %u %s",
			 layout->offset, verdict);
	} else {
		snprintf(record->key, sizeof(record->key), "struct.%s",
			 layout->name);
		snprintf(record->value, sizeof(record->value), "%u %s",
			 layout->size, verdict);
	}
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
