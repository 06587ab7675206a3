// SPDX-License-Identifier: GPL-2.0-only
/* The assembler takes the page in: no step of the build, no tool but the compiler. */
#include "map/page.h"

#define EMBED(symbol, file)				\
	__asm__(".pushsection .rodata\n"		\
		".global " #symbol "\n"			\
		".type " #symbol ", %object\n"		\
		#symbol ":\n"				\
		".incbin \"" file "\"\n"		\
		".byte 0\n"				\
		".size " #symbol ", . - " #symbol "\n"	\
		".popsection\n")

EMBED(pfnscope_page_html, "map/page.html");
EMBED(pfnscope_page_css, "map/page.css");
EMBED(pfnscope_page_js, "map/page.js");
