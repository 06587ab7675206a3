/* SPDX-License-Identifier: GPL-2.0-only */
/* The assembler takes a file in as a string: no step of the build, no tool but the compiler. */
#ifndef PFNSCOPE_BASE_EMBED_H
#define PFNSCOPE_BASE_EMBED_H

#define PFNSCOPE_EMBED(symbol, file)			\
	__asm__(".pushsection .rodata\n"		\
		".global " #symbol "\n"			\
		".type " #symbol ", %object\n"		\
		#symbol ":\n"				\
		".incbin \"" file "\"\n"		\
		".byte 0\n"				\
		".size " #symbol ", . - " #symbol "\n"	\
		".popsection\n")

#endif
