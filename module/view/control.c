// SPDX-License-Identifier: GPL-2.0-only
/*
 * control/: the switches, apart from the files that are only read, because a file
 * that can be written may not be opened under lockdown. Each is a decimal number
 * and nothing else; what is not is refused and changes nothing.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>

#include "view/incidents.h"
#include "view/pin.h"
#include "view/view.h"

/**
 * struct control - a switch
 * @name: of its file
 * @get: the number it has
 * @set: 0 or a negative errno, and then it has the number it had
 */
struct control {
	const char *name;
	unsigned int (*get)(void);
	int (*set)(unsigned int number);
};

static unsigned int failures_get(void)
{
	return pfnscope_failures_on();
}

static int failures_set(unsigned int number)
{
	return number > 1 ? -EINVAL : pfnscope_failures_set(number);
}

static const struct control controls[] = {
	{ "incidents", pfnscope_incidents_size, pfnscope_incidents_set },
	{ "failures", failures_get, failures_set },
};

static struct dentry *directory;

static ssize_t control_read(struct file *filp, char __user *buffer,
			    size_t count, loff_t *pos)
{
	const struct control *control = file_inode(filp)->i_private;
	char text[16];
	int length;

	length = scnprintf(text, sizeof(text), "%u\n", control->get());
	return simple_read_from_buffer(buffer, count, pos, text, length);
}

/* Digits, then a newline or not. */
static int parse(char *text, size_t length, unsigned int *number)
{
	if (length && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	if (!isdigit(text[0]) || strlen(text) != length)
		return -EINVAL;
	return kstrtouint(text, 10, number) ? -EINVAL : 0;
}

static ssize_t control_write(struct file *filp, const char __user *buffer,
			     size_t count, loff_t *pos)
{
	const struct control *control = file_inode(filp)->i_private;
	unsigned int number;
	char text[16];
	int ret;

	if (*pos || !count || count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buffer, count))
		return -EFAULT;
	ret = parse(text, count, &number);
	if (!ret)
		ret = control->set(number);
	return ret ? ret : count;
}

static int control_open(struct inode *inode, struct file *filp)
{
	struct file *pin = pfnscope_pin();

	if (IS_ERR(pin))
		return PTR_ERR(pin);
	filp->private_data = pin;
	return 0;
}

static int control_release(struct inode *inode, struct file *filp)
{
	pfnscope_unpin(filp->private_data);
	return 0;
}

static const struct file_operations control_fops = {
	.open = control_open,
	.read = control_read,
	.write = control_write,
	.llseek = default_llseek,
	.release = control_release,
};

/**
 * pfnscope_control_init - create the switches, all off
 * @parent: directory of the module; an error pointer without debugfs
 *
 * A switch without memory for its file is missing, and the log says so.
 */
void pfnscope_control_init(struct dentry *parent)
{
	struct dentry *file;
	unsigned int i;

	pfnscope_incident_files_init();
	directory = debugfs_create_dir("control", parent);
	for (i = 0; i < ARRAY_SIZE(controls); i++) {
		file = debugfs_create_file(controls[i].name, 0600, directory,
					   (void *)&controls[i], &control_fops);
		if (IS_ERR(file) && !IS_ERR(parent))
			pr_warn("no file control/%s: error %ld\n",
				controls[i].name, PTR_ERR(file));
	}
}

/**
 * pfnscope_control_exit - remove the switches, then switch off
 */
void pfnscope_control_exit(void)
{
	debugfs_remove(directory);
	pfnscope_incidents_exit();
}
