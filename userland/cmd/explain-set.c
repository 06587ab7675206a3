// SPDX-License-Identifier: GPL-2.0-only
/* explain --set: the same request on a machine with other settings, and what that costs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/watermarks.h"
#include "base/alloc.h"
#include "base/array.h"
#include "base/units.h"
#include "cmd/explain-set.h"
#include "source/limits.h"
#include "source/numbers.h"
#include "source/parse.h"

const struct pfnscope_view pfnscope_view_set = PFNSCOPE_VIEW(SET, "set");
const struct pfnscope_view pfnscope_view_what_if = PFNSCOPE_VIEW(MARKS, "what_if");

/* --- the settings --- */

/* What --set may change, now or then. */
struct values {
	struct pfnscope_reserves reserves;
	struct pfnscope_settings *walk;
	struct pfnscope_commit commit;
	int64_t swappiness;
};

enum effect {
	ON_MARKS,	/* a member of struct pfnscope_reserves */
	ON_RESERVES,	/* so is this, but a list, a number a zone class */
	ON_WALK,	/* a member of struct pfnscope_settings */
	ON_COMMIT,	/* of struct pfnscope_commit */
	ON_RECLAIM,	/* of struct values itself */
};

static const struct key {
	const char *name;
	enum effect effect;
	size_t member;
	int64_t least, most;
} keys[] = {
	{ "vm.min_free_kbytes", ON_MARKS, offsetof(struct pfnscope_reserves, min_free_kb), 0, INT32_MAX },
	/* 1000 before 5.17; 5.10.y took over what made it more. */
	{ "vm.watermark_scale_factor", ON_MARKS, offsetof(struct pfnscope_reserves, scale_factor), 1, 3000 },
	{ "vm.lowmem_reserve_ratio", ON_RESERVES, offsetof(struct pfnscope_reserves, ratio), 0, INT32_MAX },
	{ "vm.zone_reclaim_mode", ON_WALK, offsetof(struct pfnscope_settings, zone_reclaim_mode), 0, INT32_MAX },
	{ "vm.min_unmapped_ratio", ON_WALK, offsetof(struct pfnscope_settings, min_unmapped_ratio), 0, 100 },
	{ "vm.min_slab_ratio", ON_WALK, offsetof(struct pfnscope_settings, min_slab_ratio), 0, 100 },
	{ "vm.extfrag_threshold", ON_WALK, offsetof(struct pfnscope_settings, extfrag_threshold), 0, 1000 },
	{ "vm.overcommit_memory", ON_COMMIT, offsetof(struct pfnscope_commit, mode), 0, 2 },
	{ "vm.overcommit_ratio", ON_COMMIT, offsetof(struct pfnscope_commit, ratio), 0, INT32_MAX },
	{ "vm.overcommit_kbytes", ON_COMMIT, offsetof(struct pfnscope_commit, kbytes), 0, INT32_MAX },
	{ "vm.swappiness", ON_RECLAIM, offsetof(struct values, swappiness), 0, 200 },
};

const char *pfnscope_what_if_key(size_t index)
{
	return index < ARRAY_SIZE(keys) ? keys[index].name : NULL;
}

static int bad_key(struct pfnscope_run *run, const char *word)
{
	struct pfnscope_text list = { 0 };

	for (size_t i = 0; pfnscope_what_if_key(i); i++) {
		pfnscope_text_put_string(&list, i ? ", " : "");
		pfnscope_text_put_string(&list, pfnscope_what_if_key(i));
	}
	pfnscope_fail(&run->error, PFNSCOPE_USAGE,
		      "--set: \"%s\" is no KEY=VALUE of these: %s, or of /CGROUP/memory.max and /CGROUP/memory.high",
		      word, list.data);
	free(list.data);
	return -1;
}

static const struct key *key_named(const char *word)
{
	size_t length = strcspn(word, "=");

	for (size_t i = 0; word[length] && i < ARRAY_SIZE(keys); i++)
		if (strlen(keys[i].name) == length && !strncmp(word, keys[i].name, length))
			return &keys[i];
	return NULL;
}

