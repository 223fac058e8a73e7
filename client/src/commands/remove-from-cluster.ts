import * as vscode from 'vscode';
import { acceptPlan } from '../apply/accept.ts';
import type { DriftObject } from '../apply/drift-view.ts';
import { type Applying, carryOut, isAsPlanned } from './apply-to-cluster.ts';
import { planForCluster } from './plan-for-cluster.ts';

/** Takes an object that no file says out of the cluster: planned, shown and asked for like every other change. */
export async function removeFromCluster(applying: Applying, node: unknown, near: string | undefined): Promise<void> {
  const { entry } = node as DriftObject;
  const question = { remove: [entry.ref], ...(near !== undefined && { uri: near }) };
  const plan = await planForCluster(applying.client, applying.texts, question);
  if (plan === undefined) return;
  const accepted = await acceptPlan(plan, vscode.l10n.t('Remove'));
  if (accepted === undefined) return;
  if (isAsPlanned(await carryOut(applying, plan, accepted))) applying.settled([entry.object]);
}
