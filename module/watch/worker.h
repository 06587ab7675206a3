/* SPDX-License-Identifier: GPL-2.0-only */
/* Who does for incidents what can be done later. */
#ifndef PFNSCOPE_WATCH_WORKER_H
#define PFNSCOPE_WATCH_WORKER_H

/* Files, names and tables that were left out; then scans of all memory. */
enum pfnscope_worker_step {
	PFNSCOPE_WORKER_SHOW,
	PFNSCOPE_WORKER_SCAN,
	PFNSCOPE_WORKER_STEPS
};

struct pfnscope_incident_files;
struct pfnscope_watch;
struct pfnscope_worker;

struct pfnscope_worker *
pfnscope_worker_alloc(struct pfnscope_watch *watch,
		      const struct pfnscope_incident_files *files);
void pfnscope_worker_free(struct pfnscope_worker *worker);
void pfnscope_worker_wake(struct pfnscope_worker *worker);
void pfnscope_worker_cancel(struct pfnscope_worker *worker);
void pfnscope_worker_stop(struct pfnscope_worker *worker);

#endif /* PFNSCOPE_WATCH_WORKER_H */