static int64_t *member_of(struct values *v, const struct key *key)
{
	char *from = key->effect == ON_WALK ? (char *)v->walk :
		     key->effect == ON_COMMIT ? (char *)&v->commit :
		     key->effect == ON_RECLAIM ? (char *)v : (char *)&v->reserves;

	return (int64_t *)(from + key->member);
}

/* A number, or as many as there are zone classes, at most, for the first of them. */
static bool take_numbers(const struct pfnscope_question *q, const struct key *key,
			 const char *text, int64_t *to, size_t *count)
{
	size_t room = key->effect == ON_RESERVES ? q->machine.classes.count : 1;

	for (*count = 0; *count < room; text += strspn(text, " \t")) {
		size_t length = strcspn(text, " \t");
		uint64_t number;

		if (pfnscope_digits(text, length, &number) ||
		    number > (uint64_t)key->most || number < (uint64_t)key->least)
			return false;
		to[(*count)++] = (int64_t)number;
		text += length;
		if (!*text)
			return true;
	}
	return false;
}

static int bad_value(struct pfnscope_run *run, const struct pfnscope_question *q,
		     const struct key *key, const char *text)
{
	if (key->effect == ON_RESERVES)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--set: %s is numbers with blanks between them, for at most %u zones: \"%s\"",
			key->name, q->machine.classes.count, text);
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
		"--set: %s is a number from %" PRId64 " to %" PRId64 ": \"%s\"",
		key->name, key->least, key->most, text);
}

static void set_numbers(struct pfnscope_table *table, struct pfnscope_value *row,
			unsigned int column, const int64_t *numbers, size_t count)
{
	uint64_t cells[PFNSCOPE_CLASSES];

	for (size_t i = 0; i < count; i++) {
		if (numbers[i] < 0)
			return;
		cells[i] = (uint64_t)numbers[i];
	}
	pfnscope_table_set_numbers(table, row, column, cells, count);
}

static bool is_set(const struct SET_table *settings, const char *key)
{
	for (size_t row = 0; row < settings->all.nr_rows; row++)
		if (!strcmp(pfnscope_table_string(CELL(settings, row, SET_key)), key))
			return true;
	return false;
}

static void keep_limit(struct pfnscope_what_if *w, char *key, char *cgroup, int64_t value)
{
	w->limits = pfnscope_realloc(w->limits, w->nr_limits + 1, sizeof(*w->limits));
	w->limits[w->nr_limits++] = (struct pfnscope_what_if_limit){ key, cgroup, value };
}

/* "/apps/db/memory.max": the length of its cgroup, 0 where it is none. */
static size_t cgroup_length(const char *key)
{
	static const char *const files[] = { "/memory.max", "/memory.high" };
	size_t length = strlen(key);

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (length > strlen(files[i]) && *key == '/' &&
		    !strcmp(key + length - strlen(files[i]), files[i]))
			return length - strlen(files[i]);
	return 0;
}

/* In bytes, or with K, M or G behind them, as the kernel takes it. */
static bool take_size(const char *text, int64_t *bytes)
{
	size_t length = strspn(text, "0123456789");
	const char *units = "KMG", *unit = text[length] ? strchr(units, text[length]) : NULL;
	unsigned int shift = unit ? 10 * (unsigned int)(unit - units + 1) : 0;
	uint64_t number;

	if (pfnscope_digits(text, length, &number) || number > (uint64_t)INT64_MAX >> shift ||
	    text[length + (unit != NULL)])
		return false;
	*bytes = (int64_t)(number << shift);
	return true;
}

/* "max" is none. */
static int64_t limit_now(struct pfnscope_run *run, const char *key)
{
	char *path = pfnscope_format("sys/fs/cgroup%s", key);
	int64_t bytes = pfnscope_number_in(run->source, path);

	free(path);
	return bytes == PFNSCOPE_UNLIMITED ? PFNSCOPE_MISSING : bytes;
}

