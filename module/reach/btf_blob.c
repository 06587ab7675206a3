// SPDX-License-Identifier: GPL-2.0-only
/*
 * The BTF parser. The format is Documentation/bpf/btf.rst; the few constants
 * of it that are needed stand here, because the headers of 5.10 do not know
 * the kinds that a newer pahole writes.
 */
#include "btf_blob.h"

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/string.h>
#else
#include <errno.h>
#include <string.h>
#define cond_resched() ((void)0)
#endif

#define BLOB_MAGIC		0xeb9f
#define BLOB_VERSION		1
#define BLOB_HEADER_MIN		24	/* 7.2 appends fields: use hdr_len */

/* Longest chain of typedefs, qualifiers and arrays that is followed. */
#define CHAIN_MAX		32
/* Deepest nesting of anonymous structs, and members looked at for one answer. */
#define NESTING_MAX		16
#define MEMBERS_MAX		65536

#define TRACEPOINT_PREFIX	"btf_trace_"

enum kind {
	KIND_INT = 1,
	KIND_PTR,
	KIND_ARRAY,
	KIND_STRUCT,
	KIND_UNION,
	KIND_ENUM,
	KIND_FWD,
	KIND_TYPEDEF,
	KIND_VOLATILE,
	KIND_CONST,
	KIND_RESTRICT,
	KIND_FUNC,
	KIND_FUNC_PROTO,
	KIND_VAR,
	KIND_DATASEC,
	KIND_FLOAT,
	KIND_DECL_TAG,
	KIND_TYPE_TAG,
	KIND_ENUM64,
	KINDS
};

/* How many bytes follow a record of each kind: fixed, and for each of vlen. */
static const struct {
	u8 fixed;
	u8 each;
} trailer[KINDS] = {
	[KIND_INT]		= { 4, 0 },
	[KIND_ARRAY]		= { 12, 0 },
	[KIND_STRUCT]		= { 0, 12 },
	[KIND_UNION]		= { 0, 12 },
	[KIND_ENUM]		= { 0, 8 },
	[KIND_FUNC_PROTO]	= { 0, 8 },
	[KIND_VAR]		= { 4, 0 },
	[KIND_DATASEC]		= { 0, 12 },
	[KIND_DECL_TAG]		= { 4, 0 },
	[KIND_ENUM64]		= { 0, 12 },
};

struct blob_header {
	u16 magic;
	u8 version;
	u8 flags;
	u32 hdr_len;
	u32 type_off;
	u32 type_len;
	u32 str_off;
	u32 str_len;
};

/* The record that every type begins with. */
struct type_record {
	u32 name_off;
	u32 info;
	u32 size_or_type;
};

struct array_record {
	u32 type;
	u32 index_type;
	u32 count;
};

struct member_record {
	u32 name_off;
	u32 type;
	u32 offset;
};

struct enum_record {
	u32 name_off;
	u32 low;
	u32 high;	/* enum64 only */
};

static enum kind kind_of(const struct type_record *t)
{
	return (t->info >> 24) & 0x7f;
}

/* 16 bits wide and followed by zeros up to 7.1, 24 bits since. */
static u32 vlen_of(const struct type_record *t)
{
	return t->info & 0xffffff;
}

static bool kind_flag(const struct type_record *t)
{
	return t->info >> 31;
}

static const void *after(const struct type_record *t)
{
	return t + 1;
}

static int refuse(struct pfnscope_btf_blob *blob, const char *reason)
{
	blob->reason = reason;
	return -EINVAL;
}

static bool section_fits(u32 hdr_len, u32 off, u32 section_len, size_t len)
{
	return (u64)hdr_len + off + section_len <= len;
}

static u32 round_up_to_power_of_two(u32 n)
{
	u32 power = 64;

	while (power < n)
		power *= 2;
	return power;
}

/**
 * pfnscope_btf_blob_open - check the header and find the sections
 * @blob: filled, but for the two arrays that the caller provides
 * @data: the blob, aligned to 4 bytes, which must outlive @blob
 * @len: its length
 *
 * Return: 0, or -EINVAL with @blob->reason set.
 */
