// Loaded before a program: its clock goes by the time in the file that TEST_CLOCK names, from when it starts.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const offset = Date.parse(readFileSync(process.env.TEST_CLOCK ?? '', 'utf8')) - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offset;
  }
};
