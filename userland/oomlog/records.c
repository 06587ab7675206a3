// SPDX-License-Identifier: GPL-2.0-only
/*
 * Logs as JSON: dmesg --json, journalctl -o json, docker, the exports of log
 * services. Whatever surrounds it, the message is the string that holds the
 * kernel's words; the others with its name are taken out and the rest is left.
 * So a text that was cut anywhere, and a record of any depth or length, is read.
 */
#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "oomlog/anchor.h"
#include "oomlog/records.h"

/* Between the quote before a message and the kernel's words in it. */
#define REACH		400

/* More than the words that are looked for, of a message that is a list of bytes. */
#define LIST_REACH	256

/* No message of the kernel is longer. */
#define LONGEST_LIST	(16UL * 1024)

static const char *const words[] = {
	" invoked oom-killer:", "page allocation failure", "Mem-Info:",
	"Call Trace:", "lowmem_reserve[]:", " pages RAM",
	"emory: Killed process ", "oom-kill:constraint=",
};

/* Between the members of a list, which may have a line each. */
static void blanks(struct pfnscope_scan *s)
{
	while (s->at < s->end && isspace((unsigned char)*s->at))
		s->at++;
}

static const char *back_over_blanks(const char *from, const char *at)
{
	while (at > from && pfnscope_scan_is_blank(at[-1]))
		at--;
	return at;
}

/* Of "key": "text: what stands before the text's quote, with the quotes. */
static bool key_before(const char *from, const char *quote,
		       struct pfnscope_scan *key)
{
	const char *at = back_over_blanks(from, quote);

	if (at == from || at[-1] != ':')
		return false;
	at = back_over_blanks(from, at - 1);
	if (at == from || at[-1] != '"')
		return false;
	key->end = at--;
	while (at > from && (isalnum((unsigned char)at[-1]) ||
			     strchr("_.@-", at[-1])))
		at--;
	if (at == from || at[-1] != '"')
		return false;
	key->at = at - 1;
	return key->end - key->at < PFNSCOPE_RECORD_KEY && key->end - at > 1;
}

/* The quote that opens the string in which @at stands, NULL outside of one. */
static const char *opening_quote(const char *from, const char *at)
{
	while (at > from) {
		at--;
		if (*at == '\n')
			return NULL;
		if (*at == '"' && (at == from || at[-1] != '\\'))
			return at;
	}
	return NULL;
}

static void count_key(struct pfnscope_records *records,
		      struct pfnscope_scan key, size_t bytes)
{
	size_t size = (size_t)(key.end - key.at);

	for (size_t i = 0; i < PFNSCOPE_RECORD_KEYS; i++) {
		if (!records->seen[i])
			memcpy(records->key[i], key.at, size);
		else if (strlen(records->key[i]) != size ||
			 memcmp(records->key[i], key.at, size))
			continue;
		records->seen[i]++;
		records->bytes[i] += bytes;
		return;
	}
}

/* Another record as a whole is no longer message. */
static size_t length(struct pfnscope_scan s)
{
	const char *from = s.at;

	if (pfnscope_scan_starts(&s, "{"))
		return 0;
	while (s.at < s.end && *s.at != '"' && *s.at != '\n')
		s.at += *s.at == '\\' ? 2 : 1;
	return (size_t)(s.at - from);
}

static void learn_at(struct pfnscope_records *records, struct pfnscope_scan text,
		     const char *at)
{
	const char *from = at - text.at > REACH ? at - REACH : text.at;
	const char *quote = opening_quote(from, at);
	struct pfnscope_scan key;

	if (quote && key_before(from, quote, &key))
		count_key(records, key,
			  length((struct pfnscope_scan){ quote + 1, text.end }));
}

static bool byte(struct pfnscope_scan *s, char *c)
{
	int64_t value;

	blanks(s);
	if (!pfnscope_scan_number(s, &value))
		return false;
	*c = (char)value;
	blanks(s);
	return true;
}

/* Return: bytes of the list behind a '[', at most @room. */
static size_t bytes(struct pfnscope_scan *s, char *out, size_t room)
{
	size_t size = 0;

	while (size < room && byte(s, &out[size])) {
		size++;
		if (!pfnscope_scan_char(s, ','))
			break;
	}
	return size;
}

/* journald writes a message with control characters, or a long one, as a list of bytes. */
static void learn_lists(struct pfnscope_records *records, struct pfnscope_scan text)
{
	struct pfnscope_scan s = text, key;
	char message[LIST_REACH];

	while (pfnscope_scan_after(&s, "[")) {
		const char *list = s.at - 1;
		size_t size = bytes(&s, message, sizeof(message));

		if (size < 8 || !key_before(text.at, list, &key))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if (pfnscope_scan_has(pfnscope_scan_from(message, size), words[i]))
				count_key(records, key, size);
	}
}