int pfnscope_btf_blob_open(struct pfnscope_btf_blob *blob, const void *data,
			   size_t len)
{
	const struct blob_header *h = data;

	memset(blob, 0, sizeof(*blob));
	if (len < BLOB_HEADER_MIN)
		return refuse(blob, "the BTF is shorter than its header");
	if (h->magic != BLOB_MAGIC || h->version != BLOB_VERSION)
		return refuse(blob, "the BTF has an unknown magic or version");
	if (h->hdr_len < BLOB_HEADER_MIN || h->hdr_len % 4 || h->type_off % 4)
		return refuse(blob, "the BTF header is malformed");
	if (!section_fits(h->hdr_len, h->type_off, h->type_len, len) ||
	    !section_fits(h->hdr_len, h->str_off, h->str_len, len))
		return refuse(blob, "the BTF is truncated");

	blob->types = (const u8 *)data + h->hdr_len + h->type_off;
	blob->types_len = h->type_len;
	blob->strings = (const char *)data + h->hdr_len + h->str_off;
	blob->strings_len = h->str_len;
	if (!h->str_len || blob->strings[0] ||
	    blob->strings[h->str_len - 1])
		return refuse(blob, "the BTF strings are not terminated");

	/* Type id 0 is void and has no record. */
	blob->max_types = h->type_len / sizeof(struct type_record) + 1;
	blob->name_slots = round_up_to_power_of_two(blob->max_types / 4);
	return 0;
}

static const char *name_at(const struct pfnscope_btf_blob *blob, u32 name_off)
{
	return name_off < blob->strings_len ? blob->strings + name_off : "";
}

static const struct type_record *type_at(const struct pfnscope_btf_blob *blob,
					 u32 id)
{
	if (!id || id >= blob->nr_types)
		return NULL;
	return (const void *)(blob->types + blob->offsets[id]);
}

/* Only types that are asked for by name; nothing else is worth its slot. */
static bool wants_name(const struct pfnscope_btf_blob *blob,
		       const struct type_record *t)
{
	switch (kind_of(t)) {
	case KIND_STRUCT:
	case KIND_UNION:
	case KIND_ENUM:
	case KIND_ENUM64:
		return t->name_off;
	case KIND_TYPEDEF:
		return !strncmp(name_at(blob, t->name_off), TRACEPOINT_PREFIX,
				strlen(TRACEPOINT_PREFIX));
	default:
		return false;
	}
}

/* FNV-1a: short names, no table, good enough. */
static u32 name_hash(const char *name)
{
	u32 hash = 2166136261U;

	while (*name)
		hash = (hash ^ (u8)*name++) * 16777619U;
	return hash;
}

static void put_name(struct pfnscope_btf_blob *blob, u32 id, const char *name)
{
	u32 mask = blob->name_slots - 1;
	u32 slot = name_hash(name) & mask;

	while (blob->names[slot])
		slot = (slot + 1) & mask;
	blob->names[slot] = id;
}

/* Bytes that the record at @off occupies, or 0 where it cannot be one. */
static u32 record_size(const struct pfnscope_btf_blob *blob, u32 off)
{
	const struct type_record *t = (const void *)(blob->types + off);
	u32 left = blob->types_len - off;
	u64 size;

	if (left < sizeof(*t) || !kind_of(t) || kind_of(t) >= KINDS ||
	    t->name_off >= blob->strings_len)
		return 0;
	size = sizeof(*t) + trailer[kind_of(t)].fixed +
	       (u64)trailer[kind_of(t)].each * vlen_of(t);
	return size <= left ? size : 0;
}

/**
 * pfnscope_btf_blob_index - walk the types once and remember where they are
 * @blob: opened, with both arrays provided
 *
 * Return: 0, or -EINVAL with @blob->reason set.
 */
