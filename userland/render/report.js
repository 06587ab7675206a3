// SPDX-License-Identifier: GPL-2.0-only
// The page of `pfnscope report --html`. Each part has its answer as text; where it has one for programs too, in a script
// element that is no script, it gets a table of every list in it, made when it is asked for.
'use strict';

function element(name, text, ...inside) {
	const made = document.createElement(name);

	if (text)
		made.textContent = text;
	made.append(...inside);
	return made;
}

// --- which tables there are ---

const isRow = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const isFlat = value => !isRow(value) && !(Array.isArray(value) && value.some(isRow));

// Every list of objects, and the plain values of an object as a table of one row; by the way that leads there.
function tablesOf(value, path, found) {
	if (Array.isArray(value)) {
		if (value.length && value.every(isRow))
			found.push([path, value]);
		return found;
	}
	if (Object.values(value).some(isFlat))
		found.push([path, [value]]);
	for (const [key, inner] of Object.entries(value))
		if (isRow(inner) || Array.isArray(inner))
			tablesOf(inner, path ? path + '.' + key : key, found);
	return found;
}

// What is known of no row is no column.
function columnsOf(rows) {
	const names = new Set();

	for (const row of rows)
		for (const [key, value] of Object.entries(row))
			if (value !== null && isFlat(value))
				names.add(key);
	return [...names];
}

// --- a table ---

const textOf = value => value === null || value === undefined ? '-' :
	Array.isArray(value) ? value.map(textOf).join(', ') || 'none' : String(value);

function compare(a, b) {
	if (typeof a === 'number' && typeof b === 'number')
		return b - a;
	return textOf(a).localeCompare(textOf(b));
}

function rowOf(row, columns) {
	const made = element('tr');

	for (const column of columns) {
		const cell = element('td', textOf(row[column]));

		if (typeof row[column] === 'number')
			cell.className = 'number';
		made.append(cell);
	}
	return made;
}

// The same column again sorts the other way round.
function sortBy(table, rows, columns, column) {
	const again = table.dataset.sorted === column;

	rows.sort((a, b) => (again ? -1 : 1) * compare(a[column], b[column]));
	table.dataset.sorted = again ? '' : column;
	table.tBodies[0].replaceChildren(...rows.map(row => rowOf(row, columns)));
}

function tableOf(path, rows) {
	const columns = columnsOf(rows), table = element('table'), head = element('tr');
	const shown = [...rows];

	for (const column of columns) {
		const heading = element('th', column);

		heading.scope = 'col';
		heading.addEventListener('click', () => sortBy(table, shown, columns, column));
		head.append(heading);
	}
	table.append(element('caption', path), element('thead', '', head),
		element('tbody', '', ...rows.map(row => rowOf(row, columns))));
	return table;
}

// --- the parts ---

function fill(details, answer) {
	if (details.querySelector('table'))
		return;
	const box = element('div');

	box.className = 'scroll';
	for (const [path, rows] of tablesOf(answer, '', []))
		if (columnsOf(rows).length)
			box.append(tableOf(path, rows));
	details.append(box);
}

for (const script of document.querySelectorAll('script[type="application/json"]')) {
	const details = element('details', '', element('summary', 'every number'));

	details.addEventListener('toggle', () => fill(details, JSON.parse(script.textContent)));
	script.before(details);
}
