import { unitsKept, unitsOr, unitsToKeep } from './depth-units.js';

it('takes unit and scale of the training together, and only where neither is given', () => {
  const trained = { depthUnit: 'mm', depthScale: 0.0001 } as const;
  expect(unitsOr({}, trained)).toEqual(trained);
  expect(unitsOr({ depthUnit: 'm' }, trained)).toEqual({ depthUnit: 'm' });
  expect(unitsOr({ depthScale: 2 }, trained)).toEqual({ depthScale: 2 });
  expect(unitsOr({}, {})).toEqual({});
});

it('keeps unit and scale with a model, the default unit too', () => {
  for (const units of [{ depthUnit: 'mm' }, { depthUnit: 'm', depthScale: 0.5 }] as const) expect(unitsKept(unitsToKeep(units))).toEqual(units);
  expect(unitsToKeep({})).toEqual({ depthUnit: 'm' });
});

it('takes nothing else from a model file', () => {
  expect(unitsKept(undefined)).toEqual({});
  expect(unitsKept({ depthUnit: 'inch', depthScale: 'large', camera: 7 })).toEqual({});
});
