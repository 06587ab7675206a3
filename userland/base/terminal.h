/* SPDX-License-Identifier: GPL-2.0-only */
/* What stdout is shown on. */
#ifndef PFNSCOPE_BASE_TERMINAL_H
#define PFNSCOPE_BASE_TERMINAL_H

/**
 * struct pfnscope_terminal - what letters are written on
 * @columns: its width
 * @rows: its height, 0 for every row whatever the height
 * @colours: 0, 16 or 256
 */
struct pfnscope_terminal {
	unsigned int columns;
	unsigned int rows;
	unsigned int colours;
};

/* That of stdout: where it is no terminal, COLUMNS and LINES or 80 by 24. */
struct pfnscope_terminal pfnscope_terminal(void);

#endif
