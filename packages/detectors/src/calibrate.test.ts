import fc from 'fast-check';
import { mulberry32 } from '@blemish-tools/jest';
import { chooseHeatScale, chooseThreshold } from './calibrate.js';

describe('chooseThreshold', () => {
  it('promises no more false alarms than asked for once there are images enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (n, rate) => {
        const draw = mulberry32(n);
        const scores = Array.from({ length: n }, draw);
        const { value, falseAlarms } = chooseThreshold(scores, 'mean', rate);
        if (n + 1 >= 1 / rate) expect(falseAlarms).toBeLessThanOrEqual(rate);
        expect(scores.filter((score) => score >= value).length).toBe(Math.round(falseAlarms * (n + 1)));
      }),
    );
  });

  it('keeps its promise on images it has not seen', () => {
    const draw = mulberry32(5);
    let alarms = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const { value } = chooseThreshold(Array.from({ length: 39 }, draw), 'max', 0.05);
      if (draw() > value) alarms++;
    }
    // 39 images, k = 2: 5 % of 4000 trials, with a standard deviation of 14
    expect(Math.abs(alarms - 200)).toBeLessThan(60);
  });

  it('says how many images it was given when there are none', () => {
    expect(() => chooseThreshold([], 'mean', 0.05)).toThrow('expected scores of at least 1 good images, got 0');
  });
});

describe('chooseHeatScale', () => {
  it('begins where good values end and does not depend on their order', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i / 1000);
    const scale = chooseHeatScale(values, 'test');
    expect(scale).toEqual(chooseHeatScale(values.slice().reverse(), 'test'));
    expect(scale.low).toBeCloseTo(0.99, 6);
    expect(scale.high).toBeGreaterThan(scale.low);
  });

  it('keeps a range when every value is the same', () => {
    const { low, high } = chooseHeatScale(new Float32Array(10), 'test');
    expect(high).toBeGreaterThan(low);
  });
});
