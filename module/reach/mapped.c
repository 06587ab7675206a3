// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc_to_page() is for addresses that stay mapped: a page table that was
 * emptied may be given back for a huge mapping. So every entry is copied here
 * without trusting the table that it lies in, and what a table given back meanwhile
 * holds is taken for page frames: of these, only those are believed that the scan
 * finds in use by the kernel.
 */
#include <linux/mm.h>
#include <linux/mm_types.h>
#include <linux/pgtable.h>
#include <linux/uaccess.h>

#include "mapped.h"
#include "symbol.h"

/* Where a look-up came out: the end of what one entry is for, and its frame. */
struct entry {
	unsigned long end;
	unsigned long pfn;
	bool present;
};

static void found(struct entry *entry, unsigned long address,
		  unsigned long size, unsigned long pfn)
{
	entry->pfn = pfn + ((address & (size - 1)) >> PAGE_SHIFT);
	entry->present = true;
}

static void look_pte(pmd_t pmd, unsigned long address, struct entry *entry)
{
	pte_t pte;

	entry->end = (address & PAGE_MASK) + PAGE_SIZE;
	if (get_kernel_nofault(pte, pte_offset_kernel(&pmd, address)))
		return;
	if (pte_present(pte))
		found(entry, address, PAGE_SIZE, pte_pfn(pte));
}

static void look_pmd(pud_t *at, pud_t pud, unsigned long address,
		     unsigned long end, struct entry *entry)
{
	pmd_t pmd;

	entry->end = pmd_addr_end(address, end);
	if (get_kernel_nofault(pmd, pmd_offset_lockless(at, pud, address)) ||
	    pmd_none(pmd) || !pmd_present(pmd))
		return;
	if (pmd_leaf(pmd))
		found(entry, address, PMD_SIZE, pmd_pfn(pmd));
	else
		look_pte(pmd, address, entry);
}

static void look_pud(p4d_t *at, p4d_t p4d, unsigned long address,
		     unsigned long end, struct entry *entry)
{
	pud_t *next = pud_offset_lockless(at, p4d, address);
	pud_t pud;

	entry->end = pud_addr_end(address, end);
	if (get_kernel_nofault(pud, next) || pud_none(pud) || !pud_present(pud))
		return;
	if (pud_leaf(pud))
		found(entry, address, PUD_SIZE, pud_pfn(pud));
	else
		look_pmd(next, pud, address, end, entry);
}

static void look(unsigned long address, unsigned long end, struct entry *entry)
{
	struct mm_struct *kernel =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_INIT_MM);
	pgd_t *top = pgd_offset(kernel, address);
	p4d_t *next;
	pgd_t pgd;
	p4d_t p4d;

	entry->present = false;
	entry->end = pgd_addr_end(address, end);
	if (get_kernel_nofault(pgd, top) || pgd_none(pgd) || !pgd_present(pgd))
		return;
	next = p4d_offset_lockless(top, pgd, address);
	entry->end = p4d_addr_end(address, end);
	if (get_kernel_nofault(p4d, next) || p4d_none(p4d) || !p4d_present(p4d))
		return;
	look_pud(next, p4d, address, end, entry);
}

/**
 * pfnscope_mapped_unavailable - why the kernel's page tables cannot be read
 *
 * Return: the reason, NULL if they can.
 */
const char *pfnscope_mapped_unavailable(void)
{
	return pfnscope_symbol_missing(PFNSCOPE_SYMBOL_INIT_MM);
}

/**
 * pfnscope_mapped_next - the page frames of the next address that has one
 * @address: from where on; moved behind what was found, or to @end
 * @end: where to stop
 * @mapped: filled: what one entry of the page tables names
 *
 * Return: false where there is none any more.
 */
bool pfnscope_mapped_next(unsigned long *address, unsigned long end,
			  struct pfnscope_mapped *mapped)
{
	struct entry entry;
	unsigned long at;

	while (*address < end) {
		at = *address;
		look(at, end, &entry);
		*address = min(entry.end, end);
		if (!entry.present)
			continue;
		mapped->pfn = entry.pfn;
		mapped->pages = DIV_ROUND_UP(*address - at, PAGE_SIZE);
		return true;
	}
	return false;
}
