// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module's BTF parser in user space: on the BTF of every kernel that can be
 * had, against libbpf's answers; and on damaged copies, where it may refuse or
 * answer, but must not read outside of the blob (run it under ASan) or hang.
 *
 * BTF= names the files, separated by blanks; without it the files that
 * selftests/vm/btf left in the cache are taken, and this machine's own.
 */
// with: ../../module/reach/btf_blob.c ../../module/reach/btf_answer.c ../../module/reach/layout_compare.c -lbpf
#include <errno.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <cmocka.h>

#include "../../module/reach/btf_blob.h"
#include "../../module/reach/layout.h"

#define MAX_FILES 16

struct bytes {
	unsigned char *data;
	size_t len;
};

/* What the module keeps in btf.c; layout_compare.c asks it. */
static struct pfnscope_btf_blob current;

int pfnscope_btf_struct_size(const char *name, u32 *size)
{
	return pfnscope_btf_blob_struct_size(&current, name, size);
}

int pfnscope_btf_member(const char *struct_name, const char *member,
			struct pfnscope_btf_member *m)
{
	return pfnscope_btf_blob_member(&current, struct_name, member, m);
}

static char *files[MAX_FILES];
static unsigned int nr_files;

/* --- helpers --- */

static struct bytes read_file(const char *path)
{
	struct bytes b = { malloc(1), 0 };
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		fail_msg("%s: %s", path, strerror(errno));
	do {
		b.data = realloc(b.data, b.len + 65536);
		assert_non_null(b.data);
		n = fread(b.data + b.len, 1, 65536, f);
		b.len += n;
	} while (n);
	assert_int_equal(ferror(f), 0);
	assert_int_equal(fclose(f), 0);
	/* Exactly as long as the blob, so that ASan sees the byte behind it. */
	b.data = realloc(b.data, b.len);
	assert_non_null(b.data);
	return b;
}

static int load(struct pfnscope_btf_blob *blob, const void *data, size_t len)
{
	int err = pfnscope_btf_blob_open(blob, data, len);

	if (err)
		return err;
	blob->offsets = malloc(blob->max_types * sizeof(u32));
	blob->names = calloc(blob->name_slots, sizeof(u32));
	assert_non_null(blob->offsets);
	assert_non_null(blob->names);
	return pfnscope_btf_blob_index(blob);
}

static void unload(struct pfnscope_btf_blob *blob)
{
	free(blob->offsets);
	free(blob->names);
	memset(blob, 0, sizeof(*blob));
}

static const char *name_of(const struct btf *btf, __u32 off)
{
	return btf__name_by_offset(btf, off);
}

/* Small, fast and the same everywhere, so that a failure can be repeated. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* --- answers against libbpf's --- */

static void check_size(const struct btf *btf, const struct btf_type *t)
{
	u32 size;
	int err = pfnscope_btf_blob_struct_size(&current,
						name_of(btf, t->name_off),
						&size);

	/* Several structs of one name and different sizes: no answer. */
	if (err == -ENOTUNIQ)
		return;
	assert_int_equal(err, 0);
	assert_int_equal(size, t->size);
}

/* How many members called NAME libbpf knows in T, and the last one's place. */
static unsigned int flat_search(const struct btf *btf, const struct btf_type *t,
				const char *name, u32 base,
				struct pfnscope_btf_member *m)
{
	const struct btf_member *r = btf_members(t);
	unsigned int found = 0;
	__u32 i;

	for (i = 0; i < btf_vlen(t); i++) {
		u32 at = base + btf_member_bit_offset(t, i);
		const struct btf_type *inner;

		if (!strcmp(name_of(btf, r[i].name_off), name)) {
			m->bit_offset = at;
			m->bitfield_bits = btf_member_bitfield_size(t, i);
			m->size = (u32)btf__resolve_size(btf, r[i].type);
			return found + 1;
		}
		inner = btf__type_by_id(btf, (__u32)btf__resolve_type(btf, r[i].type));
		if (*name_of(btf, r[i].name_off) || !btf_is_composite(inner))
			continue;
		if (flat_search(btf, inner, name, at, m))
			return found + 1;
	}
	return found;
}

