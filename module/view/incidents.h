/* SPDX-License-Identifier: GPL-2.0-only */
/* The rows and tables of incidents. */
#ifndef PFNSCOPE_VIEW_INCIDENTS_H
#define PFNSCOPE_VIEW_INCIDENTS_H

#include <linux/seq_file.h>

#include "watch/incident.h"

/* Rows are missing, because of the room set apart for them. */
#define PFNSCOPE_CUT	"cut here, the room was full"

int pfnscope_incidents_show_list(struct seq_file *m);
void pfnscope_incidents_show_header(struct seq_file *m,
				    const struct pfnscope_incident *incident);

void pfnscope_incidents_show_remark(struct seq_file *m, u64 delay_ns,
				    const char *cut);

const char *pfnscope_moment_name(enum pfnscope_moment_table table);
void pfnscope_moment_show(struct seq_file *m,
			  const struct pfnscope_moment *moment,
			  enum pfnscope_moment_table table);

const struct pfnscope_view *pfnscope_deferred_view(enum pfnscope_deferred which);
bool pfnscope_deferred_scan(struct pfnscope_scanned *scanned);
void pfnscope_deferred_show(struct seq_file *m,
			    const struct pfnscope_recorded *place,
			    enum pfnscope_deferred which);

void pfnscope_incident_files_init(void);

#endif /* PFNSCOPE_VIEW_INCIDENTS_H */
