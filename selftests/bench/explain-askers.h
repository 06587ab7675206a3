/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks that ask in the place of explain, each in a cpuset of its own, with any memory policy. */
#ifndef BENCH_EXPLAIN_ASKERS_H
#define BENCH_EXPLAIN_ASKERS_H

#include <stdbool.h>
#include <sys/types.h>

#define ASKERS	3

/* Starts them all; @ask is the file that requests are written to. */
void start_askers(int nr_nodes, const char *ask);
pid_t asker_pid(unsigned int asker);
/* Lets one take a policy, the default where this kernel does not have it, or its cpuset none of the nodes. */
void ask_policy(unsigned int asker, unsigned int mode, unsigned long nodes);
/* Lets one put a request. */
void ask_request(unsigned int asker, const char *request);
void stop_askers(void);

#endif