static unsigned int check_member(const struct btf *btf,
				 const struct btf_type *t, const char *name)
{
	struct pfnscope_btf_member ours;
	struct pfnscope_btf_member theirs;
	int err = pfnscope_btf_blob_member(&current,
					   name_of(btf, t->name_off), name,
					   &ours);

	if (err == -ENOTUNIQ)
		return 0;
	assert_int_equal(flat_search(btf, t, name, 0, &theirs), 1);
	/* A type without a size: a function, or a flexible struct. */
	if ((s32)theirs.size < 0) {
		assert_int_equal(err, -EINVAL);
		return 0;
	}
	assert_int_equal(err, 0);
	assert_int_equal(ours.bit_offset, theirs.bit_offset);
	assert_int_equal(ours.size, theirs.size);
	assert_int_equal(ours.bitfield_bits, theirs.bitfield_bits);
	return 1;
}

static unsigned int check_members(const struct btf *btf,
				  const struct btf_type *owner,
				  const struct btf_type *t)
{
	const struct btf_member *r = btf_members(t);
	unsigned int checked = 0;
	__u32 i;

	for (i = 0; i < btf_vlen(t); i++) {
		const struct btf_type *inner;

		if (*name_of(btf, r[i].name_off)) {
			checked += check_member(btf, owner,
						name_of(btf, r[i].name_off));
			continue;
		}
		inner = btf__type_by_id(btf, (__u32)btf__resolve_type(btf, r[i].type));
		if (btf_is_composite(inner))
			checked += check_members(btf, owner, inner);
	}
	return checked;
}

static unsigned int check_enum(const struct btf *btf, const struct btf_type *t)
{
	const struct btf_enum64 *wide = btf_enum64(t);
	const struct btf_enum *e = btf_enum(t);
	unsigned int checked = 0;
	__u32 i;

	for (i = 0; i < btf_vlen(t); i++) {
		bool is_wide = btf_is_enum64(t);
		const char *name = name_of(btf, is_wide ? wide[i].name_off :
							  e[i].name_off);
		s64 value;
		int err = pfnscope_btf_blob_enum(&current,
						 name_of(btf, t->name_off),
						 name, &value);

		if (err == -ENOTUNIQ)
			continue;
		assert_int_equal(err, 0);
		assert_int_equal(value, is_wide ? (s64)btf_enum64_value(&wide[i]) :
						  e[i].val);
		checked++;
	}
	return checked;
}

static unsigned int check_tracepoint(const struct btf *btf,
				     const struct btf_type *t)
{
	const char *name = name_of(btf, t->name_off);
	const struct btf_type *proto;

	if (strncmp(name, "btf_trace_", 10))
		return 0;
	proto = btf__type_by_id(btf, btf__type_by_id(btf, t->type)->type);
	assert_true(btf_is_func_proto(proto));
	assert_int_equal(pfnscope_btf_blob_tracepoint_arity(&current, name + 10),
			 btf_vlen(proto) - 1);
	return 1;
}

static void check_file(const char *path)
{
	unsigned int sizes = 0, members = 0, values = 0, tracepoints = 0;
	struct bytes b = read_file(path);
	struct btf *btf = btf__new(b.data, (__u32)b.len);
	__u32 id;

	assert_int_equal(libbpf_get_error(btf), 0);
	assert_int_equal(load(&current, b.data, b.len), 0);
	assert_int_equal(current.nr_types, btf__type_cnt(btf));
	for (id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);

		if (btf_is_typedef(t))
			tracepoints += check_tracepoint(btf, t);
		if (!t->name_off)
			continue;
		if (btf_is_composite(t)) {
			check_size(btf, t);
			sizes++;
			members += check_members(btf, t, t);
		} else if (btf_is_any_enum(t)) {
			values += check_enum(btf, t);
		}
	}
	print_message("# %s: %u sizes, %u members, %u enumerators, %u tracepoints\n",
		      path, sizes, members, values, tracepoints);
	/* A kernel has thousands of each: little means that little was tried. */
	assert_true(sizes > 5000 && members > 40000 && values > 5000);
	assert_true(tracepoints > 500);
	unload(&current);
	btf__free(btf);
	free(b.data);
}

static void each_file(void (*test)(const char *path))
{
	if (!nr_files) {
		print_message("# no BTF at hand: selftests/vm/btf makes it\n");
		skip();
	}
	for (unsigned int i = 0; i < nr_files; i++)
		test(files[i]);
}

static void answers_equal_libbpf(void **state)
{
	(void)state;
	each_file(check_file);
}

/* --- a small blob with everything in it that is hard --- */

static int add_int(struct btf *btf, const char *name, size_t size)
{
	return btf__add_int(btf, name, size, BTF_INT_SIGNED);
}