static int take_limit(struct pfnscope_run *run, struct pfnscope_what_if *w, const char *word)
{
	char *key = pfnscope_strndup(word, strcspn(word, "="));
	struct SET_table *settings = SET_FROM(w->settings);
	size_t length = cgroup_length(key);
	struct pfnscope_value *row;
	int64_t bytes = 0, now;
	int status = 0;

	if (!length || !word[strlen(key)])
		status = bad_key(run, word);
	else if (is_set(settings, key))
		status = pfnscope_fail(&run->error, PFNSCOPE_USAGE, "--set: %s is given twice", key);
	else if (!take_size(word + strlen(key) + 1, &bytes))
		status = pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				       "--set: %s is a number of bytes, or one with K, M or G: \"%s\"",
				       key, word + strlen(key) + 1);
	if (status) {
		free(key);
		return status;
	}
	row = pfnscope_table_add(w->settings);
	pfnscope_table_set_string(CELL(settings, row, SET_key), key);
	now = limit_now(run, key);
	set_numbers(CELL(settings, row, SET_now), &now, 1);
	set_numbers(CELL(settings, row, SET_then), &bytes, 1);
	keep_limit(w, key, pfnscope_strndup(key, length), bytes);
	return 0;
}

static int take_setting(struct pfnscope_run *run, const struct pfnscope_question *q,
			const char *word, struct values *now, struct values *then)
{
	const struct key *key = *word == '/' ? NULL : key_named(word);
	struct pfnscope_what_if *w = q->what_if;
	struct SET_table *settings = SET_FROM(w->settings);
	int64_t *to;
	struct pfnscope_value *row;
	size_t count;

	if (*word == '/')
		return take_limit(run, w, word);
	if (!key)
		return bad_key(run, word);
	if (is_set(settings, key->name))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--set: %s is given twice", key->name);
	to = member_of(then, key);
	if (!take_numbers(q, key, strchr(word, '=') + 1, to, &count))
		return bad_value(run, q, key, strchr(word, '=') + 1);
	if (key->effect == ON_RESERVES)
		count = q->machine.classes.count;
	row = pfnscope_table_add(w->settings);
	pfnscope_table_set_string(CELL(settings, row, SET_key), key->name);
	set_numbers(CELL(settings, row, SET_now), member_of(now, key), count);
	set_numbers(CELL(settings, row, SET_then), to, count);
	w->marks |= key->effect == ON_MARKS;
	w->reserves |= key->effect == ON_RESERVES;
	w->commits |= key->effect == ON_COMMIT;
	if (key->effect == ON_RECLAIM)
		keep_limit(w, pfnscope_strdup(key->name), NULL, *to);
	/* Writing the one clears the other. */
	if (to == &then->commit.ratio)
		then->commit.kbytes = 0;
	else if (to == &then->commit.kbytes)
		then->commit.ratio = 0;
	return 0;
}

/* --- the zones --- */

static int64_t reserve_for(const struct pfnscope_question *q,
			   const struct pfnscope_explain_zone *zone)
{
	int class = pfnscope_class_index(&q->machine.classes,
					 pfnscope_request_class(&q->machine.classes,
								q->request.gfp));

	return class >= 0 && (unsigned int)class < zone->reserves ? zone->reserve[class] :
								    PFNSCOPE_MISSING;
}

/* The columns of today; those of then are one behind. */
static void set_zone_marks(const struct pfnscope_question *q, size_t zone, unsigned int behind,
			   struct MARKS_table *table, struct pfnscope_value *row)
{
	const struct pfnscope_explain_zone *z = &q->machine.zones[zone];

