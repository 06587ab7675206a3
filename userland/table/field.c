// SPDX-License-Identifier: GPL-2.0-only
/* What can be asked of a field without knowing its view. */
#include <string.h>
#include <strings.h>

#include "base/units.h"
#include "table/field.h"

static const struct {
	const char *name;
	const char *suffix;
} units[] = {
	[PFNSCOPE_UNIT_NONE] = { "", "" },
	[PFNSCOPE_UNIT_PAGES] = { "pages", "_pages" },
	[PFNSCOPE_UNIT_BYTES] = { "bytes", "_bytes" },
	[PFNSCOPE_UNIT_NS] = { "ns", "_ns" },
	[PFNSCOPE_UNIT_MS] = { "ms", "_ms" },
	[PFNSCOPE_UNIT_PFN] = { "pfn", "_pfn" },
	[PFNSCOPE_UNIT_MASK] = { "mask", "_mask" },
	[PFNSCOPE_UNIT_PERMILLE] = { "permille", "_permille" },
};

const char *pfnscope_unit_name(enum pfnscope_field_unit unit)
{
	return units[unit].name;
}

/* "12.5%" */
static void put_percent(struct pfnscope_text *out, uint64_t permille)
{
	pfnscope_text_put_number(out, permille / 10, 10);
	if (permille % 10) {
		pfnscope_text_put_char(out, '.');
		pfnscope_text_put_number(out, permille % 10, 10);
	}
	pfnscope_text_put_char(out, '%');
}

void pfnscope_field_put(struct pfnscope_text *out, const struct pfnscope_field *field,
			uint64_t number, uint64_t page_size)
{
	switch (field->unit) {
	case PFNSCOPE_UNIT_PAGES:
		pfnscope_units_bytes(out, (unsigned __int128)number * page_size);
		break;
	case PFNSCOPE_UNIT_BYTES:
		pfnscope_units_bytes(out, number);
		break;
	case PFNSCOPE_UNIT_NS:
		pfnscope_units_ns(out, number);
		break;
	case PFNSCOPE_UNIT_MS:
		pfnscope_units_ms(out, number);
		break;
	case PFNSCOPE_UNIT_MASK:
		pfnscope_text_put_string(out, "0x");
		pfnscope_text_put_number(out, number, 16);
		break;
	case PFNSCOPE_UNIT_PERMILLE:
		put_percent(out, number);
		break;
	case PFNSCOPE_UNIT_PFN:
	case PFNSCOPE_UNIT_NONE:
		pfnscope_text_put_number(out, number, 10);
		break;
	}
}

/**
 * pfnscope_field_stem() - length of a field's name without its unit
 * @field: the field
 *
 * "free_pages" is headed FREE in a table, where the cells carry the unit. A
 * name that does not end in its unit is all stem.
 */
size_t pfnscope_field_stem(const struct pfnscope_field *field)
{
	const char *suffix = units[field->unit].suffix;
	size_t length = strlen(field->name);
	size_t cut = strlen(suffix);

	if (length > cut && !strcmp(field->name + length - cut, suffix))
		return length - cut;
	return length;
}

bool pfnscope_field_is_size(const struct pfnscope_field *field)
{
	return field->unit == PFNSCOPE_UNIT_PAGES ||
	       field->unit == PFNSCOPE_UNIT_BYTES;
}

bool pfnscope_field_is_number(const struct pfnscope_field *field)
{
	return field->type == PFNSCOPE_NUMBER || field->type == PFNSCOPE_SIGNED;
}

/**
 * pfnscope_view_field() - find a column by the name a file gives it
 * @view: where to look
 * @name: exact name
 *
 * Return: index into @view->fields, or -1.
 */
int pfnscope_view_field(const struct pfnscope_view *view, const char *name)
{
	size_t i;

	for (i = 0; i < view->nr_fields; i++)
		if (!strcmp(view->fields[i].name, name))
			return (int)i;
	return -1;
}

/* At its own place, but where the view has only some of the fields. */
int pfnscope_view_column(const struct pfnscope_view *view, unsigned int column)
{
	size_t i;

	if (column < view->nr_fields && view->fields[column].column == column)
		return (int)column;
	for (i = 0; i < view->nr_fields; i++)
		if (view->fields[i].column == column)
			return (int)i;
	return -1;
}

/* "never" of "never_blocks"; -1 also where several columns are called so. */
static int find_without_last_word(const struct pfnscope_view *view, const char *word)
{
	size_t length = strlen(word), i;
	int found = -1;

	for (i = 0; i < view->nr_fields; i++) {
		const char *name = view->fields[i].name;
		const char *last = strrchr(name, '_');

		if (!last || (size_t)(last - name) != length ||
		    strncasecmp(name, word, length))
			continue;
		if (found >= 0)
			return -1;
		found = (int)i;
	}
	return found;
}

/**
 * pfnscope_view_find() - find a column by what a user calls it
 * @view: where to look
 * @word: the name, with or without its unit or what it counts, or the heading; in any
 *	case
 *
 * Return: index into @view->fields, or -1.
 */
int pfnscope_view_find(const struct pfnscope_view *view, const char *word)
{
	size_t length = strlen(word);
	size_t i;

	for (i = 0; i < view->nr_fields; i++)
		if (!strcasecmp(view->fields[i].name, word))
			return (int)i;
	for (i = 0; i < view->nr_fields; i++)
		if (pfnscope_field_stem(&view->fields[i]) == length &&
		    !strncasecmp(view->fields[i].name, word, length))
			return (int)i;
	for (i = 0; i < view->nr_fields; i++)
		if (view->fields[i].heading &&
		    !strcasecmp(view->fields[i].heading, word))
			return (int)i;
	return find_without_last_word(view, word);
}
