// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares one compiled struct with the BTF. Apart from the table of structs,
 * so that it is tested in user space on BTF that was altered.
 */
#include "layout.h"

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/kernel.h>
#else
#include <errno.h>
#include <stdio.h>
#endif

static int compare_size(const struct pfnscope_layout *layout, char *message,
			size_t len)
{
	u32 size;
	int err = pfnscope_btf_struct_size(layout->name, &size);

	if (err == -ENOENT)
		snprintf(message, len,
			 "struct %s: compiled with %u bytes, the running kernel has none",
			 layout->name, layout->size);
	else if (err)
		snprintf(message, len,
			 "struct %s: the running kernel's BTF gives no single size",
			 layout->name);
	else if (size != layout->size)
		snprintf(message, len,
			 "struct %s: compiled with %u bytes, %u in the running kernel",
			 layout->name, layout->size, size);
	else
		return 0;
	return -EINVAL;
}

static int compare_member(const struct pfnscope_layout *layout, char *message,
			  size_t len)
{
	struct pfnscope_btf_member m;

	if (pfnscope_btf_member(layout->name, layout->member, &m))
		snprintf(message, len,
			 "struct %s: the running kernel has no member %s",
			 layout->name, layout->member);
	else if (m.bit_offset != (u64)layout->offset * 8)
		snprintf(message, len,
			 "struct %s: %s compiled at byte %u, at %u in the running kernel",
			 layout->name, layout->member, layout->offset,
			 m.bit_offset / 8);
	else
		return 0;
	return -EINVAL;
}

/**
 * pfnscope_layout_compare - one fact as compiled against the running kernel
 * @layout: as compiled
 * @message: says what differs, and names the struct
 * @len: size of @message, PFNSCOPE_LAYOUT_MESSAGE is enough
 *
 * Return: 0 where they agree, -EINVAL with @message written where not.
 */
int pfnscope_layout_compare(const struct pfnscope_layout *layout,
			    char *message, size_t len)
{
	if (layout->member)
		return compare_member(layout, message, len);
	return layout->size ? compare_size(layout, message, len) : 0;
}
