// SPDX-License-Identifier: GPL-2.0-only
/* Incidents as rows: each is one row of a table that is also its own header. */
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/nodemask.h>

#include "reach/oomtrace.h"
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

/* No file of its own: the name of the table, its head, and the account of the worker. */
const struct pfnscope_view pfnscope_view_incidents = {
	.name = "incidents",
	.major = 1,
	.minor = 1,
	.columns = PFNSCOPE_COLUMNS(incident kind boot_ns real_ns context pid
				    comm cpu gfp_mask order constraint nodes
				    mems_allowed cgroup cgroup_id victim_pid
				    victim_comm victim_oom_score_adj victims
				    suppressed deferred_ms capture_ns),
	.unavailable = pfnscope_oomtrace_unavailable,
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

static void put_known_nodes(struct seq_file *m, bool known,
			    const nodemask_t *nodes)
{
	if (known)
		put_nodes(m, nodes);
	else
		pfnscope_put_number(m, PFNSCOPE_UNKNOWN);
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
	put_known_nodes(m, incident->nodes_known, &incident->nodes);
	put_known_nodes(m, incident->mems_known, &incident->mems_allowed);
	pfnscope_put_string(m, incident->cgroup);
	pfnscope_put_number(m, incident->cgroup_id);
	put_victim(m, incident);
	pfnscope_put_number(m, incident->suppressed);
	pfnscope_put_number(m, incident->deferred_ms);
	pfnscope_put_number(m, incident->capture_ns);
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
	pfnscope_view_show_header(m, &pfnscope_view_incidents, NULL);
	put_incident(m, incident);
}

/**
 * pfnscope_incidents_show_remark - what is to be known of a table, at its end
 * @m: the file
 * @delay_ns: time after the incident at which it was taken, 0 for at its moment
 * @cut: how it is not whole, or NULL
 *
 * A file has one remark.
 */
void pfnscope_incidents_show_remark(struct seq_file *m, u64 delay_ns,
				    const char *cut)
{
	if (delay_ns)
		seq_printf(m, "# taken %llu ms after the incident%s%s\n",
			   div_u64(delay_ns, NSEC_PER_MSEC), cut ? "; " : "",
			   cut ?: "");
	else if (cut)
		seq_printf(m, "# %s\n", cut);
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

	pfnscope_view_show_header(m, &pfnscope_view_incidents, NULL);
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
