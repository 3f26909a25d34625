import { readFileSync } from 'node:fs';

/** The first TypeScript block of a README. */
export function firstExample(readme: string): string {
  const block = /```ts\n([\s\S]*?)```/.exec(readFileSync(readme, 'utf8'))?.[1];
  if (block === undefined) throw new Error(`${readme}: expected a \`\`\`ts block, found none`);
  return block;
}
