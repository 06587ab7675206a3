/* SPDX-License-Identifier: GPL-2.0-only */
/* Making OOM kills and failed allocations, and reading what became of them: the incident, and the kernel's own report. */

#ifndef PFNSCOPE_TEST_INCIDENT_H
#define PFNSCOPE_TEST_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lib/table.h"

#define CONTROL PFNSCOPE_DIR "/control/incidents"
#define FAILURES PFNSCOPE_DIR "/control/failures"
#define DIR_OF PFNSCOPE_DIR "/incidents"
#define LIST DIR_OF "/list"
#define ASK "/sys/module/eater/parameters/ask"
/* So far below the minimum that what CPUs give back helps nobody; in a zone without any, 7.2 lets requests wait. */
#define ALL_OF_DMA "zone=DMA leave=16"

/* The kernel's log since log_begin(), as log_end() found it; a record a line. */
extern char report[];
void log_begin(void);
void log_end(void);
/* The number behind @key in the first line with @line; -1 where there is none. */
long long said(const char *line, const char *key);

/* Neither OOM kills nor failures are kept any more; 0 or -errno. */
int incidents_off(void);

/* incidents/list as read_list() found it. */
extern struct table list;
void read_list(void);
long long number(size_t row, const char *column);
bool is(size_t row, const char *column, const char *value);
/* Waits until incident @incident has its files; its row, or -1. */
long wait_shown(unsigned int incident);
/*
 * And until its scans are done. After a scan the module rests for 124 times as long, but for the
 * OOM of the machine: of a second incident this may take long.
 */
long wait_for(unsigned int incident);
/* Was that file taken after the incident, and has it rows? */
bool taken_later(unsigned int incident, const char *name);
void table_of(struct table *t, unsigned int incident, const char *name);

bool exists(const char *path);
void sleep_ms(unsigned int ms);

/* A child that eats in @cgroup, bound to @node where that is not -1; returns it, stopped nowhere. */
pid_t eater(const char *cgroup, int node);
bool was_killed(pid_t child);
/* The module that eats a zone, and asks. */
int load_eater(const char *args);
void unload_eater(void);

#endif
