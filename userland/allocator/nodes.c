// SPDX-License-Identifier: GPL-2.0-only
/* "0-1,4" as a mask. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/nodes.h"

/**
 * pfnscope_node_bits - nodes of a list
 * @list: "0-1,4", with blanks before it or not
 *
 * Return: a bit for each node, the last for all from 63 on; 0 for "(null)"
 * and for what is no list.
 */
uint64_t pfnscope_node_bits(const char *list)
{
	uint64_t bits = 0;

	list += strspn(list, " \t");
	while (isdigit((unsigned char)*list)) {
		unsigned long first = strtoul(list, (char **)&list, 10);
		unsigned long last = first;

		if (*list == '-')
			last = strtoul(list + 1, (char **)&list, 10);
		for (; first <= last && first < 64; first++)
			bits |= UINT64_C(1) << first;
		if (last >= 63)
			bits |= UINT64_C(1) << 63;
		if (*list == ',')
			list++;
	}
	return bits;
}
