// SPDX-License-Identifier: GPL-2.0-only
// guest:
/*
 * The ways into the kernel: symbols with and without kprobes, a BTF that is cut, and one that says
 * that a struct is larger than the module believes.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define KPROBES "/sys/kernel/debug/kprobes/enabled"
#define BTF "/sys/kernel/btf/vmlinux"
#define COPY "/tmp/btf"

#define STRUCT_KIND 4

static void unload(struct ledger *l, const char *where)
{
	ledger_enter_fact(l, "unloads", where, !ko_unload("pfnscope"), strerror(errno));
}

/* The value that `about` has for @key, in @value; empty where there is none. */
static void about(const char *key, char *value, size_t len)
{
	struct table t;
	long row;

	table_need(&t, "about");
	row = table_find(&t, "key", key, NULL);
	snprintf(value, len, "%s", row >= 0 ? table_cell(&t, (size_t)row, "value") : "");
	table_free(&t);
}

static void expect(struct ledger *l, const char *topic, const char *key, const char *part)
{
	char value[256];

	about(key, value, sizeof(value));
	ledger_enter_fact(l, topic, key, strstr(value, part), value);
}

/* What every kernel has; how it was found is the only difference. */
static void check_symbols(struct ledger *l, const char *args, const char *found)
{
	static const char *const keys[] = { "symbol.slab_caches", "symbol.slab_mutex", "symbol.hstates",
					    "symbol.hugetlb_max_hstate", "symbol.shrinker_list", "symbol.swap_info",
					    "symbol.init_mm", "symbol.devices_kset", "symbol.pcpu_base_addr" };
	char topic[96];

	snprintf(topic, sizeof(topic), "symbols are found by the %s", found);
	ledger_enter_fact(l, "loads", found, !ko_load(PFNSCOPE_KO, args), strerror(errno));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		expect(l, topic, keys[i], found);
	expect(l, "views on symbols are available", "view.slabs", "available");
	expect(l, "views on symbols are available", "view.swap", "available");
	expect(l, "the self-check passes", "self_check", "passed");
	unload(l, found);
}

static bool write_copy(const char *data, size_t len)
{
	int fd = open(COPY, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t n = 0;

	for (size_t done = 0; fd >= 0 && done < len && n >= 0; done += (size_t)n)
		n = write(fd, data + done, len - done);
	close(fd);
	return fd >= 0 && n >= 0;
}

static void check_cut(struct ledger *l, const char *btf, size_t len)
{
	ledger_enter_fact(l, "a copy can be written", "cut", write_copy(btf, len / 2), strerror(errno));
	ledger_enter_fact(l, "loads", "cut BTF", !ko_load(PFNSCOPE_KO, "btf=" COPY), strerror(errno));
	expect(l, "a cut BTF is refused with a reason", "btf", "truncated");
	expect(l, "what needs BTF says so", "view.slabs", "truncated");
	expect(l, "what needs no BTF works", "view.zones", "available");
	unload(l, "cut BTF");
}

/* The size in the record of struct zone: name, kind and size together are found once. */
static uint32_t *zone_size(char *btf, size_t len, uint32_t size)
{
	const uint32_t *header = (uint32_t *)btf;
	uint32_t strings = header[1] + header[4], *word = (uint32_t *)(btf + header[1] + header[2]), name;
	const char *at = memmem(btf + strings, len - strings, "\0zone", 6);

	if (!at)
		return NULL;
	name = (uint32_t)(at + 1 - btf) - strings;
	for (; (char *)(word + 3) <= btf + strings; word++)
		if (word[0] == name && (word[1] >> 24 & 0x1f) == STRUCT_KIND && word[2] == size)
			return word + 2;
	return NULL;
}

static void check_mismatch(struct ledger *l, char *btf, size_t len)
{
	char value[64];
	uint32_t *size;

	ledger_enter_fact(l, "loads", "as it is", !ko_load(PFNSCOPE_KO, ""), strerror(errno));
	about("struct.zone", value, sizeof(value));
	unload(l, "as it is");
	size = zone_size(btf, len, (uint32_t)strtoul(value, NULL, 10));
	ledger_enter_fact(l, "struct zone is in the BTF", value, size, "not found");
	if (!size)
		return;
	*size += 8;
	ledger_enter_fact(l, "a copy can be written", "altered", write_copy(btf, len), strerror(errno));
	ledger_enter_fact(l, "a struct of another size stops the load", "", ko_load(PFNSCOPE_KO, "btf=" COPY) == -EINVAL, "loaded");
	ledger_enter_fact(l, "the log names the struct", "", ko_log_says("built for another kernel: struct zone: compiled with"),
			  "it does not");
	ledger_enter_fact(l, "a refused load leaves nothing", "", access("/sys/module/pfnscope", F_OK), "left");
}

int main(void)
{
	struct ledger l = { 0 };
	size_t len;
	char *btf = text_read(BTF, &len);

	unload(&l, "what the guest loaded");
	check_symbols(&l, "", "kallsyms_lookup_name");
	check_symbols(&l, "walk=1", "symbol\\040walk");
	text_write(KPROBES, "0");
	check_symbols(&l, "", "symbol\\040walk");
	text_write(KPROBES, "1");
	ledger_enter_fact(&l, "the kernel has BTF", BTF, btf, strerror(errno));
	if (btf) {
		check_cut(&l, btf, len);
		check_mismatch(&l, btf, len);
	}
	free(btf);
	ledger_enter_fact(&l, "loads", "at the end", !ko_load(PFNSCOPE_KO, ""), strerror(errno));
	return ledger_report(&l, "reach");
}
