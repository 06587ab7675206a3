// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lets the allocations of a module's init fail, one a load: while the init of the
 * module named by the parameter module runs, allocation number nth of the loading
 * task fails. What was allocated before is the loader's business.
 * /proc/thread-self/fail-nth then says how many were left: 0 where one has failed.
 */
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/sched.h>
#include <linux/string.h>

static char *module = "pfnscope";
module_param(module, charp, 0400);
static unsigned int nth;
module_param(nth, uint, 0600);

static struct module *coming;

static int module_comes(struct notifier_block *block, unsigned long state, void *data)
{
	struct module *mod = data;

	if (!strcmp(mod->name, module))
		WRITE_ONCE(coming, state == MODULE_STATE_COMING ? mod : NULL);
	return NOTIFY_OK;
}

static int init_begins(struct kprobe *probe, struct pt_regs *regs)
{
#ifdef CONFIG_FAULT_INJECTION
	const struct module *mod = READ_ONCE(coming);

	if (mod && within_module(regs_get_kernel_argument(regs, 0), mod))
		WRITE_ONCE(current->fail_nth, nth);
#endif
	return 0;
}

static struct notifier_block notifier = { .notifier_call = module_comes };
static struct kprobe probe = { .symbol_name = "do_one_initcall", .pre_handler = init_begins };

static int __init failnth_init(void)
{
	int ret;

	if (!IS_ENABLED(CONFIG_FAULT_INJECTION))
		return -EOPNOTSUPP;
	ret = register_kprobe(&probe);
	if (ret)
		return ret;
	ret = register_module_notifier(&notifier);
	if (ret)
		unregister_kprobe(&probe);
	return ret;
}

static void __exit failnth_exit(void)
{
	unregister_module_notifier(&notifier);
	unregister_kprobe(&probe);
}

module_init(failnth_init);
module_exit(failnth_exit);
MODULE_DESCRIPTION("Allocations of a module's init that fail");
MODULE_LICENSE("GPL");