/* "key": or "key" : */
static bool has_members(struct pfnscope_scan s)
{
	return pfnscope_scan_has(s, "\":") || pfnscope_scan_has(s, "\" :");
}

/**
 * pfnscope_records_learn - look for messages of the kernel in JSON
 * @records: what is known so far
 * @text: a piece of the log
 */
void pfnscope_records_learn(struct pfnscope_records *records,
			    struct pfnscope_scan text)
{
	if (!has_members(text))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct pfnscope_scan s = text, found;

		while (pfnscope_scan_find(&s, words[i], &found)) {
			learn_at(records, text, found.at);
			s.at = found.at + 1;
		}
	}
	learn_lists(records, text);
}

/**
 * pfnscope_records_key - the member that is the message
 * @records: what is known
 *
 * Services keep a message in several members, some of them cut: the one that
 * held most counts.
 *
 * Return: its name with the quotes, NULL where no JSON was seen.
 */
const char *pfnscope_records_key(const struct pfnscope_records *records)
{
	size_t best = 0;

	for (size_t i = 1; i < PFNSCOPE_RECORD_KEYS; i++)
		if (records->seen[i] > records->seen[best] ||
		    (records->seen[i] == records->seen[best] &&
		     records->bytes[i] > records->bytes[best]))
			best = i;
	return records->seen[best] ? records->key[best] : NULL;
}

/**
 * pfnscope_records_are_in - is this line JSON?
 * @key: the member that is the message
 * @line: the line
 *
 * Return: true if so; others in the same text are lines as in any log.
 */
bool pfnscope_records_are_in(const char *key, struct pfnscope_scan line)
{
	struct pfnscope_scan s = line;

	if (pfnscope_scan_after(&s, key)) {
		pfnscope_scan_blanks(&s);
		return pfnscope_scan_starts(&s, ":");
	}
	pfnscope_scan_blanks(&line);
	if (pfnscope_scan_char(&line, '['))
		pfnscope_scan_blanks(&line);
	return pfnscope_scan_done(&line) || strchr("{}[]\",\r", *line.at);
}

/* @quoted is a string with its escapes, which json-c knows. */
static char *decoded(const char *quoted, size_t length, size_t *size)
{
	struct json_tokener *tokener = json_tokener_new();
	struct json_object *object = json_tokener_parse_ex(tokener, quoted,
							   (int)length);
	char *text = NULL;

	if (json_object_is_type(object, json_type_string)) {
		*size = (size_t)json_object_get_string_len(object);
		text = pfnscope_calloc(1, *size + 1);
		memcpy(text, json_object_get_string(object), *size);
	}
	json_object_put(object);
	json_tokener_free(tokener);
	return text;
}

/* A line that was cut has no closing quote. */
static char *string(struct pfnscope_scan *s, size_t *size)
{
	const char *from = s->at - 1;
	size_t length;
	char *quoted, *text;

	while (s->at < s->end && *s->at != '"' && *s->at != '\n')
		s->at += *s->at == '\\' && s->at + 1 < s->end ? 2 : 1;
	length = (size_t)(s->at - from);
	pfnscope_scan_char(s, '"');
	quoted = pfnscope_calloc(1, length + 2);
	memcpy(quoted, from, length);
	quoted[length++] = '"';
	text = decoded(quoted, length, size);
	free(quoted);
	return text;
}

static char *read_list(struct pfnscope_scan *s, size_t *size)
{
	char *text = pfnscope_calloc(1, LONGEST_LIST);

	*size = bytes(s, text, LONGEST_LIST);
	return text;
}

/**
 * pfnscope_records_value - take the message of one record
 * @key: the member that is the message
 * @s: at the quote before any string; moved behind the message, or one byte
 * @size: bytes of the message
 *
 * Return: the message, to be freed, or NULL where another string stands here.
 */
char *pfnscope_records_value(const char *key, struct pfnscope_scan *s,
			     size_t *size)
{
	struct pfnscope_scan t = *s;
	char *text = NULL;

	s->at++;
	if (!pfnscope_scan_skip(&t, key))
		return NULL;
	pfnscope_scan_blanks(&t);
	if (!pfnscope_scan_char(&t, ':'))
		return NULL;
	pfnscope_scan_blanks(&t);
	if (pfnscope_scan_char(&t, '"'))
		text = string(&t, size);
	else if (pfnscope_scan_char(&t, '['))
		text = read_list(&t, size);
	if (text)
		s->at = t.at;
	return text;
}
