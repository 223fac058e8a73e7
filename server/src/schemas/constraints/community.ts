import type { Path } from '../../syntax/tree.ts';
import { type Report, text } from '../problem.ts';

/** Reports a community whose parts are too large: 16 bits each in `aa:nn`, 32 bits each in `aa:nn:mm`. */
export function checkCommunity(community: string | undefined, path: Path, report: Report): void {
  if (community === undefined || !/^\d+:\d+(:\d+)?$/.test(community)) return;
  const parts = community.split(':').map(Number);
  const limit = parts.length === 2 ? 0xffff : 0xffffffff;
  if (parts.every((part) => part <= limit)) return;
  report(
    path,
    parts.length === 2
      ? text(
          `In \`${community}\` a part is larger than 65535. Use a large community (\`as:value:value\`) for 32-bit numbers.`,
          `\`${community}\` 中有一部分大于 65535。32 位数值请使用大团体属性（\`as:value:value\`）。`,
        )
      : text(`In \`${community}\` a part is larger than 4294967295.`, `\`${community}\` 中有一部分大于 4294967295。`),
  );
}
