import { describeBackends } from '@blemish-tools/jest';
import { measureGflops } from './measure-gflops.js';

describeBackends('measureGflops', () => {
  it('measures a speed that a computer has', async () => {
    const gflops = await measureGflops();
    expect(gflops).toBeGreaterThan(0.01);
    expect(gflops).toBeLessThan(1e6);
  });
});
