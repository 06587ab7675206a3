// SPDX-License-Identifier: GPL-2.0-only
/* SipHash-2-4 against vectors of its authors: the key 00 01 .. 0f, and texts 00 01 02 .. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/siphash.h"

static void vectors(void **state)
{
	static const struct {
		size_t size;
		uint64_t hash;
	} known[] = {
		{ 0, 0x726fdb47dd0e0e31 }, { 1, 0x74f839c593dc67fd },
		{ 7, 0xab0200f58b01d137 }, { 8, 0x93f5f5799a932462 },
		{ 15, 0xa129ca6149be45e5 }, { 16, 0x3f2acc7f57c29bdb },
	};
	const struct pfnscope_key key = { 0x0706050403020100, 0x0f0e0d0c0b0a0908 };
	char text[16];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)i;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_int_equal(pfnscope_siphash(&key, text, known[i].size), known[i].hash);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(vectors) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
