// SPDX-License-Identifier: GPL-2.0-only
// The page of `pfnscope map --html`. data.js, which the command writes in its place, leaves these:
//
//   memory   {title, blockPages, blockSize, pageSize}
//   legend   of the classes that there are: {letter, name, help, light, dark, total}
//   zones    {node, zone, runs: [[pfn, blocks]...], blocks: a letter each, used: per cent each, why: index into names each}
//   names    who keeps a block from being freed; the first is nobody
//   inside   by the pfn of a block that --pages asked for: {classes: 'S3.509', charges: [cgroup, pages...]}
//   cgroups  paths, by the number that charges have; 0 is none
//   charged  whether the kernel tells cgroups
//   kinds    what a page may be: {letter, name, light, dark}
//
// A sheet is what is painted: a zone of blocks, or the pages of one block, which are a sheet made when it is opened.
/* global memory, legend, zones, names, inside, cgroups, charged, kinds */
'use strict';

const AXIS = 72;			// pixels for the addresses
const SIZES = [3, 4, 5, 6, 8, 10, 12, 16, 24];	// from a square to the next
const HEADING = 36;			// and for the name of a zone
const NEAR = 256;			// blocks that are shown around one
const GIB = 1024 ** 3;
const INK = { light: '#1f2430', dark: '#d7dce5' };	// of words and of the cursor

const byId = id => document.getElementById(id);
const dark = matchMedia('(prefers-color-scheme: dark)');
const classOf = new Map(legend.map(l => [l.letter, l]));
const kindOf = new Map(kinds.map(k => [k.letter, k]));
const hidden = new Set();		// letters of classes
const within = { runs: [], blocks: '', why: [] };	// the pages of a block
const sheets = [...zones, within];
const about = byId('about');

let place = {};				// what is looked at: nothing, {node}, {zone}, {zone, block} or the pages of that block
let cursor = null;			// {zone, block} of the keyboard and of the mouse; of pages, they are these
let matches = [];			// {zone, block} of the owner and the cgroup that are searched
let wantedCgroups = null;		// numbers of cgroups, nothing for any
let larger = 0;				// steps the user asked for
let printing = false;

const paper = () => dark.matches && !printing ? 'dark' : 'light';

function element(name, text, ...inside) {
	const made = document.createElement(name);

	if (text)
		made.textContent = text;
	made.append(...inside);
	return made;
}

// --- what a block is ---

function pfnOf(zone, block) {
	for (const [pfn, blocks] of zone.runs) {
		if (block < blocks)
			return pfn + block * (zone === within ? 1 : memory.blockPages);
		block -= blocks;
	}
}

const gib = pfn => (pfn * memory.pageSize / GIB).toFixed(3);
const lookOf = (sheet, at) => (sheet === within ? kindOf : classOf).get(sheet.blocks[at]);
const ownerOf = (zone, block) => names[zone.why[block]];

function describePage(page) {
	const cgroup = cgroups.get(within.why[page]);

	return `pfn ${pfnOf(within, page)}: ${lookOf(within, page).name}` + (cgroup ? `\ncharged to ${cgroup}` : '');
}

function describe({ zone, block }) {
	if (zone === within)
		return describePage(block);
	const pfn = pfnOf(zone, block), owner = ownerOf(zone, block), is = lookOf(zone, block);
	let more = '';

	if (inside.has(pfn))
		more = '\nEnter shows its pages';
	else if (place.block !== undefined)
		more = `\nits pages are not in this file (map --html --pages ${pfn})`;
	return `node ${zone.node} zone ${zone.zone}, pfn ${pfn}: ${is.name}, ${zone.used[block]}% in use` +
		`\n${gib(pfn)} GiB, ` + (owner ? `kept by ${owner}` : 'can be freed') + more;
}

// --- what is shown ---

function isShown(sheet) {
	if (place.pages || sheet === within)
		return sheet === within && !!place.pages;
	return place.zone ? sheet === place.zone : place.node === undefined || sheet.node === place.node;
}

