/* SPDX-License-Identifier: GPL-2.0-only */
/* Quoted-printable, in which mail goes over the wire. */
#ifndef PFNSCOPE_OOMLOG_MAIL_H
#define PFNSCOPE_OOMLOG_MAIL_H

#include <stdbool.h>
#include <stddef.h>

/* Stands for a newline that was undone, at the start of the next line. */
#define PFNSCOPE_MAIL_MARK	'\1'

/**
 * struct pfnscope_mail - what was seen of a text
 * @encoded: it is quoted-printable
 * @undone: newlines undone in the present line
 */
struct pfnscope_mail {
	bool encoded;
	size_t undone;
};

size_t pfnscope_mail_decode(struct pfnscope_mail *mail, char *text,
			    size_t *filled, size_t size, bool last);

static inline bool pfnscope_mail_is_mark(const struct pfnscope_mail *mail, char c)
{
	return c == PFNSCOPE_MAIL_MARK && mail->encoded;
}

#endif
