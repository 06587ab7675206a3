// SPDX-License-Identifier: GPL-2.0-only
// guest:
/* Parameters that make no sense stop the load and leave nothing; without kprobes the module still works. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define KPROBES "/sys/kernel/debug/kprobes/enabled"

static bool unload(void)
{
	return !ko_unload("pfnscope") && access("/sys/module/pfnscope", F_OK) &&
	       access(PFNSCOPE_DIR, F_OK) && access(PFNSCOPE_PROC, F_OK);
}

static bool is_number_type(const char *type)
{
	static const char *const types[] = { "int", "uint", "bool", "long", "ulong", "short", "ushort", "byte" };

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(type, types[i]))
			return true;
	return false;
}

/* A value that no type takes, and to kstrtobool() anything from n on is a no; modinfo in the file says "parmtype=NAME:TYPE". */
static void check_parameters(struct ledger *l)
{
	static const char key[] = "parmtype=";
	char name[64], type[16], args[96];
	size_t len;
	char *ko = text_read(PFNSCOPE_KO, &len), *at = ko;

	while (at && (at = memmem(at, len - (size_t)(at - ko), key, strlen(key)))) {
		at += strlen(key);
		if (sscanf(at, "%63[a-z0-9_]:%15s", name, type) != 2 || !is_number_type(type))
			continue;
		snprintf(args, sizeof(args), "%s=@", name);
		ledger_enter_fact(l, "a value of the wrong type is refused", args, ko_load(PFNSCOPE_KO, args) == -EINVAL, "loaded");
		ledger_enter_fact(l, "a refused load leaves nothing", args, access("/sys/module/pfnscope", F_OK) != 0, "left");
	}
	free(ko);
}

static void read_one(const char *dir, const char *name, void *arg)
{
	char path[512];
	struct table t;

	if (!strcmp(name, "control") || !strcmp(name, "incidents"))
		return;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	ledger_enter_fact(arg, "every file is readable without kprobes", name,
			  table_read(&t, path), t.error);
	table_free(&t);
}

/* Disarmed, a kprobe is registered but never fires: its address is all the module wants. */
static void check_without_kprobes(struct ledger *l)
{
	ledger_enter_fact(l, "kprobes can be disarmed", KPROBES, !text_write(KPROBES, "0"), "refused");
	ledger_enter_fact(l, "loads with kprobes disarmed", "", !ko_load(PFNSCOPE_KO, ""), strerror(errno));
	text_each_file(PFNSCOPE_DIR, read_one, l);
	ledger_enter_fact(l, "unloads", "kprobes disarmed", unload(), "left something");
	text_write(KPROBES, "1");
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_enter_fact(&l, "unloads", "what the guest loaded", unload(), "left something");
	check_parameters(&l);
	check_without_kprobes(&l);
	ledger_enter_fact(&l, "loads again", "", !ko_load(PFNSCOPE_KO, ""), strerror(errno));
	return ledger_report(&l, "params");
}
