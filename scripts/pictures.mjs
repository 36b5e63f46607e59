// Makes the pictures of docs/images from the real workbench: npm run docs:pictures
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';

const images = path.join(projectFolder, 'docs/images');
const screenshots = path.join(projectFolder, 'test-results/screenshots');
const names = ['workbench.png', 'workbench.zh-CN.png'];

// What is copied below is of this run.
for (const name of names) fs.rmSync(path.join(screenshots, name), { force: true });
const { ok } = await runNode(['scripts/test.mjs', 'ui', '--grep', 'the picture of the docs']);
if (ok) for (const name of names) fs.copyFileSync(path.join(screenshots, name), path.join(images, name));
else process.exitCode = 1;
