import { second } from '../../../src/domain/instant.ts';
import { count } from '../../../src/views/words.ts';
import type { Progress } from '../../cli/progress.ts';
import type { Outside } from './verify-site.ts';

/** The world outside, with what is asked of it and waited for shown on the way. */
export function withProgress(outside: Outside, progress: Progress, url: string): Outside {
  let answers = 0;
  return {
    ...outside,
    ask: async (...asked) => {
      const answer = await outside.ask(...asked);
      answers += 1;
      progress.show(`Looking at ${url}: ${count(answers, 'answer')}`);
      return answer;
    },
    sleep: async (wait) => {
      progress.show(`Looking at ${url} again in ${count(Math.max(1, Math.round(wait / second)), 'second')}`);
      await outside.sleep(wait);
    },
  };
}