// First block and how many: all of a zone, or the neighbours of the one that is looked at.
function partOf(zone) {
	const count = zone.blocks.length;

	if (place.block === undefined || zone === within)
		return [0, count];
	const first = Math.max(0, Math.min(place.block - NEAR / 2, count - NEAR));
	return [first, Math.min(NEAR, count - first)];
}

// In whole eights, so that addresses of lines are round.
function widthFor(step) {
	const room = Math.floor((document.body.clientWidth - AXIS) / step);

	return Math.max(8, room - room % 8);
}

// The largest squares of which all are seen at once, or the smallest.
function chooseStep() {
	const room = innerHeight - document.querySelector('header').offsetHeight - 32;
	const seen = sheets.filter(isShown).map(zone => partOf(zone)[1]);
	const height = step => seen.reduce((sum, count) => sum + HEADING + step * Math.ceil(count / widthFor(step)), 0);
	let at = SIZES.length - 1;

	while (at > 0 && height(SIZES[at]) > room)
		at--;
	return SIZES[Math.max(0, Math.min(SIZES.length - 1, at + larger))];
}

function lay(zone, step) {
	[zone.first, zone.count] = partOf(zone);
	zone.step = step;
	zone.width = zone === within ? 2 ** Math.floor(Math.log2(widthFor(step))) : widthFor(step);
}

// --- painting ---

function paintAxis(zone, pen) {
	const lines = Math.ceil(16 / zone.step), label = zone === within ? String : gib;

	pen.fillStyle = INK[paper()];
	pen.font = '12px sans-serif';
	pen.textAlign = 'right';
	for (let line = 0; line * zone.width < zone.count; line += lines)
		pen.fillText(label(pfnOf(zone, zone.first + line * zone.width)), AXIS - 8, line * zone.step + 11);
}

function paintBlock(zone, pen, block) {
	const at = block - zone.first, letter = zone.blocks[block], gap = zone.step > 3 ? 1 : 0;

	if (hidden.has(letter))
		return;
	pen.globalAlpha = letter === '.' || zone === within ? 1 : 0.3 + zone.used[block] / 143;
	if (zone.found && !zone.found.has(block))
		pen.globalAlpha *= 0.15;
	pen.fillStyle = lookOf(zone, block)[paper()];
	pen.fillRect(AXIS + at % zone.width * zone.step, Math.floor(at / zone.width) * zone.step, zone.step - gap, zone.step - gap);
}

function paintCursor(zone, pen) {
	const at = cursor.block - zone.first;

	if (at < 0 || at >= zone.count)
		return;
	pen.globalAlpha = 1;
	pen.strokeStyle = INK[paper()];
	pen.lineWidth = 2;
	pen.strokeRect(AXIS + at % zone.width * zone.step, Math.floor(at / zone.width) * zone.step, zone.step - 1, zone.step - 1);
}

function paint(zone) {
	const lines = Math.ceil(zone.count / zone.width), pen = zone.canvas.getContext('2d');

	zone.canvas.width = AXIS + zone.width * zone.step;
	zone.canvas.height = Math.max(16, lines * zone.step + 2);
	paintAxis(zone, pen);
	for (let block = zone.first; block < zone.first + zone.count; block++)
		paintBlock(zone, pen, block);
	if (cursor && cursor.zone === zone)
		paintCursor(zone, pen);
}

function draw() {
	const step = chooseStep();

	for (const zone of sheets) {
		zone.section.hidden = !isShown(zone);
		if (zone.section.hidden)
			continue;
		lay(zone, step);
		paint(zone);
	}
	byId('scale').textContent = place.pages ?
		`A square is a page of ${memory.pageSize / 1024}K, beside each line is the page frame number of its first.` :
		`A square is a pageblock of ${memory.blockSize}: what most of its pages in use are, paler where it is emptier. ` +
		'Addresses in GiB.';
	drawPath();
}

// --- where one is: all, node, zone, block, pages ---

function lookAt(where) {
	place = where;
	larger = 0;
	draw();
}