int pfnscope_btf_blob_index(struct pfnscope_btf_blob *blob)
{
	const struct type_record *t;
	u32 nr_names = 0;
	u32 id = 1;
	u32 off;
	u32 size;

	blob->offsets[0] = 0;
	for (off = 0; off < blob->types_len; off += size, id++) {
		size = record_size(blob, off);
		if (!size)
			return refuse(blob, "the BTF holds a malformed type");
		t = (const void *)(blob->types + off);
		blob->offsets[id] = off;
		if (wants_name(blob, t)) {
			/* One slot stays empty: it ends every search. */
			if (++nr_names >= blob->name_slots)
				return refuse(blob, "the BTF has too many names");
			put_name(blob, id, name_at(blob, t->name_off));
		}
		if (id % 4096 == 0)
			cond_resched();
	}
	blob->nr_types = id;
	return 0;
}

/*
 * The next type called @name, starting behind *@slot; several types may share
 * a name. Start with *@slot = name_hash().
 */
static const struct type_record *next_named(const struct pfnscope_btf_blob *blob,
					    const char *name, u32 *slot)
{
	const struct type_record *t;
	u32 id;

	for (;;) {
		id = blob->names[*slot & (blob->name_slots - 1)];
		if (!id)
			return NULL;
		++*slot;
		t = type_at(blob, id);
		if (t && !strcmp(name_at(blob, t->name_off), name))
			return t;
	}
}

static bool is_struct(const struct type_record *t)
{
	return kind_of(t) == KIND_STRUCT || kind_of(t) == KIND_UNION;
}

static bool is_enum(const struct type_record *t)
{
	return kind_of(t) == KIND_ENUM || kind_of(t) == KIND_ENUM64;
}

/* The value of @enumerator in the enum @t: 0 or -ENOENT. */
static int find_enumerator(const struct pfnscope_btf_blob *blob,
			   const struct type_record *t, const char *enumerator,
			   s64 *value)
{
	const u8 *at = after(t);
	u32 each = trailer[kind_of(t)].each;
	u32 left;

	for (left = vlen_of(t); left; left--, at += each) {
		const struct enum_record *e = (const void *)at;

		if (strcmp(name_at(blob, e->name_off), enumerator))
			continue;
		/* Before 6.0 nothing tells a 32-bit enum's sign: take int. */
		*value = kind_of(t) == KIND_ENUM ? (s32)e->low :
			 (s64)((u64)e->high << 32 | e->low);
		return 0;
	}
	return -ENOENT;
}

/**
 * pfnscope_btf_blob_enum - the value of an enumerator
 * @blob: indexed
 * @enum_name: name of the enum
 * @enumerator: name in it
 * @value: the answer
 *
 * Return: 0, -ENOENT where there is no such enumerator, -ENOTUNIQ where several
 * enums of that name disagree.
 */
int pfnscope_btf_blob_enum(const struct pfnscope_btf_blob *blob,
			   const char *enum_name, const char *enumerator,
			   s64 *value)
{
	u32 slot = name_hash(enum_name);
	const struct type_record *t;
	int err = -ENOENT;
	s64 found;

	while ((t = next_named(blob, enum_name, &slot))) {
		if (!is_enum(t) ||
		    find_enumerator(blob, t, enumerator, &found))
			continue;
		if (!err && found != *value)
			return -ENOTUNIQ;
		*value = found;
		err = 0;
	}
	return err;
}

/**
 * pfnscope_btf_blob_struct_size - the size of a struct or union
 * @blob: indexed
 * @name: its name
 * @size: the answer, in bytes
 *
 * Return: 0, -ENOENT where there is none, -ENOTUNIQ where several of that name
 * differ in size.
 */
int pfnscope_btf_blob_struct_size(const struct pfnscope_btf_blob *blob,
				  const char *name, u32 *size)
{
	u32 slot = name_hash(name);
	const struct type_record *t;
	int err = -ENOENT;

	while ((t = next_named(blob, name, &slot))) {
		if (!is_struct(t))
			continue;
		if (!err && t->size_or_type != *size)
			return -ENOTUNIQ;
		*size = t->size_or_type;
		err = 0;
	}
	return err;
}

