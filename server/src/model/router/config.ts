import type { Doc } from '../../syntax/document.ts';
import { birdRouter } from './bird-router.ts';
import { frrRouter } from './frr-router.ts';
import type { RouterConfig } from './router.ts';
import { vyosRouter } from './vyos-router.ts';

export * from './defaults.ts';
export * from './effective.ts';
export * from './router.ts';

/** The router that a document configures; undefined when the document is no router configuration. */
export function routerConfigOf(doc: Doc): RouterConfig | undefined {
  if (doc.tree.format === 'frr') return frrRouter(doc, doc.tree.frr);
  if (doc.tree.format === 'vyos') return vyosRouter(doc, doc.tree.vyos);
  if (doc.tree.format === 'bird') return birdRouter(doc, doc.tree.bird);
  return undefined;
}
