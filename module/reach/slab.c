// SPDX-License-Identifier: GPL-2.0-only
/*
 * Three generations of SLUB, told apart by which members exist:
 *   up to 5.16  a slab is a struct page, per-CPU lists of partial slabs
 *   since 5.17  a slab is a struct slab over the struct page
 *   since 7.0   per-CPU sheaves of objects and a barn of them on each node,
 *               no per-CPU slabs any more; 6.18 has both, and the barn hangs on
 *               the node's part of the cache
 */
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#include "btf.h"
#include "clock.h"
#include "record.h"
#include "slab.h"
#include "symbol.h"

/*
 * Slabs looked at in one hold of a list_lock, with interrupts off: the first
 * ones and the last ones, because the list is roughly sorted by use.
 */
#define PARTIAL_MAX	1000

/* Bits of the order in kmem_cache_order_objects, on all four kernels. */
#define OO_SHIFT	16
#define OO_MASK		((1U << OO_SHIFT) - 1)

/* More slabs on a CPU than this were not read, but met while they changed. */
#define CPU_SLABS_MAX	100000

/* Offsets in bytes; PFNSCOPE_BTF_ABSENT where the kernel has no such member. */
static struct {
	u32 list, kobj, name, flags, object_size, size, oo, min, refcount;
	u32 node, per_node, per_node_node, per_node_barn, in_node_barn;
	u32 list_lock, nr_partial, partial, nr_slabs, total_objects;
	u32 slab_list, page_list, slab_counters, page_counters;
	u32 cpu_slab, cpu_partial, slab_slabs, page_pages;
	u32 cpu_sheaves, main, spare, sheaf_cache, sheaf_size;
	u32 sheaf_capacity, nr_full;
	u32 slab_cache, page_cache;
} off;

/* A bit-field of the counters word. */
struct field {
	unsigned int shift;
	unsigned int bits;
};

static struct field inuse, objects;
static u32 per_node_stride;
static u32 link_offset, counters_offset, cache_offset;
static const char *unavailable = "not initialised";

#define WANT(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, .size = SIZE }
#define MAY(TYPE, MEMBER, OFFSET, SIZE) \
	{ .type = #TYPE, .member = #MEMBER, .offset = &off.OFFSET, \
	  .size = SIZE, .optional = true }

static const struct pfnscope_btf_want wants[] = {
	WANT(kmem_cache, list, list, sizeof(struct list_head)),
	WANT(kmem_cache, kobj, kobj, sizeof(struct kobject)),
	WANT(kmem_cache, name, name, sizeof(char *)),
	WANT(kmem_cache, flags, flags, sizeof(unsigned int)),
	WANT(kmem_cache, object_size, object_size, sizeof(unsigned int)),
	WANT(kmem_cache, size, size, sizeof(unsigned int)),
	WANT(kmem_cache, oo, oo, sizeof(unsigned int)),
	WANT(kmem_cache, min, min, sizeof(unsigned int)),
	WANT(kmem_cache, refcount, refcount, sizeof(int)),
	WANT(kmem_cache_node, list_lock, list_lock, sizeof(spinlock_t)),
	WANT(kmem_cache_node, nr_partial, nr_partial, sizeof(long)),
	WANT(kmem_cache_node, partial, partial, sizeof(struct list_head)),
	WANT(kmem_cache_node, nr_slabs, nr_slabs, sizeof(long)),
	WANT(kmem_cache_node, total_objects, total_objects, sizeof(long)),
	MAY(kmem_cache, node, node, 0),
	MAY(kmem_cache, per_node, per_node, 0),
	MAY(kmem_cache_per_node_ptrs, node, per_node_node, sizeof(void *)),
	MAY(kmem_cache_per_node_ptrs, barn, per_node_barn, sizeof(void *)),
	MAY(kmem_cache_node, barn, in_node_barn, sizeof(void *)),
	MAY(slab, slab_list, slab_list, sizeof(struct list_head)),
	MAY(page, slab_list, page_list, sizeof(struct list_head)),
	MAY(slab, counters, slab_counters, sizeof(long)),
	MAY(page, counters, page_counters, sizeof(long)),
	MAY(slab, slab_cache, slab_cache, sizeof(void *)),
	MAY(page, slab_cache, page_cache, sizeof(void *)),
	MAY(kmem_cache, cpu_slab, cpu_slab, sizeof(void *)),
	MAY(kmem_cache_cpu, partial, cpu_partial, sizeof(void *)),
	MAY(slab, slabs, slab_slabs, sizeof(int)),
	MAY(page, pages, page_pages, sizeof(int)),
	MAY(kmem_cache, cpu_sheaves, cpu_sheaves, sizeof(void *)),
	MAY(slub_percpu_sheaves, main, main, sizeof(void *)),
	MAY(slub_percpu_sheaves, spare, spare, sizeof(void *)),
	MAY(slab_sheaf, cache, sheaf_cache, sizeof(void *)),
	MAY(slab_sheaf, size, sheaf_size, sizeof(unsigned int)),
	MAY(kmem_cache, sheaf_capacity, sheaf_capacity, sizeof(unsigned int)),
	MAY(node_barn, nr_full, nr_full, sizeof(unsigned int)),
};

