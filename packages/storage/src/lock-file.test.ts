import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock, type FileLock } from './lock-file.js';
import { createChildren, firstOutput, killAfterOutput } from './testing/spawn-child.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';

afterAll(removeTemporaryFolders);

describe('takeLock', () => {
  it('gives the lock to one only, until it is released', async () => {
    const path = join(temporaryFolder(), 'lock');
    const first = (await takeLock(path)) as FileLock;
    expect(first.kind).toBe('lock');
    expect(await takeLock(path)).toMatchObject({ kind: 'owner', pid: process.pid, host: hostname() });
    await first.release();
    expect(existsSync(path)).toBe(false);
    const second = (await takeLock(path)) as FileLock;
    await first.release(); // no longer its own
    expect(existsSync(path)).toBe(true);
    await second.release();
  });

  it.each([
    ['a process that has died', { pid: 2 ** 22 + 1, host: hostname(), since: 'x' }],
    ['an earlier process with our id (a container that was restarted)', { pid: process.pid, host: hostname(), since: 'x' }],
  ])('takes over the lock of %s', async (_, owner) => {
    const path = join(temporaryFolder(), 'lock');
    writeFileSync(path, JSON.stringify(owner));
    const lock = (await takeLock(path)) as FileLock;
    expect(lock.kind).toBe('lock');
    await lock.release();
  });

  it('leaves the lock of another machine alone', async () => {
    const path = join(temporaryFolder(), 'lock');
    writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', since: 'yesterday' }));
    expect(await takeLock(path)).toEqual({ kind: 'owner', pid: 1, host: 'elsewhere', since: 'yesterday' });
  });

  it('names the lock where it cannot be written', async () => {
    const path = join(temporaryFolder(), 'none', 'lock');
    await expect(takeLock(path)).rejects.toThrow(`${path}: cannot write the lock: there is no such file or folder`);
  });

  it('lets one of many processes have a lock whose owner was killed', async () => {
    const children = createChildren();
    try {
      const path = join(temporaryFolder(), 'lock');
      const body = `const lock = await storage.takeLock(${JSON.stringify(path)}); console.log(lock.kind);`;
      await killAfterOutput(children.start(`${body} setInterval(() => undefined, 1000);`), 0);
      expect(existsSync(path)).toBe(true);
      const racing = Array.from({ length: 4 }, () => children.start(`${body} setInterval(() => undefined, 1000);`));
      const kinds = await Promise.all(racing.map(firstOutput));
      for (const child of racing) child.kill('SIGKILL');
      expect(kinds.map((kind) => kind.trim()).sort()).toEqual(['lock', 'owner', 'owner', 'owner']);
    } finally {
      children.remove();
    }
  });
});
