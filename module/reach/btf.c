// SPDX-License-Identifier: GPL-2.0-only
/*
 * Obtains the running kernel's BTF and answers from it while the module loads.
 * In place it costs an index of about 1 MiB for some milliseconds; the copy
 * from sysfs, for kernels whose symbols cannot be looked up, 3 to 6 MiB more.
 */
#include <linux/moduleparam.h>
#include <linux/security.h>
#include <linux/vmalloc.h>

#include "btf.h"
#include "readfile.h"
#include "symbol.h"

#define BTF_FILE	"/sys/kernel/btf/vmlinux"

/*
 * Where an offset points decides what is locked and written to, so that whoever
 * chooses the BTF may write anywhere. Under lockdown nobody may: such a parameter
 * is refused then.
 */
static char *btf;
module_param_hw_named(btf, btf, charp, other, 0400);
MODULE_PARM_DESC(btf, "file with the BTF of the running kernel, if the kernel does not carry it");

static struct pfnscope_btf_blob blob;
static void *copy;
static bool indexed;
static const char *source = "none";
static const char *reason = "the BTF was not loaded";

static int open_file(const char *path)
{
	size_t len;
	int err = pfnscope_readfile(path, &copy, &len);

	if (err) {
		reason = err == -ENOENT ? "the BTF file cannot be opened" :
					  "the BTF file cannot be read";
		return err;
	}
	source = path;
	err = pfnscope_btf_blob_open(&blob, copy, len);
	reason = blob.reason;
	return err;
}

/*
 * The symbol's size is the distance to the next symbol, which bounds the blob
 * independently of what its header says.
 */
static int open_in_place(void)
{
	const void *start = pfnscope_symbol_address(PFNSCOPE_SYMBOL_BTF);

	if (!start)
		return -ENOENT;
	source = "in place";
	return pfnscope_btf_blob_open(&blob, start,
				      pfnscope_symbol_size(PFNSCOPE_SYMBOL_BTF));
}

static int obtain(void)
{
	if (btf)
		return open_file(btf);
	if (!IS_ENABLED(CONFIG_DEBUG_INFO_BTF)) {
		reason = "this kernel carries no BTF: CONFIG_DEBUG_INFO_BTF is off";
		return -ENOENT;
	}
	if (!open_in_place())
		return 0;
	/* Any file can be mounted over it. */
	if (security_locked_down(LOCKDOWN_MODULE_PARAMETERS)) {
		reason = "lockdown forbids to take the BTF from a file";
		return -EPERM;
	}
	return open_file(BTF_FILE);
}

static int make_index(void)
{
	int err;

	blob.offsets = vmalloc(array_size(blob.max_types, sizeof(u32)));
	blob.names = vzalloc(array_size(blob.name_slots, sizeof(u32)));
	if (!blob.offsets || !blob.names) {
		reason = "no memory for the BTF index";
		return -ENOMEM;
	}
	err = pfnscope_btf_blob_index(&blob);
	reason = blob.reason;
	return err;
}

/**
 * pfnscope_btf_load - find the BTF and index it
 *
 * Call after pfnscope_symbol_init(), from a context that may sleep. Without
 * BTF the module still loads; what needs it says so.
 *
 * Return: 0, or a negative error; pfnscope_btf_available() then has the reason.
 */
int pfnscope_btf_load(void)
{
	int err = obtain();

	if (!err)
		err = make_index();
	indexed = !err;
	if (err)
		pfnscope_btf_release();
	return err;
}

/**
 * pfnscope_btf_release - give the index and the copy back
 *
 * Later questions are answered with -ENODATA. May be called at any time and
 * more than once.
 */
void pfnscope_btf_release(void)
{
	vfree(blob.offsets);
	vfree(blob.names);
	vfree(copy);
	copy = NULL;
	memset(&blob, 0, sizeof(blob));
}

/**
 * pfnscope_btf_available - whether the running kernel's BTF was understood
 * @why: the reason where it was not; may be NULL
 *
 * The answer stays after pfnscope_btf_release().
 */
bool pfnscope_btf_available(const char **why)
{
	if (why)
		*why = indexed ? NULL : reason;
	return indexed;
}

/**
 * pfnscope_btf_source - where the BTF was found, for a reader
 */
const char *pfnscope_btf_source(void)
{
	return indexed ? source : "none";
}

/**
 * pfnscope_btf_enum - pfnscope_btf_blob_enum() of the running kernel
 * @enum_name: name of the enum
 * @enumerator: name in it
 * @value: the answer
 *
 * Return: as there, or -ENODATA without BTF.
 */
int pfnscope_btf_enum(const char *enum_name, const char *enumerator,
		      s64 *value)
{
	if (!blob.names)
		return -ENODATA;
	return pfnscope_btf_blob_enum(&blob, enum_name, enumerator, value);
}

/**
 * pfnscope_btf_struct_size - pfnscope_btf_blob_struct_size() of the running kernel
 * @name: of the struct or union
 * @size: the answer, in bytes
 *
 * Return: as there, or -ENODATA without BTF.
 */
int pfnscope_btf_struct_size(const char *name, u32 *size)
{
	if (!blob.names)
		return -ENODATA;
	return pfnscope_btf_blob_struct_size(&blob, name, size);
}

/**
 * pfnscope_btf_member - pfnscope_btf_blob_member() of the running kernel
 * @struct_name: name of the struct or union
 * @member: name in it
 * @m: the answer
 *
 * Return: as there, or -ENODATA without BTF.
 */
int pfnscope_btf_member(const char *struct_name, const char *member,
			struct pfnscope_btf_member *m)
{
	if (!blob.names)
		return -ENODATA;
	return pfnscope_btf_blob_member(&blob, struct_name, member, m);
}

/**
 * pfnscope_btf_tracepoint_arity - pfnscope_btf_blob_tracepoint_arity() of the
 * running kernel
 * @name: of the tracepoint
 *
 * Return: as there, or -ENODATA without BTF.
 */
int pfnscope_btf_tracepoint_arity(const char *name)
{
	if (!blob.names)
		return -ENODATA;
	return pfnscope_btf_blob_tracepoint_arity(&blob, name);
}

static int find_offset(const struct pfnscope_btf_want *want)
{
	struct pfnscope_btf_member m;
	int err = pfnscope_btf_member(want->type, want->member, &m);

	*want->offset = PFNSCOPE_BTF_ABSENT;
	if (err == -ENOENT && want->optional)
		return 0;
	if (err)
		return err;
	if (m.bitfield_bits || m.bit_offset % BITS_PER_BYTE ||
	    (want->size && m.size != want->size))
		return -EINVAL;
	*want->offset = m.bit_offset / BITS_PER_BYTE;
	return 0;
}

/**
 * pfnscope_btf_offsets - find several members at once
 * @wants: what to find
 * @count: how many
 *
 * Return: 0 where every one is there, or optional; else the error of the first
 * that is missing or has another size than wanted.
 */
int pfnscope_btf_offsets(const struct pfnscope_btf_want *wants,
			 unsigned int count)
{
	unsigned int i;
	int first = 0;
	int err;

	for (i = 0; i < count; i++) {
		err = find_offset(&wants[i]);
		if (!first)
			first = err;
	}
	return first;
}
