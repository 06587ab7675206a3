// SPDX-License-Identifier: GPL-2.0-only
/* After v6.12: pgdat->kswapd_failures is an atomic_t */
#include <linux/mmzone.h>

int probe(const struct pglist_data *pgdat);
int probe(const struct pglist_data *pgdat)
{
	return atomic_read(&pgdat->kswapd_failures);
}
