import { findSystem } from '@blemish/detectors';
import { describeNetwork } from './describe-network.js';

it.each<[string, string, string | undefined]>([
  ['ast', 'quick', 'backbone: efficientnet-b4'],
  ['ast', 'smoke', 'backbone: efficientnet-b0 with random weights of seed 0: it shows the way, not what AST can do'],
  ['ast', 'smoke-3d', undefined],
  ['uninformed-students', 'smoke', 'teacher: descriptor network with random weights of seed 0: it shows the way, not what Uninformed Students can do'],
  ['uninformed-students', 'paper', 'teacher: descriptor network'],
])('%s, %s', (name, preset, line) => {
  expect(describeNetwork(findSystem(name).resolve(preset))).toBe(line);
});

it('tells of the one that comes with the packages', () => {
  const of = (name: string): string | undefined => {
    const system = findSystem(name);
    return describeNetwork(system.resolve('quick', system.withBundled(system.resolve('quick'))));
  };
  expect(of('stfpm')).toBe('backbone: resnet18_half, which comes with the packages');
  expect(of('uninformed-students')).toBe('teacher: descriptor network, which comes with the packages');
});
