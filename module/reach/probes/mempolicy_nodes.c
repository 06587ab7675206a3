// SPDX-License-Identifier: GPL-2.0-only
/* v5.14: struct mempolicy has its nodes for every mode, not in a union */
#include <linux/mempolicy.h>

nodemask_t *probe(struct mempolicy *policy);
nodemask_t *probe(struct mempolicy *policy)
{
	return &policy->nodes;
}
