import { openExample } from './editor.ts';
const e = await openExample('broken-fabric');
try {
  await e.openFile('calico/pools-bench.yaml');
  await (await e.problems('yaml/tag-eats-value')).first().waitFor();
  const links = e.page.locator('.markers-panel a', { hasText: 'yaml/tag-eats-value' });
  await links.first().click();
  await e.page.waitForTimeout(3000);
  console.log(await e.page.locator('.tab').allInnerTexts());
} finally { await e.close(); }