function drawPath() {
	const steps = [['all', {}]], zone = place.zone, node = zone ? zone.node : place.node;

	if (node !== undefined)
		steps.push([`node ${node}`, { node }]);
	if (zone)
		steps.push([`zone ${zone.zone}`, { zone }]);
	if (place.block !== undefined)
		steps.push([`pfn ${pfnOf(zone, place.block)}`, { zone, block: place.block }]);
	if (place.pages)
		steps.push(['pages', place]);
	byId('path').replaceChildren(...steps.flatMap(([text, where], i) => {
		const button = element('button', text);

		button.onclick = () => lookAt(where);
		return i ? [' \u203a ', button] : [button];
	}));
}

function closer({ zone, block }) {
	if (zone === within)
		return;
	if (place.block !== undefined && inside.has(pfnOf(zone, block)))
		lookInside(zone, block);
	else if (place.zone)
		lookAt({ zone, block });
	else if (place.node !== undefined || zones.every(z => z.node === zone.node))
		lookAt({ zone });
	else
		lookAt({ node: zone.node });
}

function back() {
	if (place.pages) {
		cursor = { zone: place.zone, block: place.block };
		lookAt(cursor);
	} else if (place.block !== undefined)
		lookAt({ zone: place.zone });
	else if (place.zone)
		lookAt({ node: place.zone.node });
	else
		lookAt({});
}

// --- the pages of a block ---

// 'S3.509' as a letter for each page.
const spell = classes => classes.replace(/(\D)(\d+)/g, (run, letter, pages) => letter.repeat(pages));

// [5, 3, 0, 509] as a number for each page.
function* spread(charges) {
	for (let i = 0; i < charges.length; i += 2)
		yield* Array(charges[i + 1]).fill(charges[i]);
}

function countBy(list) {
	const count = new Map();

	for (const item of list)
		count.set(item, (count.get(item) || 0) + 1);
	return [...count].sort((a, b) => b[1] - a[1]);
}

function tellPages() {
	const kind = ([letter, pages]) => [keyOf(kindOf.get(letter)), `${kindOf.get(letter).name}: ${pages} `];
	const charge = ([cgroup, pages]) => cgroup ? `${cgroups.get(cgroup)}: ${pages}` : [];

	within.about.replaceChildren(...countBy(within.blocks).flatMap(kind));
	if (charged)
		within.about.append(element('br'), 'Charged to ' + (countBy(within.why).flatMap(charge).join(', ') || 'none'));
}

function lookInside(zone, block) {
	const pfn = pfnOf(zone, block), { classes, charges } = inside.get(pfn);

	within.blocks = spell(classes);
	within.why = [...spread(charges)];
	within.runs = [[pfn, within.blocks.length]];
	findPages();
	tellPages();
	cursor = { zone: within, block: 0 };
	lookAt({ zone, block, pages: true });
}

// --- the mouse and the keyboard ---

function blockAt(zone, event) {
	const column = Math.floor((event.offsetX - AXIS) / zone.step);
	const at = Math.floor(event.offsetY / zone.step) * zone.width + column;

	if (column < 0 || column >= zone.width || at < 0 || at >= zone.count || hidden.has(zone.blocks[zone.first + at]))
		return null;
	return { zone, block: zone.first + at };
}

function tell(what, x, y) {
	about.style.display = what ? 'block' : 'none';
	if (!what)
		return;
	about.textContent = describe(what);
	about.style.left = Math.min(x + 12, innerWidth - about.offsetWidth - 8) + 'px';
	about.style.top = Math.min(y + 12, innerHeight - about.offsetHeight - 8) + 'px';
}

