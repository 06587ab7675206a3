// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: any bytes as a kernel log, read, explained and turned into
 * JSON and sentences, with plausible and with extreme figures. Nothing may
 * crash, hang or grow without bound.
 *
 * A short run is part of the tests; a long one:
 *	make -C selftests/userland fuzz SECONDS=1800
 */
// seeds: $CORPUS ../fixtures/oom
#include <json-c/json.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/oom.h"
#include "oomlog/reader.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room,
			       unsigned int seed);

/* The text answer goes nowhere. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return freopen("/dev/null", "w", stdout) ? 0 : 1;
}

static int take(void *context, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	const struct pfnscope_format format = { PFNSCOPE_FORMAT_JSON };
	struct pfnscope_error error = { 0 };

	(void)context;
	json_object_put(pfnscope_oom_json(&format, report, answer));
	pfnscope_oom_text(&format, 1, report, answer, &error);
	pfnscope_oom_answer_free(answer);
	pfnscope_oom_report_free(report);
	return 0;
}

/* Numbers that a machine may have, and those at the ends of types. */
static const char *const numbers[] = {
	"0", "1", "4", "10", "64", "511", "2048", "4095", "15360", "524155",
	"2147483647", "2147483648", "4294967295", "9007199254740988",
	"999999999999999999", "9223372036854775807", "18446744073709551615",
};

static size_t digits(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *from = at;

	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return (size_t)(at - from);
}

/* The number at or behind a place becomes another one. Return: the new size. */
static size_t change_number(uint8_t *data, size_t size, size_t room,
			    unsigned int seed)
{
	const char *number = numbers[seed / 7 % (sizeof(numbers) /
						sizeof(*numbers))];
	size_t at = seed % size, length = strlen(number), old;

	while (at < size && !digits(data + at, data + size))
		at++;
	old = digits(data + at, data + size);
	if (!old || size - old + length > room)
		return 0;
	memmove(data + at + length, data + at + old, size - at - old);
	memcpy(data + at, number, length);
	return size - old + length;
}

/* Half of the time the text stays a report, with other figures. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room,
			       unsigned int seed)
{
	size_t changed = seed & 1 && size ?
			 change_number(data, size, room, seed >> 1) : 0;

	return changed ? changed : LLVMFuzzerMutate(data, size, room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct pfnscope_oomlog_sink sink = { take, NULL };
	struct pfnscope_oomlog *log = pfnscope_oomlog_new(&sink);

	pfnscope_oomlog_feed(log, (const char *)data, size);
	pfnscope_oomlog_end(log);
	return 0;
}