/* Skips typedefs and qualifiers; NULL for void or where they do not end. */
static const struct type_record *bare_type(const struct pfnscope_btf_blob *blob,
					   u32 id)
{
	const struct type_record *t;
	unsigned int steps;

	for (steps = 0; steps < CHAIN_MAX; steps++) {
		t = type_at(blob, id);
		if (!t)
			return NULL;
		switch (kind_of(t)) {
		case KIND_TYPEDEF:
		case KIND_VOLATILE:
		case KIND_CONST:
		case KIND_RESTRICT:
		case KIND_TYPE_TAG:
			id = t->size_or_type;
			break;
		default:
			return t;
		}
	}
	return NULL;
}

/* The size of a type in bytes, or -EINVAL where it has none. */
static int type_size(const struct pfnscope_btf_blob *blob, u32 id, u32 *size)
{
	const struct type_record *t;
	const struct array_record *array;
	unsigned int steps;
	u64 count = 1;

	for (steps = 0; steps < CHAIN_MAX; steps++) {
		t = bare_type(blob, id);
		if (!t)
			return -EINVAL;
		if (kind_of(t) != KIND_ARRAY)
			break;
		array = after(t);
		count *= array->count;
		if (count > 0xffffffffU)
			return -EINVAL;
		id = array->type;
	}
	switch (kind_of(t)) {
	case KIND_PTR:
		count *= sizeof(void *);
		break;
	case KIND_INT:
	case KIND_STRUCT:
	case KIND_UNION:
	case KIND_ENUM:
	case KIND_FLOAT:
	case KIND_ENUM64:
		count *= t->size_or_type;
		break;
	default:
		return -EINVAL;
	}
	if (count > 0xffffffffU)
		return -EINVAL;
	*size = count;
	return 0;
}

/* An old encoding keeps the width of a bit-field in the int type itself. */
static void legacy_bitfield(const struct pfnscope_btf_blob *blob, u32 type,
			    struct pfnscope_btf_member *m)
{
	const struct type_record *t = bare_type(blob, type);
	u32 encoding;
	u32 bits;

	if (!t || kind_of(t) != KIND_INT)
		return;
	encoding = *(const u32 *)after(t);
	bits = encoding & 0xff;
	if (bits && bits != (u64)t->size_or_type * 8) {
		m->bitfield_bits = bits;
		m->bit_offset += encoding >> 16 & 0xff;
	}
}

static int describe(const struct pfnscope_btf_blob *blob,
		    const struct type_record *owner,
		    const struct member_record *found, u32 base,
		    struct pfnscope_btf_member *m)
{
	memset(m, 0, sizeof(*m));
	if (kind_flag(owner)) {
		m->bit_offset = base + (found->offset & 0xffffff);
		m->bitfield_bits = found->offset >> 24;
	} else {
		m->bit_offset = base + found->offset;
		legacy_bitfield(blob, found->type, m);
	}
	return type_size(blob, found->type, &m->size);
}

/* Where the search for a member stands inside one anonymous struct. */
struct level {
	const struct type_record *owner;
	const struct member_record *next;
	u32 left;
	u32 base;
};

static void enter(struct level *level, const struct type_record *owner,
		  u32 base)
{
	level->owner = owner;
	level->next = after(owner);
	level->left = vlen_of(owner);
	level->base = base;
}

/* The anonymous struct or union that @r is, or NULL. */
static const struct type_record *
anonymous(const struct pfnscope_btf_blob *blob, const struct member_record *r)
{
	const struct type_record *t;

	if (*name_at(blob, r->name_off))
		return NULL;
	t = bare_type(blob, r->type);
	return t && is_struct(t) ? t : NULL;
}

/* Depth first, on a stack of our own: the blob must not steer the kernel's. */
static int find_member(const struct pfnscope_btf_blob *blob,
		       const struct type_record *t, const char *name,
		       struct pfnscope_btf_member *m)
{
	struct level stack[NESTING_MAX];
	const struct type_record *inner;
	unsigned int depth = 1;
	u32 budget = MEMBERS_MAX;

