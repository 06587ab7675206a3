// SPDX-License-Identifier: GPL-2.0-only
/* The answers: enumerators, sizes, members, arguments of tracepoints. */
#include "btf_format.h"

/* Longest chain of typedefs, qualifiers and arrays that is followed. */
#define CHAIN_MAX		32
/* Deepest nesting of anonymous structs, and members looked at for one answer. */
#define NESTING_MAX		16
#define MEMBERS_MAX		65536

/* The value of @enumerator in the enum @t: 0 or -ENOENT. */
static int find_enumerator(const struct pfnscope_btf_blob *blob,
			   const struct type_record *t, const char *enumerator,
			   s64 *value)
{
	const u8 *at = after(t);
	u32 each = kind_of(t) == KIND_ENUM ? ENUM_BYTES : ENUM64_BYTES;
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
	u32 slot = pfnscope_btf_blob_hash(enum_name);
	const struct type_record *t;
	int err = -ENOENT;
	s64 found;

	while ((t = pfnscope_btf_blob_next(blob, enum_name, &slot))) {
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
	u32 slot = pfnscope_btf_blob_hash(name);
	const struct type_record *t;
	int err = -ENOENT;

	while ((t = pfnscope_btf_blob_next(blob, name, &slot))) {
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
	u32 slot = pfnscope_btf_blob_hash(struct_name);
	struct pfnscope_btf_member found;
	const struct type_record *t;
	int err = -ENOENT;
	int this;

	while ((t = pfnscope_btf_blob_next(blob, struct_name, &slot))) {
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
	slot = pfnscope_btf_blob_hash(full);
	while ((t = pfnscope_btf_blob_next(blob, full, &slot))) {
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
