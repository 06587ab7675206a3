# SPDX-License-Identifier: GPL-2.0-only
# Prints the number of the first line of a kernel log in which the kernel complains; exits 0 where there is one, as grep
# does. allow= is a regex of complaints to pass over.
# The backtrace below an OOM or allocation-failure report is a report's, not a complaint; nor is that of a victim which is
# large and ends by itself while the reaper waits for it, as on a debug kernel.

BEGIN {
	complaint = "BUG:|WARNING: |UBSAN:|KASAN:|KCSAN:|Oops|Kernel panic|Call Trace:|general protection fault" \
		"|double fault|detected stall|self-detected|blocked for more than|soft lockup|hard LOCKUP" \
		"|scheduling while atomic|sleeping function called|Bad page|Bad rss-counter|list_(add|del) corruption" \
		"|refcount_t: |kmemleak: [0-9]+ new|Unknown symbol|unwind stack type|use-after-free|kernel BUG at|ODEBUG:"
}

/invoked oom-killer:|page allocation (failure|stalls)|vmalloc error: |oom_reaper: unable to reap/ { report = NR }
/Call Trace:/ && report && NR - report < 40 { report = 0; next }
allow != "" && $0 ~ allow { next }
$0 ~ complaint && !found { print NR; found = 1 }

END { exit !found }
