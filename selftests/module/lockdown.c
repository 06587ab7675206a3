// SPDX-License-Identifier: GPL-2.0-only
// guest: --allow Lockdown:
/*
 * The module's files stay readable in lockdown=integrity, entered after the module was loaded: a
 * file of mode 0400 without write, ioctl and mmap is what debugfs lets through. Loaded again, it takes
 * no BTF but the kernel's. There is no way back, so this has a guest of its own.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define LOCKDOWN "/sys/kernel/security/lockdown"

/* Of mode 0644: readable before, refused after, which shows that lockdown is in force. */
#define WRITABLE "/sys/kernel/debug/fault_around_bytes"

static void read_one(const char *dir, const char *name, void *arg)
{
	struct ledger *l = arg;
	char path[512], topic[96];
	struct stat st;
	struct table t;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return;
	snprintf(topic, sizeof(topic), "%s is readable under lockdown", name);
	ledger_enter_fact(l, topic, "", table_read(&t, path), t.error);
	table_free(&t);
}

static bool is_readable(const char *path)
{
	char *text = text_read(path, NULL);

	free(text);
	return text != NULL;
}

/*
 * A kernel that checks signatures lets no module of ours in any more; one that cannot shows whether it
 * is the parameter that is refused.
 */
static void check_parameter(struct ledger *l)
{
	bool signatures = !access("/sys/module/module/parameters/sig_enforce", F_OK);

	ledger_enter_fact(l, "unloads under lockdown", "", !ko_unload("pfnscope"), strerror(errno));
	ledger_enter_fact(l, "a BTF of one's own is refused under lockdown", "",
			  ko_load(PFNSCOPE_KO, "btf=/sys/kernel/btf/vmlinux") == -EPERM, "not refused");
	ledger_enter_fact(l, "an unsigned module loads where no signature is asked for", "",
			  ko_load(PFNSCOPE_KO, "") == (signatures ? -EPERM : 0), strerror(errno));
}

int main(void)
{
	struct ledger l = { 0 };
	char *now;

	mount("securityfs", "/sys/kernel/security", "securityfs", 0, NULL);
	ledger_enter_fact(&l, "a writable file of debugfs is readable before", WRITABLE, is_readable(WRITABLE), "refused");
	ledger_enter_fact(&l, "lockdown can be entered", LOCKDOWN, !text_write(LOCKDOWN, "integrity"), strerror(errno));
	now = text_need(LOCKDOWN);
	ledger_enter_fact(&l, "lockdown is integrity now", "", strstr(now, "[integrity]") != NULL, now);
	ledger_enter_fact(&l, "a writable file of debugfs is refused now", WRITABLE, !is_readable(WRITABLE), "readable");
	text_each_file(PFNSCOPE_DIR, read_one, &l);
	read_one("/proc", "pfnscope", &l);
	free(now);
	check_parameter(&l);
	return ledger_report(&l, "lockdown");
}
