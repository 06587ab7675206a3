// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>
#include <linux/mm.h>

#include "reach/memcg.h"
#include "walk/cgroup_names.h"
#include "walk/memory.h"
#include "walk/sorted.h"

/**
 * struct pfnscope_numbered - a cgroup
 * @id: its number
 * @path: of it
 */
struct pfnscope_numbered {
	unsigned long id;
	const char *path;
};

static int number_all(struct pfnscope_cgroup_names *names)
{
	size_t count = names->charges.cgroup.count, i;

	names->numbered = pfnscope_room(count + 1, sizeof(*names->numbered));
	if (!names->numbered)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		const struct pfnscope_charged *cgroup = &names->charges.cgroups[i];

		names->numbered[i].id = pfnscope_memcg_id(cgroup->css);
		names->numbered[i].path = cgroup->path;
	}
	pfnscope_sort(names->numbered, count, sizeof(*names->numbered));
	return 0;
}

/**
 * pfnscope_cgroup_names_collect - find all memory cgroups
 * @names: zeroed; to be given to pfnscope_cgroup_names_free() in any case
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_cgroup_names_collect(struct pfnscope_cgroup_names *names)
{
	return pfnscope_charges_collect(&names->charges) ?: number_all(names);
}

/**
 * pfnscope_cgroup_names_free - let the cgroups go
 * @names: filled, or zeroes
 */
void pfnscope_cgroup_names_free(struct pfnscope_cgroup_names *names)
{
	kvfree(names->numbered);
	names->numbered = NULL;
	pfnscope_charges_free(&names->charges);
}

/**
 * pfnscope_cgroup_name - the path of a cgroup
 * @names: as collected
 * @id: its number
 *
 * Return: NULL where there is none of this number any more.
 */
const char *pfnscope_cgroup_name(const struct pfnscope_cgroup_names *names,
				 u64 id)
{
	const struct pfnscope_numbered *numbered;

	numbered = pfnscope_find(names->numbered, names->charges.cgroup.count,
				 sizeof(*numbered), id);
	return numbered ? numbered->path : NULL;
}