static struct bytes small_blob(void)
{
	struct btf *btf = btf__new_empty();
	struct bytes b;
	const void *raw;
	__u32 len;
	int number, word, array, inner, proto, pointer;

	assert_non_null(btf);
	number = add_int(btf, "int", 4);
	word = add_int(btf, "long", 8);
	array = btf__add_array(btf, word, number, 3);
	inner = btf__add_union(btf, NULL, 8);
	btf__add_field(btf, "low", number, 0, 0);
	btf__add_field(btf, "all", word, 0, 0);
	btf__add_struct(btf, "outer", 32);
	btf__add_field(btf, "flag", number, 3, 5);
	btf__add_field(btf, NULL, inner, 64, 0);
	btf__add_field(btf, "triple", array, 128, 0);
	btf__add_enum(btf, "colour", 4);
	btf__add_enum_value(btf, "RED", 1);
	btf__add_enum_value(btf, "BLUE", -7);
	btf__add_enum64(btf, "wide", 8, false);
	btf__add_enum64_value(btf, "HUGE", 0x123456789abcdefULL);
	btf__add_struct(btf, "twin", 4);
	btf__add_field(btf, "same", number, 0, 0);
	btf__add_struct(btf, "twin", 8);
	btf__add_field(btf, "same", number, 0, 0);
	btf__add_field(btf, "other", number, 32, 0);
	proto = btf__add_func_proto(btf, 0);
	btf__add_func_param(btf, "__data", word);
	btf__add_func_param(btf, "order", number);
	pointer = btf__add_ptr(btf, proto);
	btf__add_typedef(btf, "btf_trace_event", pointer);

	raw = btf__raw_data(btf, &len);
	assert_non_null(raw);
	b.data = malloc(len);
	b.len = len;
	assert_non_null(b.data);
	memcpy(b.data, raw, len);
	btf__free(btf);
	return b;
}

static void expect_member(const char *owner, const char *name, u32 bit_offset,
			  u32 size, u32 bits)
{
	struct pfnscope_btf_member m;

	assert_int_equal(pfnscope_btf_blob_member(&current, owner, name, &m), 0);
	assert_int_equal(m.bit_offset, bit_offset);
	assert_int_equal(m.size, size);
	assert_int_equal(m.bitfield_bits, bits);
}

static void small_blob_answers(void **state)
{
	struct bytes b = small_blob();
	struct pfnscope_btf_member m;
	s64 value;
	u32 size;

	(void)state;
	assert_int_equal(load(&current, b.data, b.len), 0);
	expect_member("outer", "flag", 3, 4, 5);
	expect_member("outer", "low", 64, 4, 0);
	expect_member("outer", "all", 64, 8, 0);
	expect_member("outer", "triple", 128, 12, 0);
	expect_member("twin", "same", 0, 4, 0);
	assert_int_equal(pfnscope_btf_blob_member(&current, "outer", "none", &m),
			 -ENOENT);
	assert_int_equal(pfnscope_btf_blob_member(&current, "none", "low", &m),
			 -ENOENT);
	assert_int_equal(pfnscope_btf_blob_struct_size(&current, "twin", &size),
			 -ENOTUNIQ);
	assert_int_equal(pfnscope_btf_blob_struct_size(&current, "colour", &size),
			 -ENOENT);
	assert_int_equal(pfnscope_btf_blob_enum(&current, "colour", "BLUE", &value), 0);
	assert_int_equal(value, -7);
	assert_int_equal(pfnscope_btf_blob_enum(&current, "wide", "HUGE", &value), 0);
	assert_int_equal(value, 0x123456789abcdefLL);
	assert_int_equal(pfnscope_btf_blob_enum(&current, "wide", "RED", &value),
			 -ENOENT);
	assert_int_equal(pfnscope_btf_blob_tracepoint_arity(&current, "event"), 1);
	assert_int_equal(pfnscope_btf_blob_tracepoint_arity(&current, "none"),
			 -ENOENT);
	unload(&current);
	free(b.data);
}

/* --- damage --- */

static bool is_answer(int err)
{
	return !err || err == -ENOENT || err == -ENOTUNIQ || err == -EINVAL;
}

