/* SPDX-License-Identifier: GPL-2.0-only */
/* What keeps the module while one of its debugfs files is open. */
#ifndef PFNSCOPE_VIEW_PIN_H
#define PFNSCOPE_VIEW_PIN_H

#include <linux/fs.h>
#include <linux/seq_file.h>

struct file *pfnscope_pin(void);
void pfnscope_unpin(struct file *pin);

int pfnscope_single_open(struct file *filp,
			 int (*show)(struct seq_file *m, void *v), void *data);
void *pfnscope_single_data(const struct seq_file *m);
int pfnscope_single_release(struct inode *inode, struct file *filp);

#endif /* PFNSCOPE_VIEW_PIN_H */
