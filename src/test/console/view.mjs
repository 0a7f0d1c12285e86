// Finds the modules under test, and the golden answers.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const base = process.env.CONSOLE;
if (!base) throw new Error('CONSOLE is not set; use src/test/console/run');

export const view = (name) => import(pathToFileURL(`${base}/${name}`).href);

export const golden = (name) => readFile(new URL(`../resources/golden/${name}`, import.meta.url), 'utf8');
