// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/switch.h"

static int fail_to_write(struct pfnscope_run *run, const char *name, const char *text,
			 const char *takes, int failure)
{
	switch (failure) {
	case ENOENT:
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"/" PFNSCOPE_DEBUGFS "/control/%s: no such switch (try: pfnscope doctor)", name);
	case EINVAL:
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "\"%s\" is refused: %s",
				     text, takes);
	case ENODEV:
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"this kernel cannot tell (pfnscope about | grep %s says why)", name);
	}
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			     "/" PFNSCOPE_DEBUGFS "/control/%s: %s", name, strerror(failure));
}

static int write_switch(struct pfnscope_run *run, const char *name, const char *text,
			const char *takes, int *held)
{
	char *path;
	int failure;

	if (!pfnscope_source_is_live(run->source))
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
				     "what is read by --root cannot be switched");
	path = pfnscope_format(PFNSCOPE_DEBUGFS "/control/%s", name);
	failure = held ? pfnscope_source_hold(run->source, path, text, held) :
			 pfnscope_source_write(run->source, path, text);
	free(path);
	return failure ? fail_to_write(run, name, text, takes, failure) : PFNSCOPE_OK;
}

int pfnscope_switch_write(struct pfnscope_run *run, const char *name,
			  const char *text, const char *takes)
{
	return write_switch(run, name, text, takes, NULL);
}

int pfnscope_switch_hold(struct pfnscope_run *run, const char *name,
			 const char *text, const char *takes, int *held)
{
	char *hold = pfnscope_format("hold %s", text);
	int failed = write_switch(run, name, hold, takes, held);

	free(hold);
	return failed;
}

bool pfnscope_switch_is_off(const struct pfnscope_table *table)
{
	return table->state == PFNSCOPE_TABLE_PARTIAL && !table->nr_rows &&
	       !strncmp(table->reason, PFNSCOPE_SWITCHED_OFF, strlen(PFNSCOPE_SWITCHED_OFF));
}
