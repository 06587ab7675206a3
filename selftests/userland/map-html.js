// SPDX-License-Identifier: GPL-2.0-only
// Tries the page of `map --html` from inside: put behind its own script, with the answers it should give as `wanted`.
// Leaves a line "ok NAME" or "not ok NAME: WHY" for each in an element that --dump-dom then shows.
{
	const lines = [];
	const check = (name, ok, why) => lines.push(ok ? 'ok ' + name : 'not ok ' + name + ': ' + why);
	const boxes = [...document.querySelectorAll('#choice label')];
	const boxOf = name => boxes.find(b => b.textContent.trim() === name);
	const tick = name => boxOf(name).querySelector('input').click();
	const find = pfn => {
		for (const z of zones) {
			const i = z.pfn.indexOf(pfn);
			if (i >= 0)
				return { z, i };
		}
	};
	const middle = ({ z, i }) => [i % z.width * z.step + 1, Math.floor(i / z.width) * z.step + 1];
	const hover = at => {
		const [x, y] = middle(at);
		at.z.canvas.scrollIntoView({ block: 'start' });
		window.scrollBy(0, y - 100);
		const frame = at.z.canvas.getBoundingClientRect();
		const point = { clientX: frame.left + x, clientY: frame.top + y, bubbles: true };
		const target = document.elementFromPoint(point.clientX, point.clientY);
		target.dispatchEvent(new MouseEvent('mousemove', point));
		return getComputedStyle(about).display === 'none' ? '' : about.textContent;
	};
	const painted = at => at.z.canvas.getContext('2d').getImageData(...middle(at), 1, 1).data[3] > 0;

	try {
		const count = zones.reduce((sum, z) => sum + z.blocks.length, 0);
		check('every block is there', count === wanted.blocks, count + ' of ' + wanted.blocks);
		const missing = legend.map(l => l[0]).filter(name => !boxOf(name));
		check('every class has a box', !missing.length && legend.length === 19, missing.join() || legend.length);
		const at = find(wanted.pfn);
		const text = hover(at);
		check('a block tells its owner', text.includes('pfn ' + wanted.pfn + ':') && text.includes(wanted.owner),
		      '"' + text + '" without ' + wanted.owner);
		const what = legend[at.z.blocks.charCodeAt(at.i) - 97][0];
		check('a block is painted', painted(at), 'nothing there');
		tick(what);
		check('a class that is switched off is hidden', !painted(at) && !hover(at), 'still there: ' + what);
		tick(what);
		check('and comes back', painted(at) && hover(at), 'stays away: ' + what);
		tick('node ' + at.z.node);
		const left = zones.filter(z => z.node === at.z.node && z.canvas.offsetParent);
		const gone = zones.filter(z => z.node !== at.z.node && !z.canvas.offsetParent);
		check('a node that is switched off is hidden', !left.length, left.length + ' zones of it are seen');
		check('and no other node', !gone.length, gone.length + ' zones of others are gone');
		const asked = performance.getEntriesByType('resource').length;
		check('nothing else is asked for', !asked, asked + ' requests');
	} catch (error) {
		check('the page works', false, error);
	}
	const result = document.createElement('pre');
	result.id = 'result';
	result.textContent = lines.join('\n') + '\n';
	document.body.append(result);
}
