// Sorts the strings of a JSON array by the collation of a locale, with the ICU of Node.js: node collate.mjs sv file.json
import { readFileSync } from 'node:fs';

const [locale, path] = process.argv.slice(2);
const compare = new Intl.Collator(locale).compare;
const strings = JSON.parse(readFileSync(path, 'utf8'));
console.log(JSON.stringify(strings.sort((a, b) => compare(a, b) || (a < b ? -1 : a > b ? 1 : 0))));
