// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes names of hosts, tasks, cgroups and files out of what was recorded. In the module's
 * files they are the cells whose field says PFNSCOPE_PRIVATE.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "source/redact.h"
#include "source/words.h"
#include "uapi/pfnscope.h"
#include "view/views.h"

#define CGROUPS	"sys/fs/cgroup/"

void pfnscope_redact_key(const struct pfnscope_source *source, struct pfnscope_key *key)
{
	char *id = pfnscope_word_of_first_line(source, "etc/machine-id", 0);
	char half[17] = "";

	if (!id || strlen(id) != 32 || strspn(id, "0123456789abcdef") != 32) {
		if (getrandom(key, sizeof(*key), 0) != sizeof(*key))
			*key = (struct pfnscope_key){ 0 };
	} else {
		memcpy(half, id, 16);
		key->low = strtoull(half, NULL, 16);
		key->high = strtoull(id + 16, NULL, 16);
	}
	free(id);
}

static void redact_name(struct pfnscope_text *out, const struct pfnscope_key *key,
			const char *name, size_t length)
{
	char *hash = pfnscope_format("x%010" PRIx64,
				     pfnscope_siphash(key, name, length) & 0xffffffffff);

	pfnscope_text_put_string(out, hash);
	free(hash);
}

char *pfnscope_redact_name(const struct pfnscope_key *key, const char *name)
{
	struct pfnscope_text out = { 0 };

	redact_name(&out, key, name, strlen(name));
	return out.data;
}

/* A word of a cgroup's path: slices are everybody's, of the others the kind stays. */
static void redact_part(struct pfnscope_text *out, const struct pfnscope_key *key,
			const char *part, size_t length)
{
	static const char *const kinds[] = { ".service", ".scope", ".mount", ".swap", ".socket" };

	if (!length || pfnscope_ends_in(part, length, ".slice")) {
		pfnscope_text_put(out, part, length);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (!pfnscope_ends_in(part, length, kinds[i]))
			continue;
		redact_name(out, key, part, length - strlen(kinds[i]));
		pfnscope_text_put_string(out, kinds[i]);
		return;
	}
	redact_name(out, key, part, length);
}

static void put_parts(struct pfnscope_text *out, const struct pfnscope_key *key,
		      const char *path, size_t length)
{
	const char *end = path + length;

	for (;;) {
		const char *slash = memchr(path, '/', (size_t)(end - path));

		redact_part(out, key, path, (size_t)((slash ? slash : end) - path));
		if (!slash)
			return;
		pfnscope_text_put_char(out, '/');
		path = slash + 1;
	}
}

char *pfnscope_redact_cgroup(const struct pfnscope_key *key, const char *path)
{
	struct pfnscope_text out = { 0 };

	put_parts(&out, key, path, strlen(path));
	return out.data;
}

/* Devices are named alike everywhere. */
static void redact_file(struct pfnscope_text *out, const struct pfnscope_key *key,
			const char *path, size_t length)
{
	if (!strncmp(path, "/dev/", 5))
		pfnscope_text_put(out, path, length);
	else
		redact_name(out, key, path, length);
}

/* --- tables of the module --- */

/* How the cells of a column are written. */
enum how { AS_IS, NAME, CGROUP, FILE_NAME, OWNER };

#define COLUMNS_MAX	64

struct table {
	const struct pfnscope_view *view;
	enum how how[COLUMNS_MAX];
	unsigned int column;
	bool of_cgroup;	/* the kind in this row, which stands before the owner */
};

static enum how how_of(const struct pfnscope_view *view, const char *name)
{
	int field = view ? pfnscope_view_field(view, name) : -1;

	if (field < 0 || !(view->fields[field].flags & PFNSCOPE_PRIVATE))
		return AS_IS;
	return strstr(name, "cgroup") ? CGROUP : strstr(name, "path") ? FILE_NAME :
	       strstr(name, "owner") ? OWNER : NAME;
}

static void redact_cell(struct pfnscope_text *out, const struct pfnscope_key *key,
			struct table *table, const char *cell, size_t length)
{
	enum how how = table->column < COLUMNS_MAX ? table->how[table->column] : AS_IS;
	bool nothing = length == 1 && *cell == *PFNSCOPE_CELL_UNKNOWN;

	/* A word such as "dying_cgroup" in any column before it. */
	if (how == AS_IS && pfnscope_ends_in(cell, length, "cgroup"))
		table->of_cgroup = true;
	if (how == OWNER)
		how = table->of_cgroup ? CGROUP : AS_IS;
	if (how == AS_IS || nothing)
		pfnscope_text_put(out, cell, length);
	else if (how == CGROUP)
		put_parts(out, key, cell, length);
	else if (how == FILE_NAME)
		redact_file(out, key, cell, length);
	else
		redact_name(out, key, cell, length);
	table->column++;
}

static void redact_line(struct pfnscope_text *out, const struct pfnscope_key *key,
			struct table *table, const char *line, size_t length)
{
	const char *end = line + length;

	table->column = 0;
	table->of_cgroup = false;
	while (line < end) {
		const char *blank = memchr(line, ' ', (size_t)(end - line));
		size_t size = (size_t)((blank ? blank : end) - line);

		redact_cell(out, key, table, line, size);
		if (blank)
			pfnscope_text_put_char(out, ' ');
		line += size + (blank != NULL);
	}
}

static void read_columns(struct table *table, const char *line, size_t length)
{
	char *names = pfnscope_strndup(line, length), *rest = names, *name;

	for (size_t i = 0; i < COLUMNS_MAX && (name = strsep(&rest, " ")); i++)
		table->how[i] = how_of(table->view, name);
	free(names);
}

