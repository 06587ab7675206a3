#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""schema.py SCHEMAS FILE...: JSON documents against the schemas in the folder SCHEMAS

Each file has one document, which names its schema. Rows of a table have to be whole unless the name of the file ends in
".some". Prints "FILE: what is wrong" for each that is not as it should be, "SCHEMA: N documents, N rows" for each schema that was
used, and ends with 1 if anything was wrong. Schemas are held against the metaschema first.

It is Debian's python3 that has jsonschema (python3-jsonschema), whatever else is in the PATH.
"""
import glob
import json
import os
import sys

from jsonschema import Draft202012Validator as Validator
from jsonschema.exceptions import SchemaError, best_match


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f'a key twice in {keys}')
    return dict(pairs)


def no_number(word):
    raise ValueError(f'{word} is no JSON')


def load(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file, object_pairs_hook=unique, parse_constant=no_number)


def shortened(message):
    return message if len(message) < 300 else f'{message[:150]} ... {message[-150:]}'


def rows_of(document):
    """the list that an answer consists of, or whatever lists it has"""
    return sum(len(value) for value in document.values() if isinstance(value, list))


class Schemas:
    def __init__(self, folder):
        self.valid, self.whole, self.used, self.wrong = {}, {}, {}, 0
        for path in sorted(glob.glob(os.path.join(folder, '*.json'))):
            try:
                self.add(load(path))
            except (SchemaError, ValueError) as error:
                self.complain(path, str(error).split('\n', 1)[0])

    def add(self, schema):
        Validator.check_schema(schema)
        title = schema['title']
        self.valid[title] = Validator(schema)
        if '$defs' in schema:
            whole = {'$ref': '#/$defs/whole_row', '$defs': schema['$defs']}
            Validator.check_schema(whole)
            self.whole[title] = Validator(whole)

    def complain(self, path, why):
        print(f'{path}: {why}')
        self.wrong += 1

    def first_error(self, document, path):
        title = document.get('schema') if isinstance(document, dict) else None
        if title not in self.valid:
            return f'no schema "{title}"'
        error = best_match(self.valid[title].iter_errors(document))
        if not error and title in self.whole and not path.endswith('.some'):
            rows = document[title.split('/')[1]] or []
            error = next((e for e in (best_match(self.whole[title].iter_errors(row)) for row in rows) if e), None)
        if error:
            return f'/{"/".join(map(str, error.absolute_path))}: {shortened(error.message)}'
        documents, rows = self.used.get(title, (0, 0))
        self.used[title] = documents + 1, rows + rows_of(document)
        return None

    def check(self, path):
        try:
            why = self.first_error(load(path), path)
        except ValueError as error:
            why = str(error)
        if why:
            self.complain(path, why)

    def count(self):
        for title in sorted(self.valid):
            documents, rows = self.used.get(title, (0, 0))
            print(f'{title.split("/")[1]}: {documents} documents, {rows} rows')


def main(folder, *paths):
    schemas = Schemas(folder)
    if not schemas.valid:
        sys.exit(f'{folder}: no schema')
    for path in paths:
        schemas.check(path)
    schemas.count()
    return schemas.wrong > 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
