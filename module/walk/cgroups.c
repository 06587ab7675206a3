// SPDX-License-Identifier: GPL-2.0-only
/*
 * Between two rows the cursor has a reference to one cgroup and nothing else,
 * so ten thousand cgroups cost one step each, and none is held up from going
 * but the one where a reader paused. Where the kernel was booted without memory
 * cgroups there is one, the root, and its lists are the nodes'.
 */
#include <linux/string.h>

#include "reach/memcg.h"
#include "reach/page_cgroup.h"
#include "walk/cgroups.h"

static void identify(struct cgroup_subsys_state *css,
		     struct pfnscope_cgroup *cgroup)
{
	rcu_read_lock();
	cgroup->id = pfnscope_memcg_id(css);
	cgroup->dying = pfnscope_memcg_dying(css);
	pfnscope_css_path(css, cgroup->path, sizeof(cgroup->path));
	rcu_read_unlock();
}

static bool only_root(struct pfnscope_cgroups *cursor,
		      struct pfnscope_cgroup *cgroup)
{
	if (cursor->begun)
		return false;
	cursor->begun = true;
	cgroup->id = PFNSCOPE_UNKNOWN;
	cgroup->dying = false;
	strscpy(cgroup->path, "/", sizeof(cgroup->path));
	return true;
}

/**
 * pfnscope_cgroups_next - step to the next memory cgroup
 * @cursor: zeroed for the first one, the root
 * @cgroup: filled
 *
 * Return: false after the last one.
 */
bool pfnscope_cgroups_next(struct pfnscope_cgroups *cursor,
			   struct pfnscope_cgroup *cgroup)
{
	struct cgroup_subsys_state *root = pfnscope_memcg_root();
	struct cgroup_subsys_state *css;

	memset(&cursor->zones, 0, sizeof(cursor->zones));
	if (!root)
		return only_root(cursor, cgroup);
	css = pfnscope_memcg_next(cursor->css, root);
	pfnscope_cgroups_end(cursor);
	if (!css)
		return false;
	cursor->css = css;
	cursor->begun = true;
	identify(css, cgroup);
	return true;
}

/**
 * pfnscope_cgroups_next_zone - step to the next cgroup and zone with pages
 * @cursor: zeroed for the first one
 * @cgroup: filled whenever the cgroup changes
 *
 * Return: the zone, NULL after the last one of the last cgroup.
 */
struct zone *pfnscope_cgroups_next_zone(struct pfnscope_cgroups *cursor,
					struct pfnscope_cgroup *cgroup)
{
	struct zone *zone;

	for (;;) {
		zone = cursor->begun ?
		       pfnscope_zone_next_populated(&cursor->zones) : NULL;
		if (zone || !pfnscope_cgroups_next(cursor, cgroup))
			return zone;
	}
}

/**
 * pfnscope_cgroups_end - let the cgroup go
 * @cursor: at any place
 */
void pfnscope_cgroups_end(struct pfnscope_cgroups *cursor)
{
	if (cursor->css)
		css_put(cursor->css);
	cursor->css = NULL;
}
