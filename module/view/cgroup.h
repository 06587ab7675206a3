/* SPDX-License-Identifier: GPL-2.0-only */
/* The cells that say which memory cgroup a row is about. */
#ifndef PFNSCOPE_VIEW_CGROUP_H
#define PFNSCOPE_VIEW_CGROUP_H

#include "record-lru.h"
#include "view/view.h"

/* Columns: cgroup cgroup_id state */
static inline void pfnscope_put_cgroup(struct seq_file *m,
				       const struct pfnscope_cgroup *cgroup)
{
	pfnscope_put_string(m, cgroup->path);
	pfnscope_put_number(m, cgroup->id);
	seq_puts(m, cgroup->dying ? " dying" : " online");
}

#endif /* PFNSCOPE_VIEW_CGROUP_H */
