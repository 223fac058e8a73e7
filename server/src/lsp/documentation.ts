/** The address of a rule's page; `{rule}` in `address` is its id. Undefined where no pages are known. */
export function rulePage(rule: string, address: string | undefined): string | undefined {
  return address?.replace('{rule}', rule);
}
