// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small processes, locked in memory, that do what they are told in a page that they share: take a memory policy, or write a
 * request. The first is in no cpuset, the others have every second node. They need no memory for it: who does may have to wait
 * until kswapd has brought up the reserves, which it never does here.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain-askers.h"

#define CGROUPS	"/sys/fs/cgroup/"

struct order {
	unsigned int mode;
	unsigned long nodes;
	char request[48];	/* empty: take the policy */
};

static struct asker {
	pid_t pid;
	int orders, answers;	/* a count in each tells that there is one */
	struct order *order;
} askers[ASKERS];

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void put_word(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, word, strlen(word)) != (ssize_t)strlen(word))
		die(path);
	close(fd);
}

/* --- in the asker --- */

/* One that this kernel, or the cpuset, does not allow becomes the default. A cpuset joined meanwhile has let go of the CPU. */
static void take_policy(unsigned int mode, unsigned long nodes)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		_exit(1);
	if (syscall(SYS_set_mempolicy, mode, &nodes, sizeof(nodes) * 8) && syscall(SYS_set_mempolicy, 0, NULL, 0))
		_exit(1);
}

static void serve(const struct asker *asker, int ask)
{
	const struct order *order = asker->order;
	uint64_t one;

	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		_exit(1);
	while (read(asker->orders, &one, sizeof(one)) == sizeof(one)) {
		if (!*order->request)
			take_policy(order->mode, order->nodes);
		else if (pwrite(ask, order->request, strlen(order->request), 0) < 0)
			_exit(1);
		if (write(asker->answers, &one, sizeof(one)) != sizeof(one))
			_exit(1);
	}
	_exit(0);
}

/* --- the askers --- */

/* Every second node from the first or the second on. */
static void join_cpuset(unsigned int index, int nr_nodes, pid_t pid)
{
	char path[64], words[64];
	size_t length = 0;

	put_word(CGROUPS "cgroup.subtree_control", "+cpuset");
	snprintf(path, sizeof(path), CGROUPS "asker%u", index);
	if (mkdir(path, 0755))
		die(path);
	for (int node = (int)index - 1; node < nr_nodes; node += 2)
		length += (size_t)snprintf(words + length, sizeof(words) - length, "%s%d", length ? "," : "", node);
	snprintf(path, sizeof(path), CGROUPS "asker%u/cpuset.mems", index);
	put_word(path, words);
	snprintf(path, sizeof(path), CGROUPS "asker%u/cgroup.procs", index);
	snprintf(words, sizeof(words), "%d", pid);
	put_word(path, words);
}

static void obey(const struct asker *asker, const struct order *order)
{
	uint64_t one = 1;

	*asker->order = *order;
	if (write(asker->orders, &one, sizeof(one)) != sizeof(one) || read(asker->answers, &one, sizeof(one)) != sizeof(one))
		die("an asker");
}

static void start_asker(unsigned int index, int nr_nodes, int ask)
{
	struct asker *asker = &askers[index];

	asker->order = mmap(NULL, sizeof(*asker->order), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	asker->orders = eventfd(0, 0);
	asker->answers = eventfd(0, 0);
	if (asker->order == MAP_FAILED || asker->orders < 0 || asker->answers < 0)
		die("eventfd");
	asker->pid = fork();
	if (asker->pid < 0)
		die("fork");
	if (!asker->pid)
		serve(asker, ask);
	if (index)
		join_cpuset(index, nr_nodes, asker->pid);
	obey(asker, &(struct order){ 0 });
}

void start_askers(int nr_nodes, const char *ask)
{
	int fd = open(ask, O_WRONLY);

	if (fd < 0)
		die(ask);
	for (unsigned int i = 0; i < ASKERS; i++)
		start_asker(i, nr_nodes, fd);
	close(fd);
}

pid_t asker_pid(unsigned int asker)
{
	return askers[asker].pid;
}

void ask_policy(unsigned int asker, unsigned int mode, unsigned long nodes)
{
	obey(&askers[asker], &(struct order){ .mode = mode, .nodes = nodes });
}

void ask_request(unsigned int asker, const char *request)
{
	struct order order = { 0 };

	snprintf(order.request, sizeof(order.request), "%s", request);
	obey(&askers[asker], &order);
}

void stop_askers(void)
{
	for (unsigned int i = 0; i < ASKERS; i++) {
		kill(askers[i].pid, SIGKILL);
		waitpid(askers[i].pid, NULL, 0);
	}
}
