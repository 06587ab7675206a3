/* SPDX-License-Identifier: GPL-2.0-only */
/* Every view, in the order in which `about` and `stats` list them. */
PFNSCOPE_VIEW(stats)
PFNSCOPE_VIEW(zones)
