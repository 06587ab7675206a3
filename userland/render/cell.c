// SPDX-License-Identifier: GPL-2.0-only
/* One cell as text: with units for people, or in the grammar of the files. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/alloc.h"
#include "render/parts.h"

/* "1.5G" of bytes, "2.3ms" of time: at most one digit behind the point. */
struct scale {
	const char *const *names;
	size_t count;
	unsigned int step;
};

static const char *const byte_names[] = { "B", "K", "M", "G", "T", "P", "E", "Z", "Y" };
static const char *const time_names[] = { "ns", "us", "ms", "s" };
static const struct scale bytes = { byte_names, 9, 1024 };
static const struct scale time_from_ns = { time_names, 4, 1000 };
static const struct scale time_from_ms = { time_names + 2, 2, 1000 };

/*
 * In tenths and cut, not rounded: 1023.99K must not become 1024K, and what is
 * free must not look more than it is. 128 bits hold any pages times any size.
 */
static char *scaled(unsigned __int128 number, const struct scale *scale)
{
	unsigned __int128 tenths = number * 10;
	size_t unit = 0;

	if (!number)
		return pfnscope_strdup("0");
	while (tenths / 10 >= scale->step && unit + 1 < scale->count) {
		tenths /= scale->step;
		unit++;
	}
	if (tenths % 10 && unit)
		return pfnscope_format("%" PRIu64 ".%u%s",
				       (uint64_t)(tenths / 10),
				       (unsigned int)(tenths % 10),
				       scale->names[unit]);
	return pfnscope_format("%" PRIu64 "%s", (uint64_t)(tenths / 10),
			       scale->names[unit]);
}

static char *human(const struct pfnscope_format *format,
		   const struct pfnscope_field *field, uint64_t number)
{
	switch (field->unit) {
	case PFNSCOPE_UNIT_PAGES:
		return scaled((unsigned __int128)number *
			      format->page_size_bytes, &bytes);
	case PFNSCOPE_UNIT_BYTES:
		return scaled(number, &bytes);
	case PFNSCOPE_UNIT_NS:
		return scaled(number, &time_from_ns);
	case PFNSCOPE_UNIT_MS:
		return scaled(number, &time_from_ms);
	case PFNSCOPE_UNIT_MASK:
		return pfnscope_format("0x%" PRIx64, number);
	case PFNSCOPE_UNIT_PFN:
	case PFNSCOPE_UNIT_NONE:
		break;
	}
	return pfnscope_format("%" PRIu64, number);
}

bool pfnscope_cell_number(const struct pfnscope_format *format,
			  const struct pfnscope_field *field, uint64_t number,
			  uint64_t *shown)
{
	*shown = number;
	if (!format->bytes || field->unit != PFNSCOPE_UNIT_PAGES)
		return true;
	return !__builtin_mul_overflow(number, format->page_size_bytes, shown);
}

static char *plain(const struct pfnscope_format *format,
		   const struct pfnscope_field *field, uint64_t number)
{
	uint64_t shown;

	if (!pfnscope_cell_number(format, field, number, &shown))
		return pfnscope_strdup("-");
	return pfnscope_format("%" PRIu64, shown);
}

static char *number_text(const struct pfnscope_format *format,
			 const struct pfnscope_field *field, uint64_t number,
			 bool raw)
{
	if (raw || (format->bytes && pfnscope_field_is_size(field)))
		return plain(format, field, number);
	return human(format, field, number);
}

/* What the module escapes: the grammar's own separators. */
static char *escaped(const char *text)
{
	char *copy = pfnscope_calloc(strlen(text) + 1, 4);
	char *at = copy;

	for (; *text; text++)
		if (strchr(" \t\n\\", *text))
			at += sprintf(at, "\\%03o", (unsigned char)*text);
		else
			*at++ = *text;
	return copy;
}

static char *word_text(const char *word, bool raw)
{
	return raw ? escaped(word) : pfnscope_strdup(word);
}

static char *element_text(const struct pfnscope_format *format,
			  const struct pfnscope_field *field,
			  const struct pfnscope_value *value, uint32_t index,
			  bool raw)
{
	if (field->type == PFNSCOPE_WORDS)
		return word_text(value->words[index], raw);
	return number_text(format, field, value->numbers[index], raw);
}

static char *list_text(const struct pfnscope_format *format,
		       const struct pfnscope_field *field,
		       const struct pfnscope_value *value, bool raw)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream;
	uint32_t i;

	if (!value->count)
		return pfnscope_strdup("none");
	stream = open_memstream(&text, &size);
	if (!stream)
		return pfnscope_strdup("-");
	for (i = 0; i < value->count; i++) {
		char *element = element_text(format, field, value, i, raw);

		fprintf(stream, "%s%s", i ? "," : "", element);
		free(element);
	}
	fclose(stream);
	return text;
}

static char *cell_text(const struct pfnscope_format *format,
		       const struct pfnscope_field *field,
		       const struct pfnscope_value *value, bool raw)
{
	if (!value->known)
		return pfnscope_strdup("-");
	switch (field->type) {
	case PFNSCOPE_NUMBER:
		return number_text(format, field, value->number, raw);
	case PFNSCOPE_SIGNED:
		return pfnscope_format("%" PRId64, value->integer);
	case PFNSCOPE_STRING:
		return word_text(value->string, raw);
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_WORDS:
		break;
	}
	return list_text(format, field, value, raw);
}

char *pfnscope_cell_raw(const struct pfnscope_format *format,
			const struct pfnscope_field *field,
			const struct pfnscope_value *value)
{
	return cell_text(format, field, value, true);
}

char *pfnscope_render_cell(const struct pfnscope_format *format,
			   const struct pfnscope_field *field,
			   const struct pfnscope_value *value)
{
	return cell_text(format, field, value, false);
}

char *pfnscope_cell_name(const struct pfnscope_format *format,
			 const struct pfnscope_field *field)
{
	if (!format->bytes || field->unit != PFNSCOPE_UNIT_PAGES)
		return pfnscope_strdup(field->name);
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