static char *redact_table(const struct pfnscope_key *key, const char *text)
{
	struct pfnscope_text out = { 0 };
	struct table table = { 0 };

	for (size_t nth = 0; *text; nth++) {
		size_t length = strcspn(text, "\n");
		size_t name = strlen(PFNSCOPE_MAGIC " ");

		if (!nth)
			table.view = pfnscope_view_of_head(text + name,
							   strcspn(text + name, " \n"));
		else if (nth == 1)
			read_columns(&table, text, length);
		if (nth < 2 || *text == '#')
			pfnscope_text_put(&out, text, length);
		else
			redact_line(&out, key, &table, text, length);
		if (text[length])
			pfnscope_text_put_char(&out, '\n');
		text += length + (text[length] != '\0');
	}
	return out.data ? out.data : pfnscope_strdup("");
}

void pfnscope_redact_row(const struct pfnscope_key *key, struct pfnscope_table *table,
			 size_t row)
{
	struct pfnscope_value *cells = pfnscope_table_row(table, row);
	struct table how = { .view = table->view };

	for (size_t i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_field *field = &table->view->fields[i];
		struct pfnscope_text out = { 0 };

		if (field->type != PFNSCOPE_STRING || !cells[i].known)
			continue;
		how.column = 0;
		how.how[0] = how_of(table->view, field->name);
		redact_cell(&out, key, &how, cells[i].string, strlen(cells[i].string));
		if (how.how[0] != AS_IS)
			cells[i].string = pfnscope_table_keep_string(table, out.data ? out.data : "");
		free(out.data);
	}
}

void pfnscope_redact_rows(const struct pfnscope_key *key, struct pfnscope_table *table)
{
	for (size_t row = 0; row < table->nr_rows; row++)
		pfnscope_redact_row(key, table, row);
}

/* --- other files --- */

/* Behind the headings, a path and what it is. */
static char *redact_swaps(const struct pfnscope_key *key, const char *text)
{
	struct pfnscope_text out = { 0 };

	for (size_t nth = 0; *text; nth++) {
		size_t length = strcspn(text, "\n"), path = strcspn(text, " \t\n");

		if (nth)
			redact_file(&out, key, text, path);
		else
			path = 0;
		pfnscope_text_put(&out, text + path, length - path + (text[length] != '\0'));
		text += length + (text[length] != '\0');
	}
	return out.data ? out.data : pfnscope_strdup("");
}

/* The first line, "Name:" and what a task calls itself. */
static char *redact_status(const struct pfnscope_key *key, const char *text)
{
	size_t begin = strcspn(text, "\t\n"), end = strcspn(text, "\n");
	struct pfnscope_text out = { 0 };

	begin += text[begin] == '\t';
	pfnscope_text_put(&out, text, begin);
	if (begin < end)
		redact_name(&out, key, text + begin, end - begin);
	pfnscope_text_put_string(&out, text + end);
	return out.data;
}

static bool is_status(const char *path)
{
	size_t digits = strspn(path + strcspn(path, "/"), "/0123456789");

	return !strncmp(path, "proc/", 5) && digits > 1 &&
	       !strcmp(path + strcspn(path, "/") + digits, "status");
}

static char *redact_text(const struct pfnscope_key *key,
			 const struct pfnscope_archived *file)
{
	if (!strncmp(file->text, PFNSCOPE_MAGIC " ", strlen(PFNSCOPE_MAGIC " ")))
		return redact_table(key, file->text);
	if (!strcmp(file->path, "proc/swaps"))
		return redact_swaps(key, file->text);
	if (!strcmp(file->path, "proc/sys/kernel/hostname"))
		return pfnscope_redact_name(key, file->text);
	if (is_status(file->path))
		return redact_status(key, file->text);
	return pfnscope_strndup(file->text, file->size);
}

/* The hierarchy of version 1 is a folder of everybody's, and so is the last word. */
static char *redact_path(const struct pfnscope_key *key, const char *path)
{
	static const char *const tops[] = { CGROUPS "memory/", CGROUPS "unified/", CGROUPS };
	struct pfnscope_text out = { 0 };
	const char *last = strrchr(path, '/');

	for (size_t i = 0; last && i < ARRAY_SIZE(tops); i++) {
		size_t length = strlen(tops[i]);

		if (strncmp(path, tops[i], length) || last < path + length)
			continue;
		pfnscope_text_put(&out, path, length);
		put_parts(&out, key, path + length, (size_t)(last - path) - length);
		pfnscope_text_put_string(&out, last);
		return out.data;
	}
	return pfnscope_strdup(path);
}

struct pfnscope_archive *pfnscope_redact(const struct pfnscope_archive *archive,
					 const struct pfnscope_key *key)
{
	struct pfnscope_archive *redacted = pfnscope_archive_new();

	for (size_t i = 0; i < pfnscope_archive_count(archive); i++) {
		const struct pfnscope_archived *old = pfnscope_archive_nth(archive, i);
		struct pfnscope_archived new = { .mtime = old->mtime };

		/* Their paths are names, and nobody needs them of a recording. */
		if (!strcmp(old->path, "proc/mounts") ||
		    !strcmp(old->path, "proc/self/mountinfo"))
			continue;
		new.path = redact_path(key, old->path);
		if (old->text) {
			new.text = redact_text(key, old);
			new.size = strlen(new.text);
		}
		pfnscope_archive_add(redacted, &new);
	}
	return redacted;
}