/* Every kind of question; what it answers does not matter, where it reads does. */
static void question(const struct pfnscope_btf_blob *blob)
{
	static const char *const structs[][2] = {
		{ "outer", "flag" }, { "outer", "all" }, { "outer", "none" },
		{ "twin", "same" }, { "zone", "vm_stat" }, { "page", "_refcount" },
		{ "kmem_cache", "name" }, { "mem_cgroup", "none" },
	};
	static const char *const enums[][2] = {
		{ "colour", "BLUE" }, { "wide", "HUGE" },
		{ "zone_stat_item", "NR_FREE_PAGES" }, { "vm_event_item", "none" },
	};
	struct pfnscope_btf_member m;
	unsigned int i;
	u32 size;
	s64 value;

	for (i = 0; i < sizeof(structs) / sizeof(*structs); i++) {
		assert_true(is_answer(pfnscope_btf_blob_struct_size(blob,
						structs[i][0], &size)));
		assert_true(is_answer(pfnscope_btf_blob_member(blob,
						structs[i][0], structs[i][1], &m)));
	}
	for (i = 0; i < sizeof(enums) / sizeof(*enums); i++)
		assert_true(is_answer(pfnscope_btf_blob_enum(blob,
						enums[i][0], enums[i][1], &value)));
	assert_true(pfnscope_btf_blob_tracepoint_arity(blob, "event") >= -ENOTUNIQ);
	assert_true(pfnscope_btf_blob_tracepoint_arity(blob,
						"mm_compaction_begin") >= -ENOTUNIQ);
}

/* Returns whether the blob was refused; a refusal must have a reason. */
static bool survive(const void *data, size_t len)
{
	struct pfnscope_btf_blob blob;
	int err = load(&blob, data, len);

	if (err) {
		assert_int_equal(err, -EINVAL);
		assert_non_null(blob.reason);
	} else {
		assert_null(blob.reason);
		question(&blob);
	}
	unload(&blob);
	return err;
}

static void every_truncation_is_refused(void **state)
{
	struct bytes b = small_blob();
	size_t len;

	(void)state;
	for (len = 0; len < b.len; len++) {
		void *copy = malloc(len);

		assert_true(copy || !len);
		memcpy(copy, b.data, len);
		assert_true(survive(copy, len));
		free(copy);
	}
	free(b.data);
}

static void every_damaged_byte_is_survived(void **state)
{
	struct bytes b = small_blob();
	unsigned int refused = 0;
	unsigned int value;
	size_t i;

	(void)state;
	for (i = 0; i < b.len; i++) {
		unsigned char was = b.data[i];

		for (value = 0; value < 256; value++) {
			b.data[i] = (unsigned char)value;
			refused += survive(b.data, b.len);
		}
		b.data[i] = was;
	}
	print_message("# %zu bytes, %u of %zu damaged blobs refused\n", b.len,
		      refused, b.len * 256);
	assert_true(refused > 0 && refused < b.len * 256);
	free(b.data);
}

static void random_words_are_survived(void **state)
{
	struct bytes b = small_blob();
	struct bytes damaged = { malloc(b.len), b.len };
	uint32_t seed = 0x9e3779b9;
	unsigned int round;

	(void)state;
	assert_non_null(damaged.data);
	for (round = 0; round < 50000; round++) {
		unsigned int words = 1 + next_random(&seed) % 8;

		memcpy(damaged.data, b.data, b.len);
		while (words--) {
			uint32_t word = next_random(&seed);

			/* Small numbers are the ones that pass for ids. */
			word >>= next_random(&seed) % 32;
			memcpy(damaged.data + next_random(&seed) % (b.len / 4) * 4,
			       &word, 4);
		}
		survive(damaged.data, damaged.len);
	}
	free(damaged.data);
	free(b.data);
}

static void damage_file(const char *path)
{
	struct bytes b = read_file(path);
	uint32_t seed = 0x2545f491;
	unsigned int refused = 0;
	unsigned int round;

	for (round = 0; round < 40; round++) {
		size_t at = next_random(&seed) % (b.len / 4) * 4;
		uint32_t was;
		uint32_t word = next_random(&seed) >> next_random(&seed) % 32;

		memcpy(&was, b.data + at, 4);
		memcpy(b.data + at, &word, 4);
		refused += survive(b.data, b.len);
		memcpy(b.data + at, &was, 4);
	}
	for (round = 0; round < 10; round++) {
		size_t len = next_random(&seed) % b.len;
		void *copy = malloc(len);

		assert_non_null(copy);
		memcpy(copy, b.data, len);
		assert_true(survive(copy, len));
		free(copy);
	}
	print_message("# %s: %u of 40 damaged copies refused\n", path, refused);
	free(b.data);
}

static void damaged_kernels_are_survived(void **state)
{
	(void)state;
	each_file(damage_file);
}

