import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bill, type Lock } from '../supply-chain/bill.ts';

// `npm run sbom`: what the program is made of, as CycloneDX on standard output.
const lock = JSON.parse(await readFile(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as Lock;
process.stdout.write(bill(lock));
