// SPDX-License-Identifier: GPL-2.0-only
/* v6.7: shrinkers are counted references under RCU, without shrinker_rwsem */
#include <linux/shrinker.h>

bool probe(struct shrinker *shrinker);
bool probe(struct shrinker *shrinker)
{
	return shrinker_try_get(shrinker);
}
