/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the module and the command agree on besides the text itself: file
 * names and limits. Constants only; each view's format version is on the first
 * line of its file.
 */
#ifndef PFNSCOPE_UAPI_H
#define PFNSCOPE_UAPI_H

#define PFNSCOPE_VERSION	"1.0.0"

/* Directory below the debugfs mount, and the summary below the procfs mount. */
#define PFNSCOPE_DEBUGFS_DIR	"pfnscope"
#define PFNSCOPE_PROC_FILE	"pfnscope"

/* First word of every file. */
#define PFNSCOPE_MAGIC		"pfnscope"

/* A cell that is not known here, and an empty list. */
#define PFNSCOPE_CELL_UNKNOWN	"-"
#define PFNSCOPE_CELL_NONE	"none"

/* Beginning of the line that stands in for rows which cannot be had. */
#define PFNSCOPE_UNAVAILABLE	"# unavailable: "

/* Beginning of what is said in place of rows while a switch is off. */
#define PFNSCOPE_SWITCHED_OFF	"switched off"

#endif /* PFNSCOPE_UAPI_H */
