import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './prepare.mjs';

/** A JSON file of the project, by its path in it. */
export const readJson = file => JSON.parse(fs.readFileSync(path.join(projectFolder, file), 'utf8'));
