// SPDX-License-Identifier: GPL-2.0-only
/* v6.7: get_file_rcu() reads the pointer itself, because files are reused */
#include <linux/file.h>
#include <linux/fs.h>

struct file *probe(struct file __rcu **place);
struct file *probe(struct file __rcu **place)
{
	return get_file_rcu(place);
}
