// A reporter for node:test that writes down only how many tests passed, failed and were skipped, and in which files some failed.
import { relative } from 'node:path';
import { root } from './run.mjs';

export default async function* counts(events) {
  const failedIn = new Set();
  for await (const event of events) {
    if (event.type === 'test:fail' && event.data.file !== undefined)
      failedIn.add(relative(root, event.data.file).replaceAll('\\', '/'));
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped, todo } = event.data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped: skipped + todo, failedIn: [...failedIn] });
  }
}
