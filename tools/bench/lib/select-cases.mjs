// @ts-check

/**
 * The cases that were asked for, in their order; all where nothing was asked for.
 *
 * @template {{name: string, group: string}} T
 * @param {readonly T[]} cases
 * @param {readonly string[]} asked names or groups
 * @returns {T[]}
 * @throws Error naming what is neither
 */
export function selectCases(cases, asked) {
  for (const word of asked) {
    if (!cases.some(({ name, group }) => name === word || group === word)) {
      const groups = [...new Set(cases.map(({ group }) => group))];
      throw new Error(`--only: expected a case or one of the groups ${groups.join(', ')}, got '${word}' (--list shows all cases)`);
    }
  }
  return asked.length === 0 ? [...cases] : cases.filter(({ name, group }) => asked.includes(name) || asked.includes(group));
}