	enter(&stack[0], t, 0);
	while (depth) {
		struct level *top = &stack[depth - 1];
		const struct member_record *r = top->next;
		u32 off;

		if (!top->left) {
			depth--;
			continue;
		}
		if (!budget--)
			return -EINVAL;
		top->left--;
		top->next++;
		if (!strcmp(name_at(blob, r->name_off), name))
			return describe(blob, top->owner, r, top->base, m);
		inner = anonymous(blob, r);
		if (!inner)
			continue;
		if (depth == NESTING_MAX)
			return -EINVAL;
		off = kind_flag(top->owner) ? r->offset & 0xffffff : r->offset;
		enter(&stack[depth++], inner, top->base + off);
	}
	return -ENOENT;
}

static bool same_member(const struct pfnscope_btf_member *a,
			const struct pfnscope_btf_member *b)
{
	return a->bit_offset == b->bit_offset && a->size == b->size &&
	       a->bitfield_bits == b->bitfield_bits;
}

/**
 * pfnscope_btf_blob_member - where a member lies, anonymous structs included
 * @blob: indexed
 * @struct_name: name of the struct or union
 * @member: name in it, not empty
 * @m: the answer
 *
 * Return: 0, -ENOENT where there is no such member, -ENOTUNIQ where several
 * structs of that name disagree, -EINVAL where the BTF makes no sense.
 */
int pfnscope_btf_blob_member(const struct pfnscope_btf_blob *blob,
			     const char *struct_name, const char *member,
			     struct pfnscope_btf_member *m)
{
	u32 slot = name_hash(struct_name);
	struct pfnscope_btf_member found;
	const struct type_record *t;
	int err = -ENOENT;
	int this;

	while ((t = next_named(blob, struct_name, &slot))) {
		if (!is_struct(t))
			continue;
		this = find_member(blob, t, member, &found);
		if (this == -ENOENT)
			continue;
		if (this)
			return this;
		if (!err && !same_member(&found, m))
			return -ENOTUNIQ;
		*m = found;
		err = 0;
	}
	return err;
}

/* Arguments of the function that @t, a typedef of a pointer, points to. */
static int probe_arity(const struct pfnscope_btf_blob *blob,
		       const struct type_record *t)
{
	t = bare_type(blob, t->size_or_type);
	if (!t || kind_of(t) != KIND_PTR)
		return -EINVAL;
	t = bare_type(blob, t->size_or_type);
	if (!t || kind_of(t) != KIND_FUNC_PROTO || !vlen_of(t))
		return -EINVAL;
	/* The first argument is the probe's own data. */
	return vlen_of(t) - 1;
}

/**
 * pfnscope_btf_blob_tracepoint_arity - how many arguments a tracepoint has
 * @blob: indexed
 * @name: of the tracepoint, without a prefix
 *
 * Return: the number of arguments of its TP_PROTO, -ENOENT where the kernel has
 * no such tracepoint, -ENOTUNIQ or -EINVAL as above.
 */
int pfnscope_btf_blob_tracepoint_arity(const struct pfnscope_btf_blob *blob,
				       const char *name)
{
	char full[96] = TRACEPOINT_PREFIX;
	const struct type_record *t;
	int arity = -ENOENT;
	u32 slot;
	int this;

	if (strlen(name) >= sizeof(full) - strlen(TRACEPOINT_PREFIX))
		return -ENOENT;
	memcpy(full + strlen(TRACEPOINT_PREFIX), name, strlen(name) + 1);
	slot = name_hash(full);
	while ((t = next_named(blob, full, &slot))) {
		if (kind_of(t) != KIND_TYPEDEF)
			continue;
		this = probe_arity(blob, t);
		if (this < 0)
			return this;
		if (arity >= 0 && this != arity)
			return -ENOTUNIQ;
		arity = this;
	}
	return arity;
}
