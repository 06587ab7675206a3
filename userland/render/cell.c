// SPDX-License-Identifier: GPL-2.0-only
/* One cell as text: with units for people, or in the grammar of the files. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/parts.h"
#include "uapi/pfnscope.h"

bool pfnscope_cell_number(const struct pfnscope_format *format,
			  const struct pfnscope_field *field, uint64_t number,
			  uint64_t *shown)
{
	*shown = number;
	if (!format->bytes || field->unit != PFNSCOPE_UNIT_PAGES)
		return true;
	return !__builtin_mul_overflow(number, format->page_size_bytes, shown);
}

static void put_number(struct pfnscope_text *out,
		       const struct pfnscope_format *format,
		       const struct pfnscope_field *field, uint64_t number,
		       bool raw)
{
	uint64_t shown;

	if (!raw && !(format->bytes && pfnscope_field_is_size(field)))
		pfnscope_field_put(out, field, number, format->page_size_bytes);
	else if (pfnscope_cell_number(format, field, number, &shown))
		pfnscope_text_put_number(out, shown, 10);
	else
		pfnscope_text_put_string(out, PFNSCOPE_CELL_UNKNOWN);
}

static void put_signed(struct pfnscope_text *out,
		       const struct pfnscope_field *field, int64_t integer,
		       bool raw)
{
	uint64_t magnitude = (uint64_t)integer;

	if (!raw && field->unit == PFNSCOPE_UNIT_PERMILLE) {
		if (integer < 0)
			pfnscope_text_put_string(out, "ok");
		else
			pfnscope_field_put(out, field, magnitude, 0);
		return;
	}
	if (integer < 0) {
		pfnscope_text_put_char(out, '-');
		magnitude = 0 - magnitude;
	}
	pfnscope_text_put_number(out, magnitude, 10);
}

/* Raw words also escape the separators of the grammar, as the module does. */
static void put_word(struct pfnscope_text *out, const char *word, bool raw)
{
	pfnscope_text_put_printable(out, word, raw ? " \\" : "");
}

static void put_list(struct pfnscope_text *out,
		     const struct pfnscope_format *format,
		     const struct pfnscope_field *field,
		     const struct pfnscope_value *value, bool raw)
{
	uint32_t i;

	if (!value->count)
		pfnscope_text_put_string(out, PFNSCOPE_CELL_NONE);
	for (i = 0; i < value->count; i++) {
		if (i)
			pfnscope_text_put_char(out, ',');
		if (field->type == PFNSCOPE_WORDS)
			put_word(out, value->words[i], raw);
		else
			put_number(out, format, field, value->numbers[i], raw);
	}
}

void pfnscope_cell_put(struct pfnscope_text *out,
		       const struct pfnscope_format *format,
		       const struct pfnscope_field *field,
		       const struct pfnscope_value *value, bool raw)
{
	if (!value->known) {
		pfnscope_text_put_string(out, PFNSCOPE_CELL_UNKNOWN);
		return;
	}
	switch (field->type) {
	case PFNSCOPE_NUMBER:
		put_number(out, format, field, value->number, raw);
		break;
	case PFNSCOPE_SIGNED:
		put_signed(out, field, value->integer, raw);
		break;
	case PFNSCOPE_STRING:
		put_word(out, value->string, raw);
		break;
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_WORDS:
		put_list(out, format, field, value, raw);
		break;
	}
}

char *pfnscope_render_cell(const struct pfnscope_format *format,
			   const struct pfnscope_field *field,
			   const struct pfnscope_value *value)
{
	struct pfnscope_text text = { 0 };

	pfnscope_cell_put(&text, format, field, value, false);
	return text.data ? text.data : pfnscope_strdup("");
}

char *pfnscope_cell_name(const struct pfnscope_format *format,
			 const struct pfnscope_field *field)
{
	if (!format->bytes || field->unit != PFNSCOPE_UNIT_PAGES)
		return pfnscope_strdup(field->name);
	if (!strcmp(field->name, pfnscope_unit_name(field->unit)))
		return pfnscope_strdup(pfnscope_unit_name(PFNSCOPE_UNIT_BYTES));
	return pfnscope_format("%.*s_bytes", (int)pfnscope_field_stem(field),
			       field->name);
}

char *pfnscope_cell_heading(const struct pfnscope_field *field)
{
	size_t length = field->unit == PFNSCOPE_UNIT_PFN ?
			strlen(field->name) : pfnscope_field_stem(field);
	char *heading, *at;

	if (field->heading)
		return pfnscope_strdup(field->heading);
	heading = pfnscope_strndup(field->name, length);
	for (at = heading; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	return heading;
}
