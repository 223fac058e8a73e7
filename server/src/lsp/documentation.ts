/** Where the page of a rule stands on the web; `{rule}` is its id. The pages themselves are in docs/rules of this repository. */
export const RULE_PAGE = 'https://selvage.example/docs/rules/{rule}.md';

export function rulePage(rule: string, address: string = RULE_PAGE): string {
  return address.replace('{rule}', rule);
}
