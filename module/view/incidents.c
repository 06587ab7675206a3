// SPDX-License-Identifier: GPL-2.0-only
/* Incidents as rows: each is one row of a table that is also its own header. */
#include <linux/nodemask.h>

#include "uapi/pfnscope.h"
#include "view/incidents.h"
#include "view/view.h"

static const char *const kind_names[PFNSCOPE_INCIDENT_KINDS] = {
	[PFNSCOPE_INCIDENT_OOM] = "oom",
	[PFNSCOPE_INCIDENT_MEMCG] = "memcg_oom",
	[PFNSCOPE_INCIDENT_FAILURE] = "allocation_failure",
};

static const char *const constraint_names[PFNSCOPE_CONSTRAINTS] = {
	[PFNSCOPE_CONSTRAINT_UNKNOWN] = NULL,
	[PFNSCOPE_CONSTRAINT_NONE] = "none",
	[PFNSCOPE_CONSTRAINT_CPUSET] = "cpuset",
	[PFNSCOPE_CONSTRAINT_POLICY] = "memory_policy",
	[PFNSCOPE_CONSTRAINT_MEMCG] = "memcg",
};

static const char *const context_names[PFNSCOPE_CONTEXTS] = {
	[PFNSCOPE_CONTEXT_TASK] = "task",
	[PFNSCOPE_CONTEXT_SOFTIRQ] = "softirq",
	[PFNSCOPE_CONTEXT_HARDIRQ] = "hardirq",
	[PFNSCOPE_CONTEXT_NMI] = "nmi",
};

/* The name of the table, and its head; its rows are printed here. */
static const struct pfnscope_view incidents_view = {
	.name = "incidents",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(incident kind boot_ns real_ns context pid
				    comm cpu gfp_mask order constraint nodes
				    mems_allowed cgroup cgroup_id victim_pid
				    victim_comm victim_oom_score_adj victims
				    suppressed deferred_ms),
};

static void put_nodes(struct seq_file *m, const nodemask_t *nodes)
{
	const char *separator = " ";
	int node;

	for_each_node_mask(node, *nodes) {
		seq_printf(m, "%s%d", separator, node);
		separator = ",";
	}
	if (*separator == ' ')
		seq_puts(m, " " PFNSCOPE_CELL_NONE);
}

static void put_victim(struct seq_file *m,
		       const struct pfnscope_incident *incident)
{
	pfnscope_put_number(m, incident->victim_pid);
	pfnscope_put_string(m, incident->victim_comm);
	if (incident->victim_pid == PFNSCOPE_UNKNOWN)
		pfnscope_put_number(m, PFNSCOPE_UNKNOWN);
	else
		seq_printf(m, " %d", incident->victim_adj);
	pfnscope_put_number(m, incident->victims);
}

static void put_incident(struct seq_file *m,
			 const struct pfnscope_incident *incident)
{
	seq_printf(m, "%llu %s", incident->number, kind_names[incident->kind]);
	pfnscope_put_number(m, incident->boot_ns);
	pfnscope_put_number(m, incident->real_ns);
	pfnscope_put_string(m, context_names[incident->context]);
	pfnscope_put_number(m, incident->pid);
	pfnscope_put_string(m, incident->comm);
	pfnscope_put_number(m, incident->cpu);
	pfnscope_put_number(m, incident->gfp);
	pfnscope_put_number(m, incident->order);
	pfnscope_put_string(m, constraint_names[incident->constraint]);
	if (incident->nodes_known)
		put_nodes(m, &incident->nodes);
	else
		pfnscope_put_number(m, PFNSCOPE_UNKNOWN);
	put_nodes(m, &incident->mems_allowed);
	pfnscope_put_string(m, incident->cgroup);
	pfnscope_put_number(m, incident->cgroup_id);
	put_victim(m, incident);
	pfnscope_put_number(m, incident->suppressed);
	pfnscope_put_number(m, incident->deferred_ms);
	seq_putc(m, '\n');
}

/**
 * pfnscope_incidents_show_header - one incident as a table of its own
 * @m: the file
 * @incident: what happened
 */
void pfnscope_incidents_show_header(struct seq_file *m,
				    const struct pfnscope_incident *incident)
{
	pfnscope_view_show_header(m, &incidents_view, NULL);
	put_incident(m, incident);
}

/**
 * pfnscope_incidents_show_list - all that are kept, the OOM kills first
 * @m: the file
 *
 * Return: 0.
 */
int pfnscope_incidents_show_list(struct seq_file *m)
{
	struct pfnscope_recorded *place;
	unsigned int i;
	u64 lost = pfnscope_incidents_lost();

	pfnscope_view_show_header(m, &incidents_view, NULL);
	for (i = 0; (place = pfnscope_incident_nth(i)); i++) {
		if (!pfnscope_incident_get(place, 0))
			continue;
		put_incident(m, &place->incident);
		pfnscope_incident_put(place);
	}
	if (lost)
		seq_printf(m, "# %llu more were lost: their place was in use\n",
			   lost);
	return 0;
}

static const struct pfnscope_view *const deferred_views[PFNSCOPE_DEFERRED] = {
	[PFNSCOPE_DEFERRED_RECLAIM] = &pfnscope_view_reclaim,
	[PFNSCOPE_DEFERRED_HUGEPAGES] = &pfnscope_view_hugepages,
	[PFNSCOPE_DEFERRED_CONTIGUITY] = &pfnscope_view_contiguity,
	[PFNSCOPE_DEFERRED_OWNERS] = &pfnscope_view_owners,
};

/**
 * pfnscope_deferred_view - what a deferred scan prints
 * @which: the scan
 */
const struct pfnscope_view *pfnscope_deferred_view(enum pfnscope_deferred which)
{
	return deferred_views[which];
}

/**
 * pfnscope_deferred_show - a deferred scan as it was printed
 * @m: the file
 * @place: the incident
 * @which: the scan
 */
void pfnscope_deferred_show(struct seq_file *m,
			    const struct pfnscope_recorded *place,
			    enum pfnscope_deferred which)
{
	const struct pfnscope_text *text = &place->deferred[which];
	/* Pairs with the worker's: the text is there. */
	size_t length = smp_load_acquire(&text->length);

	if (!length) {
		pfnscope_view_show_header(m, deferred_views[which],
					  "not scanned yet");
		return;
	}
	seq_write(m, place->text + text->begin, length);
	seq_printf(m, "# taken %llu ms after the incident\n", text->delay_ms);
}