static bool has(u32 offset)
{
	return offset != PFNSCOPE_BTF_ABSENT;
}

/* Where in the counters word of @type the field @name lies. */
static bool find_field(const char *type, const char *name, struct field *field)
{
	struct pfnscope_btf_member word;
	struct pfnscope_btf_member m;

	if (pfnscope_btf_member(type, "counters", &word) ||
	    pfnscope_btf_member(type, name, &m) ||
	    m.bit_offset < word.bit_offset)
		return false;
	field->shift = m.bit_offset - word.bit_offset;
	field->bits = m.bitfield_bits ?: m.size * BITS_PER_BYTE;
	return field->shift + field->bits <= BITS_PER_LONG &&
	       field->bits < BITS_PER_LONG;
}

static bool find_slab(void)
{
	const char *type = has(off.slab_counters) ? "slab" : "page";

	link_offset = has(off.slab_list) ? off.slab_list : off.page_list;
	counters_offset = has(off.slab_counters) ? off.slab_counters :
						  off.page_counters;
	cache_offset = has(off.slab_cache) ? off.slab_cache : off.page_cache;
	return has(link_offset) && has(counters_offset) &&
	       has(cache_offset) &&
	       cache_offset + sizeof(void *) <= sizeof(struct page) &&
	       find_field(type, "inuse", &inuse) &&
	       find_field(type, "objects", &objects);
}

/* The array of nodes: of pointers, or of structs since there are barns. */
static bool find_nodes(void)
{
	struct pfnscope_btf_member m;
	const char *array = has(off.per_node) ? "per_node" : "node";

	per_node_stride = sizeof(void *);
	if (has(off.per_node) &&
	    (!has(off.per_node_node) ||
	     pfnscope_btf_struct_size("kmem_cache_per_node_ptrs",
				      &per_node_stride)))
		return false;
	return !pfnscope_btf_member("kmem_cache", array, &m) &&
	       m.size / per_node_stride >= nr_node_ids;
}

static const char *find_all(void)
{
	const char *reason;

	if (!pfnscope_btf_available(&reason))
		return reason;
	if (pfnscope_btf_offsets(wants, ARRAY_SIZE(wants)) || !find_slab() ||
	    !find_nodes())
		return "the BTF does not describe this kernel's slab caches";
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SLAB_CACHES) ?:
	       pfnscope_symbol_missing(PFNSCOPE_SYMBOL_SLAB_MUTEX);
}

/**
 * pfnscope_slab_init - ask for the layouts, while the BTF is loaded
 */
void pfnscope_slab_init(void)
{
	unavailable = find_all();
}

