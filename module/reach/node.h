/* SPDX-License-Identifier: GPL-2.0-only */
/* From a node id to what the kernel knows about the node. */
#ifndef PFNSCOPE_REACH_NODE_H
#define PFNSCOPE_REACH_NODE_H

#include <linux/mmzone.h>
#include <linux/nodemask.h>

/**
 * pfnscope_node - the pglist_data of an online node
 * @node: below nr_node_ids
 *
 * Without CONFIG_NUMA there is one, contig_page_data, which is exported.
 * No lock is needed: it is published before the node goes online and is not
 * freed when the node goes offline.
 *
 * Return: NULL when the node is not online.
 */
static inline struct pglist_data *pfnscope_node(int node)
{
#ifdef CONFIG_NUMA
	return node_online(node) ? READ_ONCE(NODE_DATA(node)) : NULL;
#else
	return node_online(node) ? NODE_DATA(node) : NULL;
#endif
}

#endif /* PFNSCOPE_REACH_NODE_H */
