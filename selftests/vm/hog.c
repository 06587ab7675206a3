// SPDX-License-Identifier: GPL-2.0-only
/*
 * What record-oom needs in its guests beside a shell:
 *
 *   hog eat [NODE]		touches memory until it is killed, bound to NODE
 *   hog lock MEGABYTES ...	holds so much locked memory until it is killed
 *   hog hold MEGABYTES [NODE]	the same, not locked, bound to NODE
 *   hog log records|ctime FILE	the kernel's log from now on, as /dev/kmsg gives it or as dmesg -T
 *				prints it, until FILE.stop is there; FILE is there once it listens
 */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PIECE (1UL << 20)
#define BIND 2

static void *piece(void)
{
	void *memory = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exit(1);
	memset(memory, 1, PIECE);
	return memory;
}

static void bind(const char *node)
{
	unsigned long mask = node ? 1UL << atoi(node) : 0;

	if (node && syscall(SYS_set_mempolicy, BIND, &mask, 64))
		exit(1);
}

static _Noreturn void eat(const char *node)
{
	bind(node);
	for (;;)
		piece();
}

static int hold(unsigned long megabytes, const char *node)
{
	bind(node);
	while (megabytes--)
		piece();
	puts("held");
	fflush(stdout);
	pause();
	return 0;
}

static int lock(unsigned long megabytes)
{
	while (megabytes--)
		if (mlock(piece(), PIECE))
			return 1;
	puts("locked");
	fflush(stdout);
	pause();
	return 0;
}

/* "6,1234,5678901,-;text": priority, number, microseconds since boot, flags. */
static void print_ctime(FILE *out, char *record)
{
	struct timespec real, boot;
	char stamp[32], *text = strchr(record, ';');
	long long us = 0;
	time_t when;

	if (!text)
		return;
	sscanf(record, "%*d,%*d,%lld", &us);
	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_MONOTONIC, &boot);
	when = real.tv_sec - boot.tv_sec + us / 1000000;
	strftime(stamp, sizeof(stamp), "%a %b %e %H:%M:%S %Y", gmtime(&when));
	text[1 + strcspn(text + 1, "\n")] = '\0';
	fprintf(out, "[%s] %s\n", stamp, text + 1);
}

static void copy_log(int log, FILE *out, bool records)
{
	char record[9000];
	ssize_t n;

	while ((n = read(log, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		if (records)
			fputs(record, out);
		else
			print_ctime(out, record);
	}
	fflush(out);
}

static int follow(bool records, const char *path)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	FILE *out;
	char stop[256];

	if (log < 0 || lseek(log, 0, SEEK_END) < 0)
		return 1;
	out = fopen(path, "w");
	if (!out)
		return 1;
	snprintf(stop, sizeof(stop), "%s.stop", path);
	while (access(stop, F_OK)) {
		copy_log(log, out, records);
		usleep(50000);
	}
	copy_log(log, out, records);
	return fclose(out);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "eat"))
		eat(argv[2]);
	if (argc > 2 && !strcmp(argv[1], "hold"))
		return hold(strtoul(argv[2], NULL, 10), argv[3]);
	if (argc > 2 && !strcmp(argv[1], "lock"))
		return lock(strtoul(argv[2], NULL, 10));
	if (argc == 4 && !strcmp(argv[1], "log"))
		return follow(!strcmp(argv[2], "records"), argv[3]);
	return 64;
}
