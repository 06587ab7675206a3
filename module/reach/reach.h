/* SPDX-License-Identifier: GPL-2.0-only */
/* All that is found out about the running kernel while the module loads. */
#ifndef PFNSCOPE_REACH_H
#define PFNSCOPE_REACH_H

int pfnscope_reach_init(void);

#endif /* PFNSCOPE_REACH_H */
