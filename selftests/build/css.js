// SPDX-License-Identifier: GPL-2.0-only
// Usage: css.js FILE...
//
// Prints what css-tree finds wrong in style sheets: what it cannot parse, properties and media features that there are not,
// values that a property cannot have.
/* eslint-env node */
'use strict';

const { readFileSync } = require('fs');
const csstree = require('css-tree');

// A value with a variable in it is known to nobody before it is used.
const isOpen = (property, value) => property.startsWith('--') || /\bvar\(/.test(csstree.generate(value));

function check(file) {
	const say = (where, what) => console.log(`${file}:${where.line}:${where.column}: ${what}`);
	const sheet = csstree.parse(readFileSync(file, 'utf8'), {
		positions: true,
		onParseError: error => say(error, error.message),
	});

	csstree.walk(sheet, { visit: 'Declaration', enter({ property, value, loc }) {
		const { error } = isOpen(property, value) ? {} : csstree.lexer.matchProperty(property, value);

		if (error)
			say(loc.start, `${property}: ${error.message.split('\n')[0]}`);
	} });
}

process.argv.slice(2).forEach(check);
