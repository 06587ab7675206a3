// SPDX-License-Identifier: GPL-2.0-only
// guest: --allow Lockdown:
/*
 * The module's files stay readable under lockdown, entered after the module was loaded: a file of mode 0400
 * without write, ioctl and mmap is what debugfs lets through, of whatever mode lockdown is. What a view
 * cannot tell is as before, with the same reason. Loaded again, the module takes no BTF but the kernel's.
 * There is no way back, so this has a guest of its own.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define LOCKDOWN "/sys/kernel/security/lockdown"

/* Of mode 0644: readable before, refused after, which shows that lockdown is in force. */
#define WRITABLE "/sys/kernel/debug/fault_around_bytes"

/* What the views cannot tell, before: "NAME: REASON", or no reason. */
#define VIEWS_MAX 64

static char *before[VIEWS_MAX];
static size_t nr_before;

struct mode {
	struct ledger *ledger;
	const char *name;
	size_t read;
};

static char *reason_of(const char *name, const struct table *t)
{
	char *text;

	return asprintf(&text, "%s: %s", name, t->unavailable ? t->unavailable : "available") < 0 ? NULL : text;
}

static void note(const char *dir, const char *name, void *unused)
{
	char path[512];
	struct table t;

	(void)unused;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (nr_before < VIEWS_MAX && table_read(&t, path)) {
		before[nr_before++] = reason_of(name, &t);
		table_free(&t);
	}
}

static bool is_as_before(const char *reason)
{
	for (size_t i = 0; i < nr_before; i++)
		if (!strcmp(before[i], reason))
			return true;
	return false;
}

static void read_one(const char *dir, const char *name, void *arg)
{
	struct mode *mode = arg;
	char path[512], *reason;
	struct table t;
	bool read;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	read = table_read(&t, path);
	reason = reason_of(name, &t);
	ledger_enter_fact(mode->ledger, "every file is readable under lockdown", path, read, t.error);
	ledger_enter_fact(mode->ledger, "and is unavailable for no other reason than before", mode->name,
			  is_as_before(reason), reason);
	mode->read += read;
	free(reason);
	table_free(&t);
}

static void read_all(struct ledger *l, const char *name)
{
	struct mode mode = { .ledger = l, .name = name };
	char words[64];

	text_each_file(PFNSCOPE_DIR, read_one, &mode);
	read_one("/proc", "pfnscope", &mode);
	snprintf(words, sizeof(words), "%s: %zu of %zu", name, mode.read, nr_before);
	printf("# %s\n", words);
	ledger_enter_fact(l, "there are as many as before", words, mode.read == nr_before, words);
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
	ledger_enter_fact(l, "a System.map of one's own is refused under lockdown", "",
			  ko_load(PFNSCOPE_KO, "system_map=/proc/kallsyms") == -EPERM, "not refused");
	ledger_enter_fact(l, "an unsigned module loads where no signature is asked for", "",
			  ko_load(PFNSCOPE_KO, "") == (signatures ? -EPERM : 0), strerror(errno));
	if (!signatures)
		read_all(l, "loaded under lockdown");
}

/* --- one mode after the other, each stricter --- */

static void enter(struct ledger *l, const char *mode)
{
	char bracketed[32], *now;

	snprintf(bracketed, sizeof(bracketed), "[%s]", mode);
	ledger_enter_fact(l, "lockdown can be entered", mode, !text_write(LOCKDOWN, mode), strerror(errno));
	now = text_need(LOCKDOWN);
	ledger_enter_fact(l, "it is what was asked for now", mode, strstr(now, bracketed) != NULL, now);
	free(now);
	ledger_enter_fact(l, "a writable file of debugfs is refused", mode, !is_readable(WRITABLE), "readable");
	ledger_enter_fact(l, "and so are the switches", mode, !is_readable(CONTROL) && text_write(CONTROL, "0") == -EPERM,
			  "not refused");
	read_all(l, mode);
}

/* What was switched on before goes on. */
static void check_incident(struct ledger *l)
{
	cgroup_make("small", "memory.max", "4M");
	ledger_enter_fact(l, "a cgroup at its limit is killed", "", was_killed(eater("small", -1)), "it lives");
	ledger_enter_fact(l, "an incident is kept under lockdown, and readable", "", wait_for(1) >= 0, "none");
	cgroup_remove("small");
}

int main(void)
{
	struct ledger l = { 0 };

	mount("securityfs", "/sys/kernel/security", "securityfs", 0, NULL);
	ledger_enter_fact(&l, "a writable file of debugfs is readable before", WRITABLE, is_readable(WRITABLE), "refused");
	ledger_enter_fact(&l, "incidents can be switched on before", CONTROL, !text_write(CONTROL, "1"), strerror(errno));
	text_each_file(PFNSCOPE_DIR, note, NULL);
	note("/proc", "pfnscope", NULL);
	enter(&l, "integrity");
	enter(&l, "confidentiality");
	check_incident(&l);
	check_parameter(&l);
	return ledger_report(&l, "lockdown");
}