/**
 * pfnscope_slab_unavailable - why caches cannot be read; NULL if they can
 *
 * Nothing below may be called otherwise.
 */
const char *pfnscope_slab_unavailable(void)
{
	return unavailable;
}

/* The member of type TYPE at @offset in what @base points to. */
#define MEMBER(TYPE, base, offset) \
	READ_ONCE(*(TYPE *)((char *)(base) + (offset)))

static struct mutex *slab_mutex(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SLAB_MUTEX);
}

/**
 * pfnscope_slab_lock - keep the list of caches as it is, by slab_mutex
 *
 * May wait for long, as cache creation holds it.
 *
 * Return: 0, or -EINTR when the task is being killed.
 */
int pfnscope_slab_lock(void)
{
	return mutex_lock_killable(slab_mutex());
}

/* The same without waiting: false where it is taken. */
bool pfnscope_slab_trylock(void)
{
	return mutex_trylock(slab_mutex());
}

void pfnscope_slab_unlock(void)
{
	mutex_unlock(slab_mutex());
}

/* The head of the list of caches. */
struct list_head *pfnscope_slab_list(void)
{
	return pfnscope_symbol_address(PFNSCOPE_SYMBOL_SLAB_CACHES);
}

/* The cache that a place in the list belongs to. */
struct pfnscope_slab_cache *pfnscope_slab_cache(struct list_head *link)
{
	return (void *)((char *)link - off.list);
}

static struct kobject *cache_kobject(struct pfnscope_slab_cache *cache)
{
	return (void *)((char *)cache + off.kobj);
}

/**
 * pfnscope_slab_get - keep a cache, its nodes and its name from being freed
 * @cache: on the list, which is locked
 *
 * As an open file of /sys/kernel/slab does: a cache that is destroyed meanwhile
 * is emptied and leaves the list, its structs stay until pfnscope_slab_put().
 *
 * Return: false where it is just coming or going.
 */
bool pfnscope_slab_get(struct pfnscope_slab_cache *cache)
{
	struct kobject *kobj = cache_kobject(cache);

	return kobj->state_initialized && kobject_get_unless_zero(kobj);
}

/**
 * pfnscope_slab_put - the counterpart; may free the cache, may sleep
 * @cache: from pfnscope_slab_get()
 */
void pfnscope_slab_put(struct pfnscope_slab_cache *cache)
{
	kobject_put(cache_kobject(cache));
}

/* Its name, valid as long as the cache. */
const char *pfnscope_slab_name(struct pfnscope_slab_cache *cache)
{
	return MEMBER(const char *, cache, off.name);
}

/**
 * pfnscope_slab_shape - what the cache is
 * @cache: from pfnscope_slab_get()
 * @shape: filled; its name is valid as long as the cache
 */
void pfnscope_slab_shape(struct pfnscope_slab_cache *cache,
			 struct pfnscope_slab_shape *shape)
{
	unsigned int oo = MEMBER(unsigned int, cache, off.oo);
	unsigned int min = MEMBER(unsigned int, cache, off.min);

	shape->name = pfnscope_slab_name(cache);
	shape->flags = MEMBER(unsigned int, cache, off.flags);
	shape->object_size = MEMBER(unsigned int, cache, off.object_size);
	shape->size = MEMBER(unsigned int, cache, off.size);
	shape->order = oo >> OO_SHIFT;
	shape->objects = oo & OO_MASK;
	shape->min_order = min >> OO_SHIFT;
	shape->min_objects = min & OO_MASK;
	/* Negative where the cache must not be merged. */
	shape->aliases = max(MEMBER(int, cache, off.refcount) - 1, 0);
}

/* Do its slabs count as reclaimable? */
bool pfnscope_slab_reclaimable(struct pfnscope_slab_cache *cache)
{
	return MEMBER(unsigned int, cache, off.flags) &
	       (__force unsigned int)SLAB_RECLAIM_ACCOUNT;
}