// Puts the cursor on a block, wherever that is, and says what it is.
function putCursor(what) {
	const before = cursor && cursor.zone;

	cursor = what;
	if (!isShown(what.zone) || what.block < what.zone.first || what.block >= what.zone.first + what.zone.count)
		lookAt(place.block === undefined ? {} : what);
	if (before && before !== what.zone && isShown(before))
		paint(before);
	paint(what.zone);
	const at = what.block - what.zone.first, { step, width, canvas } = what.zone;
	const y = Math.floor(at / width) * step;
	const top = canvas.getBoundingClientRect().top + y;

	if (top < 0 || top > innerHeight - 80)
		scrollBy(0, top - innerHeight / 2);
	const frame = canvas.getBoundingClientRect();
	tell(what, frame.left + AXIS + at % width * step, frame.top + y);
}

function walk(steps) {
	const seen = sheets.filter(isShown);

	if (!cursor || !isShown(cursor.zone))
		return putCursor({ zone: seen[0], block: seen[0].first });
	let { zone, block } = cursor;

	block += steps === 'up' ? -zone.width : steps === 'down' ? zone.width : steps;
	if (block < zone.first || block >= zone.first + zone.count) {
		const next = seen[seen.indexOf(zone) + (block < zone.first ? -1 : 1)];

		if (!next)
			return;
		block = block < zone.first ? next.first + next.count - 1 : next.first;
		zone = next;
	}
	putCursor({ zone, block });
}

function resize(steps) {
	larger += steps;
	draw();
}

const keys = {
	ArrowLeft: () => walk(-1),
	ArrowRight: () => walk(1),
	ArrowUp: () => walk('up'),
	ArrowDown: () => walk('down'),
	Enter: () => cursor && closer(cursor),
	Escape: () => { tell(null); back(); },
	'/': () => byId('owner').focus(),
	n: () => nextMatch(1),
	N: () => nextMatch(-1),
	'+': () => resize(1),
	'-': () => resize(-1),
};

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey)
		return;
	if (event.target.tagName === 'INPUT' && event.target.type === 'search') {
		if (event.key === 'Escape' || event.key === 'Enter')
			byId('zones').focus();
		if (event.key !== 'Enter')
			return;
		event.preventDefault();
		nextMatch(1);
		return;
	}
	if (!keys[event.key] || (event.key === 'Enter' && event.target.tagName === 'BUTTON'))
		return;
	event.preventDefault();
	keys[event.key]();
}

// --- search ---

// Numbers of what has the word in its name; nothing where there is no word.
function numbersOf(entries, word) {
	const wanted = word.trim().toLowerCase(), numbers = new Set();

	if (!wanted)
		return null;
	for (const [number, name] of entries)
		if (name.toLowerCase().includes(wanted))
			numbers.add(number);
	return numbers;
}

function blockOf(zone, wanted) {
	let block = 0;

	for (const [pfn, blocks] of zone.runs) {
		const at = (wanted - pfn) / memory.blockPages;

		if (at >= 0 && at < blocks)
			return block + Math.floor(at);
		block += blocks;
	}
	return -1;
}

// Blocks with pages of the cgroups that are searched, by their pfn, and how many pages.
function chargedBlocks() {
	const found = new Map();

	for (const [pfn, { charges }] of inside)
		for (let i = 0; i < charges.length; i += 2)
			if (wantedCgroups.has(charges[i]))
				found.set(pfn, (found.get(pfn) || 0) + charges[i + 1]);
	return found;
}

function findBlocks(zone, owners, blocks) {
	const found = new Set();

	if (blocks)
		for (const pfn of blocks.keys())
			found.add(blockOf(zone, pfn));
	if (!owners)
		return found;
	const kept = new Set();

	zone.why.forEach((why, block) => {
		if (owners.has(why) && (!blocks || found.has(block)))
			kept.add(block);
	});
	return kept;
}

function findPages() {
	within.found = wantedCgroups && new Set([...within.why.keys()].filter(page => wantedCgroups.has(within.why[page])));
}

function search() {
	const owners = numbersOf([...names.entries()].slice(1), byId('owner').value);

	wantedCgroups = numbersOf(cgroups, byId('cgroup').value);
	const blocks = wantedCgroups && chargedBlocks();
	matches = [];
	for (const zone of zones) {
		zone.found = owners || blocks ? findBlocks(zone, owners, blocks) : null;
		if (zone.found)
			matches.push(...[...zone.found].filter(block => block >= 0).sort((a, b) => a - b).map(block => ({ zone, block })));
	}
	findPages();
	tellFound(owners, blocks);
	draw();
}

