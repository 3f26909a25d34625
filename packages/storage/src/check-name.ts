const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/**
 * Gives back a name that becomes one folder of a path, on any system.
 *
 * @param what what it names, for the error
 * @throws Error where it could leave its folder or would not be the same name elsewhere
 */
export function checkName(what: string, name: string): string {
  const fault = nameFault(name);
  if (fault !== undefined) throw new Error(`expected ${what} to be the name of a folder, got ${JSON.stringify(name.slice(0, 80))}: ${fault}`);
  return name;
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.startsWith('.')) return 'it begins with a dot';
  if (Buffer.byteLength(name) > 120) return 'it is longer than 120 bytes';
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'it holds a control character';
  const sign = /[/\\:*?"<>|]/.exec(name)?.[0];
  if (sign !== undefined) return `it holds ${sign}`;
  if (/^\s|[\s.]$/.test(name)) return 'it begins or ends with a space, or ends with a dot';
  return reserved.test(name) ? 'Windows keeps that name for itself' : undefined;
}
