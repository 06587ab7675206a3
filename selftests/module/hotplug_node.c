// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 512M,slots=1,maxmem=1G --qemu -numa --qemu node,nodeid=1 --qemu -object --qemu memory-backend-ram,id=board,size=256M --qemu -device --qemu pc-dimm,memdev=board,node=1 --append slub_debug=FZP,kmem_cache_node --append memhp_default_state=offline --timeout 300
/*
 * All memory of a node, which no zone but ZONE_NORMAL has, goes offline and comes back while `slabs` is
 * read. Up to 5.10 the kernel frees the node's part of every cache then. That nobody looks at it any more
 * hangs on who is told first: the module, which waits for readers, or SLUB, which frees. A trace of both
 * tells; poison would show who looked.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"

#define MEMORY "/sys/devices/system/memory"
#define NORMAL "/sys/devices/system/node/has_normal_memory"
#define BLOCKS 8
#define ROUNDS 30

/* Eight bytes of POISON_FREE. */
#define POISON "7740398493674204011"

struct blocks {
	int n;
	char state[BLOCKS][300];
};

static bool holds(const char *path, const char *word)
{
	char *text = text_read(path, NULL);
	bool yes = text && !strncmp(text, word, strlen(word));

	free(text);
	return yes;
}

/* The DIMM is offline at boot, and nothing else is. */
static void add_block(const char *dir, const char *name, void *arg)
{
	struct blocks *blocks = arg;
	char path[300];

	snprintf(path, sizeof(path), "%s/%s/state", dir, name);
	if (!strncmp(name, "memory", 6) && blocks->n < BLOCKS && holds(path, "offline"))
		strcpy(blocks->state[blocks->n++], path);
}

/* To write what a block is already is an error. */
static bool all(const struct blocks *blocks, const char *word)
{
	const char *state = strcmp(word, "offline") ? "online" : "offline";
	bool done = true;

	for (int i = 0; i < blocks->n; i++)
		done &= holds(blocks->state[i], state) || !text_write(blocks->state[i], word);
	return done;
}

static bool lists_node(const char *text)
{
	return strstr(text, "\n1 kmem_cache_node ");
}

/* Until it is killed; ends by itself where it has read what was freed. */
static void read_forever(void)
{
	for (;;) {
		char *text = text_need(PFNSCOPE_DIR "/slabs");

		if (strstr(text, POISON))
			_exit(1);
		free(text);
	}
}

/*
 * Since 5.11 a node's part of a cache stays, so there is nothing to be caught; and the kernel
 * takes pages of the new node for itself at once (7.2), which then cannot go offline any more.
 */
static bool keeps_node_parts(void)
{
	struct utsname kernel;
	int major, minor;

	return !uname(&kernel) && sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
	       (major > 5 || (major == 5 && minor > 10));
}

/* --- who is told first --- */

#define WAITS "memory_event"
#define FREES "slab_memory_callback"

/* Each call of a chain of notifiers is a pair: "memory_event <-CALLER [pfnscope]", "slab_memory_callback <-". */
static void check_order(struct ledger *l)
{
	char *text = trace_end(), *at = text, *line;
	int waits = 0, frees = 0, wrong = 0;
	char detail[96];

	while ((line = text_line(&at)))
		if (line[0] == '#') {
			continue;
		} else if (strstr(line, ": " WAITS " ")) {
			waits++;
		} else if (strstr(line, ": " FREES " ")) {
			frees++;
			wrong += frees != waits;
		}
	free(text);
	snprintf(detail, sizeof(detail), "told %d times, SLUB %d times, %d times too early", waits, frees, wrong);
	printf("# %s\n", detail);
	ledger_enter_fact(l, "the module is told of memory that goes", detail, waits > 0, detail);
	if (!keeps_node_parts())
		ledger_enter_fact(l, "and waits for readers before SLUB frees", detail, frees == waits && !wrong, detail);
}

/* --- the memory comes and goes --- */

static bool node_has_slabs(void)
{
	char *text = text_need(PFNSCOPE_DIR "/slabs");
	bool yes = lists_node(text);

	free(text);
	return yes;
}

static void round_of_memory(struct ledger *l, const struct blocks *blocks, int *offlined)
{
	ledger_enter_fact(l, "the node's memory goes online", "", all(blocks, "online_kernel"), strerror(errno));
	ledger_enter_fact(l, "and the node has normal memory", "", holds(NORMAL, "0-1"), "it has not");
	ledger_enter_fact(l, "and slabs of its own", "", node_has_slabs(), "none");
	usleep(20000);
	/* A page that somebody took meanwhile keeps it: then the next round has it online already. */
	if (!all(blocks, "offline") || holds(NORMAL, "0-1"))
		return;
	ledger_enter_fact(l, "without memory the node has no slabs", "", !node_has_slabs(), "some");
	(*offlined)++;
}

int main(void)
{
	static const char *const told[] = { WAITS ":mod:pfnscope", FREES, NULL };
	struct blocks blocks = { 0 };
	struct ledger l = { 0 };
	pid_t reader[2];
	int offlined = 0, status = 0;
	char text[64];

	text_each_entry(MEMORY, add_block, &blocks);
	ledger_enter_fact(&l, "the node has memory to come", "", blocks.n > 0, "no block is offline");
	ledger_enter_fact(&l, "a trace can be made", "", trace_functions(told), "the kernel has no such functions");
	for (int i = 0; i < 2; i++) {
		reader[i] = fork();
		if (!reader[i])
			read_forever();
	}
	for (int i = 0; i < ROUNDS && blocks.n; i++)
		round_of_memory(&l, &blocks, &offlined);
	check_order(&l);
	snprintf(text, sizeof(text), "%d of %d rounds", offlined, ROUNDS);
	ledger_enter_fact(&l, "all of it goes offline under readers", text,
			  offlined > ROUNDS / 2 || (!offlined && keeps_node_parts()), text);
	for (int i = 0; i < 2; i++) {
		ledger_enter_fact(&l, "no reader sees what was freed", "", !waitpid(reader[i], &status, WNOHANG), "poison");
		kill(reader[i], SIGKILL);
		waitpid(reader[i], &status, 0);
	}
	return ledger_report(&l, "hotplug_node");
}
