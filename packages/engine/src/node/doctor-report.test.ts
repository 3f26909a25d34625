import { availableBackends } from './available-backends.js';
import { doctorReport } from './doctor-report.js';

describe('doctorReport', () => {
  it('lists every backend: what works, and how to get what does not', async () => {
    const report = await doctorReport({ measure: false });
    expect(report.backends.map(({ backend }) => backend)).toEqual(['gpu', 'native', 'webgpu', 'wasm', 'cpu']);
    for (const { backend, works, detail, howToGet } of report.backends) {
      if (!availableBackends().includes(backend)) expect({ works, detail }).toEqual({ works: false, detail: 'not installed' });
      expect(detail).not.toContain('\n');
      if (works) expect(detail).toMatch(/^TensorFlow\.js 4\.22\.0/);
      else expect(howToGet).toMatch(/^npm /);
    }
    expect(report.chosen).toBe(report.backends.find(({ works }) => works)?.backend);
    expect(report.node).toBe(process.version);
  });
});