	pfnscope_table_set_known(CELL(table, row, MARKS_min_pages) + behind, z->min);
	pfnscope_table_set_known(CELL(table, row, MARKS_low_pages) + behind, z->low);
	pfnscope_table_set_known(CELL(table, row, MARKS_high_pages) + behind, z->high);
	pfnscope_table_set_known(CELL(table, row, MARKS_promo_pages) + behind, z->promo);
	pfnscope_table_set_known(CELL(table, row, MARKS_reserve_pages) + behind, reserve_for(q, z));
	set_numbers(CELL(table, row, MARKS_lowmem_reserve_pages) + behind, z->reserve, z->reserves);
}

static void fill_zones(const struct pfnscope_question *q, struct pfnscope_what_if *w)
{
	for (size_t i = 0; i < q->machine.nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &q->machine.zones[i];
		struct MARKS_table *zones = MARKS_FROM(w->zones);
		struct pfnscope_value *row = pfnscope_table_add(w->zones);

		pfnscope_table_set_known(CELL(zones, row, MARKS_node), zone->node);
		pfnscope_table_set_string(CELL(zones, row, MARKS_zone), zone->name);
		pfnscope_table_set_known(CELL(zones, row, MARKS_managed_pages), zone->managed);
		pfnscope_table_set_known(CELL(zones, row, MARKS_free_pages), zone->free);
		set_zone_marks(q, i, 0, zones, row);
		set_zone_marks(&w->then, i, 1, zones, row);
	}
}

static int change_machine(struct pfnscope_run *run, const struct pfnscope_question *q,
			  const struct pfnscope_reserves *settings)
{
	struct pfnscope_what_if *w = q->what_if;
	struct pfnscope_machine *then = &w->then.machine;

	if ((w->marks && !pfnscope_watermarks_make(then, settings)) ||
	    (w->reserves && !pfnscope_lowmem_reserve_make(then, settings)))
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"--set: the sizes of the zones, or a setting that is to stay, are not known here (vm.min_free_kbytes, vm.watermark_scale_factor and vm.lowmem_reserve_ratio can all be given)");
	w->kept = pfnscope_totalreserve(&q->machine);
	w->kept_then = pfnscope_totalreserve(then);
	if (w->marks || w->reserves)
		fill_zones(q, w);
	return 0;
}

int pfnscope_explain_set(struct pfnscope_run *run, struct pfnscope_question *q)
{
	struct values now = { .walk = &q->machine.limits.settings }, then;
	struct pfnscope_what_if *w;

	if (!run->repeated.count)
		return 0;
	w = pfnscope_calloc(1, sizeof(*w));
	w->then = *q;
	w->then.lacking = (struct pfnscope_lines){ 0 };
	pfnscope_machine_copy(&q->machine, &w->then.machine);
	w->settings = pfnscope_table_new(&pfnscope_view_set);
	w->zones = pfnscope_table_new(&pfnscope_view_what_if);
	q->what_if = w;
	pfnscope_reserves_read(run->source, &now.reserves);
	pfnscope_commit_read(run->source, &now.commit);
	now.swappiness = pfnscope_number_in(run->source, "proc/sys/vm/swappiness");
	then = now;
	then.walk = &w->then.machine.limits.settings;
	for (size_t i = 0; i < run->repeated.count; i++)
		if (take_setting(run, q, run->repeated.line[i], &now, &then))
			return -1;
	w->commit = now.commit;
	w->commit_then = then.commit;
	return change_machine(run, q, &then.reserves) || pfnscope_what_if_reclaim(run, w) ? -1 : 0;
}

void pfnscope_what_if_free(struct pfnscope_what_if *what_if)
{
	if (!what_if)
		return;
	pfnscope_table_free(what_if->settings);
	pfnscope_table_free(what_if->zones);
	pfnscope_table_free(what_if->reclaimed);
	for (size_t i = 0; i < what_if->nr_limits; i++) {
		free(what_if->limits[i].key);
		free(what_if->limits[i].cgroup);
	}
	free(what_if->limits);
	pfnscope_plan_clear(&what_if->then.plan);
	pfnscope_machine_clear(&what_if->then.machine);
	free(what_if);
}