/**
 * pfnscope_slab_page_cache - which cache a slab belongs to
 * @head: its first page, without a reference
 *
 * Return: something to compare with, not to be followed; NULL if not known.
 */
const void *pfnscope_slab_page_cache(const struct page *head)
{
	return unavailable ? NULL : MEMBER(const void *const, head, cache_offset);
}

/**
 * pfnscope_slab_node - a cache's part on one node
 * @cache: from pfnscope_slab_get()
 * @node: has memory, and the hotplug lock is held: up to 5.11 the part is freed
 *	when the node's last memory goes offline
 *
 * Return: NULL where the cache has none.
 */
struct pfnscope_slab_node *pfnscope_slab_node(struct pfnscope_slab_cache *cache,
					      int node)
{
	u32 offset = has(off.per_node) ? off.per_node + off.per_node_node :
					off.node;

	return MEMBER(void *, cache, offset + node * per_node_stride);
}

/* Slabs of all kinds. */
unsigned long pfnscope_slab_nr_slabs(struct pfnscope_slab_node *n)
{
	return MEMBER(unsigned long, n, off.nr_slabs);
}

/* Objects of all slabs, free ones included. */
unsigned long pfnscope_slab_nr_objects(struct pfnscope_slab_node *n)
{
	return MEMBER(unsigned long, n, off.total_objects);
}

/* Slabs with free objects that the node keeps on its list. */
unsigned long pfnscope_slab_nr_partial(struct pfnscope_slab_node *n)
{
	return MEMBER(unsigned long, n, off.nr_partial);
}

static unsigned long field_value(unsigned long word, const struct field *field)
{
	return word >> field->shift & ((1UL << field->bits) - 1);
}

static unsigned long free_objects(const struct list_head *link)
{
	const char *slab = (const char *)link - link_offset;
	unsigned long word = MEMBER(const unsigned long, slab, counters_offset);
	unsigned long all = field_value(word, &objects);
	unsigned long used = field_value(word, &inuse);

	return all > used ? all - used : 0;
}

static void walk_some(const struct list_head *head, bool forward,
		      unsigned long max, struct pfnscope_slab_partial *partial)
{
	const struct list_head *link = head;

	while (max--) {
		link = forward ? link->next : link->prev;
		if (link == head)
			return;
		partial->free += free_objects(link);
		partial->walked++;
	}
}

/**
 * pfnscope_slab_walk_partial - count the free objects of partial slabs
 * @n: from pfnscope_slab_node()
 * @partial: filled; no more than PARTIAL_MAX slabs are looked at
 *
 * Takes the node's list_lock with interrupts off, once, or not at all where the
 * list is empty.
 */
void pfnscope_slab_walk_partial(struct pfnscope_slab_node *n,
				struct pfnscope_slab_partial *partial)
{
	const struct list_head *head = (void *)((char *)n + off.partial);
	spinlock_t *lock = (void *)((char *)n + off.list_lock);
	unsigned long flags;
	u64 start;

	memset(partial, 0, sizeof(*partial));
	if (!pfnscope_slab_nr_partial(n))
		return;
	spin_lock_irqsave(lock, flags);
	start = pfnscope_clock_now();
	if (pfnscope_slab_nr_partial(n) <= PARTIAL_MAX) {
		walk_some(head, true, PARTIAL_MAX, partial);
	} else {
		walk_some(head, true, PARTIAL_MAX / 2, partial);
		walk_some(head, false, PARTIAL_MAX / 2, partial);
	}
	partial->hold_ns = pfnscope_clock_since(start);
	spin_unlock_irqrestore(lock, flags);
}

static const void *node_barn(struct pfnscope_slab_node *n)
{
	return n ? MEMBER(void *, n, off.in_node_barn) : NULL;
}

/**
 * pfnscope_slab_barn_objects - free objects kept in the full sheaves of a node
 * @cache: from pfnscope_slab_get()
 * @node: as in pfnscope_slab_node()
 *
 * Return: PFNSCOPE_UNKNOWN before there were barns.
 */