/* A struct that holds itself, anonymously and many times over. */
static void cycles_end(void **state)
{
	struct btf *btf = btf__new_empty();
	struct pfnscope_btf_blob blob;
	struct pfnscope_btf_member m;
	const void *raw;
	__u32 len;
	int i;

	(void)state;
	btf__add_struct(btf, "snake", 8);
	for (i = 0; i < 1000; i++)
		btf__add_field(btf, NULL, 1, 0, 0);
	btf__add_typedef(btf, "btf_trace_loop", 2);
	raw = btf__raw_data(btf, &len);
	assert_non_null(raw);
	assert_int_equal(load(&blob, raw, len), 0);
	assert_int_equal(pfnscope_btf_blob_member(&blob, "snake", "head", &m),
			 -EINVAL);
	assert_int_equal(pfnscope_btf_blob_tracepoint_arity(&blob, "loop"),
			 -EINVAL);
	unload(&blob);
	btf__free(btf);
}

/* --- the check that refuses to load --- */

static void layout_names_the_struct(void **state)
{
	const struct pfnscope_layout right = { .name = "outer", .size = 32 };
	const struct pfnscope_layout wrong = { .name = "outer", .size = 40 };
	const struct pfnscope_layout absent = { .name = "nowhere", .size = 8 };
	const struct pfnscope_layout empty = { .name = "nowhere", .size = 0 };
	const struct pfnscope_layout moved = { .name = "outer", .member = "all",
					       .offset = 16 };
	const struct pfnscope_layout there = { .name = "outer", .member = "all",
					       .offset = 8 };
	char message[PFNSCOPE_LAYOUT_MESSAGE];
	struct bytes b = small_blob();

	(void)state;
	assert_int_equal(load(&current, b.data, b.len), 0);
	assert_int_equal(pfnscope_layout_compare(&right, message, sizeof(message)), 0);
	assert_int_equal(pfnscope_layout_compare(&empty, message, sizeof(message)), 0);
	assert_int_equal(pfnscope_layout_compare(&there, message, sizeof(message)), 0);
	assert_int_equal(pfnscope_layout_compare(&wrong, message, sizeof(message)),
			 -EINVAL);
	assert_string_equal(message,
			    "struct outer: compiled with 40 bytes, 32 in the running kernel");
	assert_int_equal(pfnscope_layout_compare(&absent, message, sizeof(message)),
			 -EINVAL);
	assert_non_null(strstr(message, "struct nowhere"));
	assert_int_equal(pfnscope_layout_compare(&moved, message, sizeof(message)),
			 -EINVAL);
	assert_string_equal(message,
			    "struct outer: all compiled at byte 16, at 8 in the running kernel");
	unload(&current);
	free(b.data);
}

/* --- which files --- */

static void add_file(const char *path)
{
	if (nr_files < MAX_FILES)
		files[nr_files++] = strdup(path);
}

static void add_cache(void)
{
	const char *cache = getenv("PFNSCOPE_CACHE");
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	char pattern[4096];
	glob_t found;
	size_t i;

	if (cache)
		snprintf(pattern, sizeof(pattern), "%s/*/btf", cache);
	else if (xdg)
		snprintf(pattern, sizeof(pattern), "%s/pfnscope/*/btf", xdg);
	else
		snprintf(pattern, sizeof(pattern), "%s/.cache/pfnscope/*/btf",
			 home ? home : "");
	if (!glob(pattern, 0, NULL, &found))
		for (i = 0; i < found.gl_pathc; i++)
			add_file(found.gl_pathv[i]);
	globfree(&found);
}

static void find_files(void)
{
	char *list = getenv("BTF");
	char *path;
	FILE *own;

	if (list) {
		list = strdup(list);
		for (path = strtok(list, " "); path; path = strtok(NULL, " "))
			add_file(path);
		free(list);
		return;
	}
	add_cache();
	own = fopen("/sys/kernel/btf/vmlinux", "re");
	if (own) {
		fclose(own);
		add_file("/sys/kernel/btf/vmlinux");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_blob_answers),
		cmocka_unit_test(answers_equal_libbpf),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(every_damaged_byte_is_survived),
		cmocka_unit_test(random_words_are_survived),
		cmocka_unit_test(damaged_kernels_are_survived),
		cmocka_unit_test(cycles_end),
		cmocka_unit_test(layout_names_the_struct),
	};
	int failed;

	find_files();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	while (nr_files)
		free(files[--nr_files]);
	return failed;
}
