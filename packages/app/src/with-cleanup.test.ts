import { withCleanup } from './with-cleanup.js';

describe('withCleanup', () => {
  it('cleans up last first and returns the result', async () => {
    const order: number[] = [];
    const result = await withCleanup(async (defer) => {
      defer(() => void order.push(1));
      defer(async () => void order.push(2));
      return Promise.resolve('done');
    });
    expect(result).toBe('done');
    expect(order).toEqual([2, 1]);
  });

  it('cleans up after a failure, and throws the first error', async () => {
    const order: number[] = [];
    const failing = withCleanup((defer) => {
      defer(() => void order.push(1));
      defer(() => {
        throw new Error('second');
      });
      throw new Error('first');
    });
    await expect(failing).rejects.toThrow('first');
    expect(order).toEqual([1]);
  });

  it('throws what a clean-up throws when nothing failed before', async () => {
    await expect(
      withCleanup((defer) => {
        defer(() => {
          throw new Error('late');
        });
        return Promise.resolve(1);
      }),
    ).rejects.toThrow('late');
  });
});