u64 pfnscope_slab_barn_objects(struct pfnscope_slab_cache *cache, int node)
{
	const void *barn;

	if (!has(off.nr_full) || !has(off.sheaf_capacity))
		return PFNSCOPE_UNKNOWN;
	if (has(off.per_node_barn))
		barn = MEMBER(void *, cache, off.per_node + off.per_node_barn +
			      node * per_node_stride);
	else if (has(off.in_node_barn))
		barn = node_barn(pfnscope_slab_node(cache, node));
	else
		return PFNSCOPE_UNKNOWN;
	if (!barn)
		return 0;
	return (u64)MEMBER(const unsigned int, barn, off.nr_full) *
	       MEMBER(unsigned int, cache, off.sheaf_capacity);
}

/*
 * A sheaf may change hands or be freed while it is looked at. What is read
 * then is not used: it must still be this cache's, and not hold more than it
 * can.
 */
static unsigned int sheaf_objects(struct pfnscope_slab_cache *cache,
				  const void *sheaf)
{
	unsigned int capacity = MEMBER(unsigned int, cache, off.sheaf_capacity);
	unsigned int size;
	void *owner;

	if (!sheaf ||
	    copy_from_kernel_nofault(&size, sheaf + off.sheaf_size,
				     sizeof(size)) ||
	    copy_from_kernel_nofault(&owner, sheaf + off.sheaf_cache,
				     sizeof(owner)))
		return 0;
	return owner == cache && size <= capacity ? size : 0;
}

/**
 * pfnscope_slab_cpu_objects - free objects kept in the sheaves of a CPU
 * @cache: from pfnscope_slab_get()
 * @cpu: a possible CPU
 *
 * Return: PFNSCOPE_UNKNOWN before there were sheaves.
 */
u64 pfnscope_slab_cpu_objects(struct pfnscope_slab_cache *cache, int cpu)
{
	void __percpu *sheaves;
	void *mine;

	if (!has(off.cpu_sheaves) || !has(off.main) || !has(off.spare) ||
	    !has(off.sheaf_cache) || !has(off.sheaf_size) ||
	    !has(off.sheaf_capacity))
		return PFNSCOPE_UNKNOWN;
	sheaves = MEMBER(void __percpu *, cache, off.cpu_sheaves);
	if (!sheaves)
		return 0;
	mine = per_cpu_ptr(sheaves, cpu);
	return sheaf_objects(cache, MEMBER(void *, mine, off.main)) +
	       sheaf_objects(cache, MEMBER(void *, mine, off.spare));
}

/**
 * pfnscope_slab_cpu_slabs - slabs on the partial list of a CPU
 * @cache: from pfnscope_slab_get()
 * @cpu: a possible CPU
 *
 * The first slab of the list carries the number; it is believed if it is still
 * the first one afterwards.
 *
 * Return: PFNSCOPE_UNKNOWN where CPUs keep no slabs.
 */
u64 pfnscope_slab_cpu_slabs(struct pfnscope_slab_cache *cache, int cpu)
{
	u32 offset = has(off.slab_slabs) ? off.slab_slabs : off.page_pages;
	const void *first;
	void *mine;
	int slabs;

	if (!has(off.cpu_slab) || !has(off.cpu_partial) || !has(offset))
		return PFNSCOPE_UNKNOWN;
	mine = per_cpu_ptr(MEMBER(void __percpu *, cache, off.cpu_slab), cpu);
	first = MEMBER(void *, mine, off.cpu_partial);
	if (!first ||
	    copy_from_kernel_nofault(&slabs, first + offset, sizeof(slabs)) ||
	    first != MEMBER(void *, mine, off.cpu_partial) ||
	    slabs < 0 || slabs > CPU_SLABS_MAX)
		return 0;
	return slabs;
}
