/** Writes docs/transforms.md from the table of transforms. Usage: tsx scripts/generate-transforms.ts [FILE] */
import { writeFileSync } from 'node:fs';
import { transformsPage } from './transforms-page.ts';

writeFileSync(process.argv[2] ?? 'docs/transforms.md', transformsPage());
