import { readInput } from './input.ts';
import { type Answer, type Asked, type AssistantTool, refused } from './tool.ts';
import { addressPlan } from './tools/address-plan.ts';
import { check } from './tools/check.ts';
import { explainRoute } from './tools/explain-route.ts';
import { explainRule } from './tools/explain-rule.ts';
import { predictSessions } from './tools/predict-sessions.ts';

/** Everything that assistants may ask, of `selvage mcp` and of the editor alike. */
export const ASSISTANT_TOOLS: readonly AssistantTool[] = [
  check, //
  explainRule,
  predictSessions,
  explainRoute,
  addressPlan,
];

/** Asks a tool by name with an input that nobody has checked yet. */
export function ask(name: unknown, input: unknown, asked: Asked): Answer {
  const tool = ASSISTANT_TOOLS.find((one) => one.name === name);
  if (tool === undefined) return refused(`There is no tool ${String(name)}.`, `没有工具 ${String(name)}。`);
  const checked = readInput(tool.input, input);
  return 'refused' in checked ? checked : tool.run(checked.input, asked);
}
