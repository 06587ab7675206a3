// SPDX-License-Identifier: GPL-2.0-only
// Tries the page of `map --html` from inside: put behind its own script, with the answers it should give as `answers`.
// Leaves a line "ok NAME" or "not ok NAME: WHY" for each in an element that --dump-dom then shows.
/* global legend, zones, answers */
/* global AXIS, NEAR, about, byId, classOf, cursor, inside, matches, ownerOf, pfnOf, within */
{
	const lines = [];
	const check = (name, ok, why) => lines.push(ok ? 'ok ' + name : 'not ok ' + name + ': ' + why);
	const boxOf = name => [...document.querySelectorAll('#legend label')].find(b => b.textContent.startsWith(name));
	const tick = name => boxOf(name).querySelector('input').click();
	const press = (key, target) => (target || document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
	const path = () => byId('path').textContent;
	const find = pfn => {
		for (const zone of zones)
			for (let block = 0; block < zone.blocks.length; block++)
				if (pfnOf(zone, block) === pfn)
					return { zone, block };
	};
	const middle = ({ zone, block }) => {
		const i = block - zone.first;

		return [AXIS + i % zone.width * zone.step + 1, Math.floor(i / zone.width) * zone.step + 1];
	};
	// A mouse event on the block, wherever it is on the screen by now.
	const point = (at, kind) => {
		const [x, y] = middle(at);

		at.zone.canvas.scrollIntoView({ block: 'start' });
		window.scrollBy(0, y - 100);
		const frame = at.zone.canvas.getBoundingClientRect();
		const where = { clientX: frame.left + x, clientY: frame.top + y, bubbles: true };

		document.elementFromPoint(where.clientX, where.clientY).dispatchEvent(new MouseEvent(kind, where));
		return getComputedStyle(about).display === 'none' ? '' : about.textContent;
	};
	const hover = at => point(at, 'mousemove');
	const pixel = at => [...at.zone.canvas.getContext('2d').getImageData(...middle(at), 1, 1).data];
	const painted = at => pixel(at)[3] > 0;
	// How much ink stands out from the paper, 0 to 255.
	const strength = (at, ground) => {
		const [r, g, b, a] = pixel(at);

		return Math.max(...[r, g, b].map((c, i) => Math.abs(c - ground[i]))) * a / 255;
	};
	const ground = () => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
	const hidden = zone => !zone.canvas.offsetParent;

	// The block that map-pages.py wrote: what its pages are, where they are, and which of them a cgroup is charged for.
	const tryPages = at => {
		const page = number => ({ zone: within, block: number });
		const inFind = () => byId('found').textContent;

		while (!path().includes('pages') && path().split('\u203a').length < 5)
			point(at, 'click');
		check('clicks lead to the pages of a block', within.count === 512 && zones.every(hidden) && !hidden(within), path());
		const text = within.about.textContent;
		for (const words of ['free: 100 ', 'slab: 8 ', 'page tables: 4 ', 'anonymous memory: 20 ', 'page cache: 10 ', 'list: 370 '])
			check('there are so many of each class: ' + words, text.includes(words), text);
		check('and of a cgroup', text.endsWith('Charged to ' + answers.cgroup + ': 12'), text);
		check('a page tells its class', hover(page(100)) === `pfn ${answers.inside + 100}: slab`, hover(page(100)));
		check('the others of a slab as well', hover(page(107)).endsWith(': slab'), hover(page(107)));
		check('and the cgroup it is charged to', hover(page(112)).endsWith('memory\ncharged to ' + answers.cgroup),
		      hover(page(112)));
		check('free is painted light', strength(page(0), ground()) < strength(page(100), ground()) / 3, pixel(page(0)));
		press('ArrowRight');
		check('an arrow goes to the next page', about.textContent.startsWith(`pfn ${answers.inside + 1}:`), about.textContent);
		ask('cgroup', answers.cgroup);
		check('a cgroup is found', inFind() === `12 pages in 1 of the ${inside.size} blocks looked into`, inFind());
		check('its pages stand out', strength(page(112), ground()) > 3 * strength(page(100), ground()), pixel(page(100)));
		press('Escape');
		check('Escape goes back to the block', hidden(within) && !hidden(at.zone) && cursor.block === at.block, path());
		check('which stands out', at.zone.found.size === 1 && at.zone.found.has(at.block), at.zone.found.size);
		ask('owner', 'nobody at all');
		check('with an owner, both have to be', matches.length === 0, inFind());
		ask('owner', '');
		ask('cgroup', '');
		press('Escape');
		press('Escape');
		press('Escape');
	};
	const ask = (input, word) => {
		byId(input).value = word;
		byId(input).dispatchEvent(new Event('input'));
	};

	try {
		const count = zones.reduce((sum, zone) => sum + zone.blocks.length, 0);
		check('every block is there', count === answers.blocks, count + ' of ' + answers.blocks);
		check('every run of page frames is whole', zones.every(zone =>
			zone.runs.reduce((sum, run) => sum + run[1], 0) === zone.blocks.length &&
			zone.used.length === zone.blocks.length && zone.why.length === zone.blocks.length), 'lengths differ');
		const named = legend.map(l => l.name).join('; ');
		check('the legend has the classes that there are', named === answers.classes, named + ', not ' + answers.classes);
		const missing = legend.filter(l => !boxOf(l.name) || !boxOf(l.name).textContent.includes(l.total));
		check('each with a box and its total', !missing.length, missing.map(l => l.name).join());
		const light = answers.scheme === 'light';
		check('the paper is ' + answers.scheme, light ? ground()[0] > 200 : ground()[0] < 50, ground());

		const at = find(answers.pfn);
		const text = hover(at);
		check('a block tells its owner', text.includes('pfn ' + answers.pfn + ':') && text.includes(answers.owner),
		      '"' + text + '" without ' + answers.owner);
		const free = find(answers.free), full = find(answers.full);
		check('free is nearer to the paper than what is in use', strength(free, ground()) < strength(full, ground()) / 3,
		      strength(free, ground()) + ' of ' + strength(full, ground()));

		const what = classOf.get(at.zone.blocks[at.block]).name;
		check('a block is painted', painted(at), 'nothing there');
		tick(what);
		check('a class that is switched off is hidden', !painted(at) && !hover(at), 'still there: ' + what);
		tick(what);
		check('and comes back', painted(at) && hover(at), 'stays away: ' + what);

		// Node, zone, block by clicks, and back by the keyboard.
		const nodes = new Set(zones.map(zone => zone.node)).size;
		if (nodes > 1) {
			point(at, 'click');
			check('a click shows the node alone', zones.every(zone => hidden(zone) === (zone.node !== at.zone.node)), path());
		}
		point(at, 'click');
		check('the next one the zone', zones.every(zone => hidden(zone) === (zone !== at.zone)), path());
		point(at, 'click');
		check('the next one the block and its neighbours', at.zone.count <= NEAR && at.zone.first <= at.block &&
		      at.block < at.zone.first + at.zone.count && path().includes('pfn ' + answers.pfn), path());
		check('larger than before', at.zone.step >= 8, at.zone.step);
		check('it still tells its owner', hover(at).includes(answers.owner), hover(at));
		press('Escape');
		check('Escape goes back to the zone', !path().includes('pfn') && path().includes('zone'), path());
		press('Escape');
		press('Escape');
		check('and to all', zones.every(zone => !hidden(zone)) && path() === 'all', path());

		const size = at.zone.step;
		press('+');
		const grown = at.zone.step;
		press('-');
		check('+ and - change the size', (grown > size || size === 24) && at.zone.step === size, size + ' ' + grown);

		press('/');
		check('/ goes to the search', document.activeElement === byId('owner'), document.activeElement.tagName);
		ask('owner', answers.owner);
		check('the search finds what it keeps', matches.length === answers.kept &&
		      byId('found').textContent.startsWith(answers.kept + ' block'), matches.length + ', not ' + answers.kept);
		check('and dims the rest', strength(at, ground()) > strength(full, ground()), 'not dimmed');
		byId('zones').focus();
		press('N');
		press('n');
		press('N');
		check('n and N walk through them', ownerOf(cursor.zone, cursor.block).includes(answers.owner) &&
		      about.textContent.includes('kept by ' + answers.owner), about.textContent);
		press('Enter');
		check('Enter looks closer', path() !== 'all', path());
		byId('path').querySelector('button').click();
		ask('owner', '');
		const before = cursor.block;
		press('ArrowLeft');
		check('an arrow goes to the next block', Math.abs(cursor.block - before) === 1 || before === 0,
		      cursor.block + ' ' + before);
		press('Escape');

		if (answers.inside)
			tryPages(find(answers.inside));
		else
			check('the pages of a block are not there', !inside.size && byId('cgroup').disabled, inside.size);

		onbeforeprint();
		const wash = getComputedStyle(boxOf('free').querySelector('.key')).backgroundColor.match(/\d+/g).map(Number);
		onafterprint();
		check('it prints as ink on white', wash[0] > 200, wash);
		const asked = performance.getEntriesByType('resource').length;
		check('nothing else is asked for', !asked, asked + ' requests');
	} catch (error) {
		check('the page works', false, error + ' ' + (error.stack || '').split('\n')[1]);
	}
	const result = document.createElement('pre');
	result.id = 'result';
	result.textContent = lines.join('\n') + '\n';
	document.body.append(result);
}
