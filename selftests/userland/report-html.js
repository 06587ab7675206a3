// SPDX-License-Identifier: GPL-2.0-only
// Tries the page of `report --html` from inside: put behind its own script, with what it should show as `answers`. Leaves a
// line "ok NAME" or "not ok NAME: WHY" for each in an element that --dump-dom then shows.
/* global answers */
{
	const lines = [];
	const check = (name, ok, why) => lines.push(ok ? 'ok ' + name : 'not ok ' + name + ': ' + why);
	const part = id => document.getElementById(id);
	const open = id => {
		const details = part(id).querySelector('details');

		details.open = true;
		details.dispatchEvent(new Event('toggle'));
		return details;
	};
	const tables = id => [...open(id).querySelectorAll('table')];
	const column = (table, name) => {
		const at = [...table.tHead.rows[0].cells].findIndex(cell => cell.textContent === name);

		return [...table.tBodies[0].rows].map(row => row.cells[at].textContent);
	};
	const click = (table, name) => [...table.tHead.rows[0].cells].find(cell => cell.textContent === name).click();

	try {
		const ids = [...document.querySelectorAll('section')].map(section => section.id);
		const links = [...document.querySelectorAll('nav a')].map(a => a.getAttribute('href').slice(1));

		check('the first screen comes first', ids[0] === 'status', ids);
		check('no part has the name of another', new Set(ids).size === ids.length, ids);
		check('the contents lead to every part', links.every(id => part(id)) &&
			ids.every(id => id === 'lacking' || links.includes(id)), links);
		check('text is as the command prints it', part('zones').querySelector('pre').textContent === answers.zones,
		      part('zones').querySelector('pre').textContent);
		const zones = tables('zones').find(table => table.caption.textContent === 'zones');
		check('numbers are a table', zones && column(zones, 'free_pages').join() === answers.free.join(),
		      zones && zones.textContent);
		click(zones, 'free_pages');
		const sorted = [...answers.free].sort((a, b) => b - a);
		check('a heading sorts from the largest', column(zones, 'free_pages').join() === sorted.join(),
		      column(zones, 'free_pages'));
		click(zones, 'free_pages');
		check('and back', column(zones, 'free_pages').join() === sorted.reverse().join(), column(zones, 'free_pages'));
		check('it is made once', tables('zones').length === open('zones').querySelectorAll('table').length, 'twice');
		check('the map is a picture', part('map').querySelector('svg path'), part('map').textContent.slice(0, 80));
		check('nothing is loaded', performance.getEntriesByType('resource').length === 0,
		      performance.getEntriesByType('resource').map(entry => entry.name));
		const ground = getComputedStyle(document.body).backgroundColor;
		check('the paper is ' + answers.scheme, (ground === 'rgb(255, 255, 255)') === (answers.scheme === 'light'), ground);
		const html = document.documentElement;
		check('it is no wider than the screen', html.scrollWidth <= html.clientWidth, html.scrollWidth + ' of ' + html.clientWidth);
	} catch (error) {
		check('the page runs to its end', false, error.stack);
	}
	const result = document.createElement('pre');

	result.id = 'result';
	result.textContent = '\n' + lines.join('\n') + '\n';
	document.body.append(result);
}
