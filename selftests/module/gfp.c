// SPDX-License-Identifier: GPL-2.0-only
// guest:
/*
 * `gfp` against the flag names and values that the kernel's own tracepoint prints with: the format
 * of kmem:mm_page_alloc holds a C expression for each of them. A name that is not there is left.
 */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define FORMAT "/sys/kernel/debug/tracing/events/kmem/mm_page_alloc/format"

/* --- the value of a C expression of integers, | & << ~ + - ( ) and casts --- */

struct parser {
	const char *at;
	bool bad;
};

static unsigned long long parse_or(struct parser *p);

static void skip(struct parser *p)
{
	while (isspace((unsigned char)*p->at))
		p->at++;
}

static bool take(struct parser *p, const char *token)
{
	skip(p);
	if (strncmp(p->at, token, strlen(token)))
		return false;
	p->at += strlen(token);
	return true;
}

/* "(gfp_t)" and "(unsigned long)": words only, unlike a value in parentheses. */
static bool take_cast(struct parser *p)
{
	const char *at;

	skip(p);
	if (*p->at != '(')
		return false;
	at = p->at + 1;
	while (isspace((unsigned char)*at))
		at++;
	if (!isalpha((unsigned char)*at))
		return false;
	while (isalnum((unsigned char)*at) || *at == '_' || *at == ' ')
		at++;
	if (*at != ')')
		return false;
	p->at = at + 1;
	return true;
}

static unsigned long long parse_unary(struct parser *p)
{
	unsigned long long value;
	char *end;

	while (take_cast(p))
		;
	if (take(p, "~"))
		return ~parse_unary(p);
	if (take(p, "(")) {
		value = parse_or(p);
		p->bad = p->bad || !take(p, ")");
		return value;
	}
	skip(p);
	value = strtoull(p->at, &end, 0);
	p->bad = p->bad || end == p->at;
	while (*end && strchr("uUlL", *end))
		end++;
	p->at = end;
	return value;
}

static unsigned long long parse_sum(struct parser *p)
{
	unsigned long long value = parse_unary(p);

	for (;;) {
		if (take(p, "+"))
			value += parse_unary(p);
		else if (take(p, "-"))
			value -= parse_unary(p);
		else
			return value;
	}
}

static unsigned long long parse_shift(struct parser *p)
{
	unsigned long long value = parse_sum(p);

	while (take(p, "<<"))
		value <<= parse_sum(p);
	return value;
}

static unsigned long long parse_and(struct parser *p)
{
	unsigned long long value = parse_shift(p);

	while (take(p, "&"))
		value &= parse_shift(p);
	return value;
}

static unsigned long long parse_or(struct parser *p)
{
	unsigned long long value = parse_and(p);

	while (!p->bad && take(p, "|"))
		value |= parse_and(p);
	return value;
}

/* --- the flags of the format: {EXPRESSION, "NAME"} --- */

struct flag {
	char name[40];
	unsigned int value;
};

static size_t read_flags(const char *format, struct flag *flag, size_t max)
{
	const char *at = strstr(format, "__print_flags");
	size_t n = 0;

	while (at && n < max && (at = strchr(at, '{'))) {
		struct parser p = { .at = at + 1 };
		unsigned long long value = parse_or(&p);

		at++;
		if (p.bad || !take(&p, ",") || !take(&p, "\""))
			continue;
		if (sscanf(p.at, "%39[^\"]", flag[n].name) == 1)
			flag[n++].value = (unsigned int)value;
	}
	return n;
}

/* The kernel prints a 0 where a flag is compiled out; so does the module. */
static void compare(struct ledger *l, const struct table *t, const struct flag *flag)
{
	long row = table_find(t, "name", flag->name, NULL);
	char text[96];
	long long ours = -1;

	ledger_enter_fact(l, "every flag of the tracepoint has a row", flag->name, row >= 0, "missing");
	if (row < 0)
		return;
	table_number(t, (size_t)row, "value", &ours);
	snprintf(text, sizeof(text), "tracepoint %u, file %lld", flag->value, ours);
	ledger_enter_fact(l, "the value is the one of the tracepoint", flag->name, ours == (long long)flag->value, text);
}

static void check_kind(struct ledger *l, const struct table *t, size_t row)
{
	const char *name = table_cell(t, row, "name"), *kind = table_cell(t, row, "kind");
	long long value = -1;
	bool bit;

	table_number(t, row, "value", &value);
	bit = value >= 0 && !(value & (value - 1));
	ledger_enter_fact(l, "a bit is one bit, or none where it is compiled out", name,
			  strcmp(kind, "bit") || bit, table_cell(t, row, "value"));
	ledger_enter_fact(l, "kind is bit or compound", name, !strcmp(kind, "bit") || !strcmp(kind, "compound"), kind);
	ledger_enter_fact(l, "a name comes once", name,
			  table_find(t, "name", name, NULL) == (long)row, "again");
}

/* Each allowed bit is one of the named ones, so a number in a log can be taken apart. */
static void check_cover(struct ledger *l, const struct table *t)
{
	long long bits = 0, compounds = 0, value;

	for (size_t row = 0; row < t->rows; row++) {
		if (!table_number(t, row, "value", &value))
			continue;
		if (!strcmp(table_cell(t, row, "kind"), "bit"))
			bits |= value;
		else
			compounds |= value;
	}
	ledger_enter_fact(l, "compounds are made of bits that have a row", "", (compounds & ~bits) == 0, "a bit is missing");
}

int main(void)
{
	struct ledger l = { 0 };
	struct flag flags[128];
	char *format = text_need(FORMAT);
	size_t n = read_flags(format, flags, 128);
	struct table t;

	table_need(&t, "gfp");
	ledger_enter_fact(&l, "the tracepoint's format names flags", FORMAT, n >= 20, "fewer than 20");
	for (size_t i = 0; i < n; i++)
		compare(&l, &t, &flags[i]);
	for (size_t row = 0; row < t.rows; row++)
		check_kind(&l, &t, row);
	check_cover(&l, &t);
	return ledger_report(&l, "gfp");
}