function tellFound(owners, blocks) {
	const words = [], many = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`;

	if (owners)
		words.push(many(matches.length, 'block') + ' that it keeps');
	if (blocks)
		words.push(many([...blocks.values()].reduce((sum, pages) => sum + pages, 0), 'page') +
			` in ${blocks.size} of the ${many(inside.size, 'block')} looked into`);
	byId('found').textContent = words.join(', ');
}

// To the match behind the cursor, or before it, round and round.
function nextMatch(direction) {
	if (!matches.length)
		return;
	const at = cursor ? matches.findIndex(m => m.zone === cursor.zone && m.block === cursor.block) : -1;
	const next = at < 0 && direction < 0 ? matches.length - 1 : at + direction;

	putCursor(matches[(next + matches.length) % matches.length]);
}

// --- the beginning ---

function keyOf(entry) {
	const key = element('span');

	key.className = 'key';
	key.style.background = entry[paper()];
	return key;
}

function addLegend(entry) {
	const box = element('input'), key = keyOf(entry);
	const label = element('label', '', box, key, entry.name, element('output', entry.total));

	box.type = 'checkbox';
	box.checked = true;
	box.onchange = () => {
		if (box.checked)
			hidden.delete(entry.letter);
		else
			hidden.add(entry.letter);
		draw();
	};
	entry.key = key;
	label.title = entry.help;
	byId('legend').append(label);
}

function colourKeys() {
	for (const entry of legend)
		entry.key.style.background = entry[paper()];
}

function addSheet(zone, ...heading) {
	zone.found = null;
	zone.canvas = element('canvas');
	zone.canvas.onmousemove = event => tell(blockAt(zone, event), event.clientX, event.clientY);
	zone.canvas.onmouseleave = () => tell(null);
	zone.canvas.onclick = event => {
		const what = blockAt(zone, event);

		if (what) {
			cursor = what;
			closer(what);
		}
	};
	zone.section = element('section', '', element('h2', '', ...heading), zone.canvas);
	byId('zones').append(zone.section);
}

function addZone(zone) {
	const node = element('button', `node ${zone.node}`), name = element('button', `zone ${zone.zone}`);

	node.onclick = () => lookAt({ node: zone.node });
	name.onclick = () => lookAt({ zone });
	addSheet(zone, node, ' ', name);
}

function addPages() {
	within.about = element('p');
	addSheet(within, 'the pages of a block');
	within.section.append(within.about, element('p', 'By the flags of /proc/kpageflags, read after the blocks: of the ' +
		'kernel\u2019s memory slab and page tables alone have one. What a cgroup uses of a slab is not charged by pages.'));
}

function offer(list, words) {
	byId(list).append(...words.map(word => {
		const option = element('option');

		option.value = word;
		return option;
	}));
}

function repaint(forPrint) {
	printing = forPrint;
	colourKeys();
	draw();
}

document.title = memory.title;
byId('title').textContent = memory.title;
offer('owners', names.slice(1));
offer('paths', [...cgroups.values()].sort());
byId('cgroup').disabled = !charged;
byId('cgroup').placeholder = charged ? 'part of a path' : inside.size ? 'this kernel has none' : 'needs --pages';
legend.forEach(addLegend);
zones.forEach(addZone);
addPages();
byId('owner').oninput = search;
byId('cgroup').oninput = search;
byId('tools').onsubmit = event => event.preventDefault();
byId('previous').onclick = () => nextMatch(-1);
byId('next').onclick = () => nextMatch(1);
byId('smaller').onclick = () => resize(-1);
byId('larger').onclick = () => resize(1);
document.onkeydown = onKey;
onresize = draw;
onbeforeprint = () => repaint(true);
onafterprint = () => repaint(false);
dark.onchange = () => repaint(false);
colourKeys();
draw();
