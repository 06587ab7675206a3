/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PFNSCOPE_CMD_RECORD_H
#define PFNSCOPE_CMD_RECORD_H

#include "cmd/cmd.h"
#include "source/recordings.h"

/* Lets all that reads this machine read @source, which keeps it. Return: 0 or -1. */
int pfnscope_record_read(struct pfnscope_run *run, struct pfnscope_source *source);

/* One recording, and what has to go for it. Return: 0 or -1. */
typedef int pfnscope_record_one(struct pfnscope_run *run,
				const struct pfnscope_retention *keep);
/*
 * @one each so many @seconds, until a signal ends that, or @count of them are made, if it is not
 * 0. Return: an enum pfnscope_status, or -1.
 */
int pfnscope_record_every(struct pfnscope_run *run, pfnscope_record_one *one,
			  const struct pfnscope_retention *keep, int64_t seconds,
			  uint64_t count);

#endif
