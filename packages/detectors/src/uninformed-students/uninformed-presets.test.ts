import { resolveUninformedConfig, uninformedPresetNames } from './uninformed-presets.js';

it.each(uninformedPresetNames)('%s is a whole configuration', (name) => {
  const config = resolveUninformedConfig(name);
  expect(config.preset).toBe(name);
  expect(resolveUninformedConfig(name, config)).toEqual(config);
});

it('paper has the numbers of the paper', () => {
  expect(resolveUninformedConfig('paper')).toMatchObject({
    ...{ imageSize: [256, 256], students: 3, batch: 1, optimizer: { learningRate: 1e-4, l2: 1e-5 } },
    fields: { 17: { window: null, trainStride: 1, scoreStride: 1, epochs: 100 } },
  });
});

it.each<[unknown, string]>([
  [{ teachers: { receptiveFields: [17, 33, 17] } }, "configuration 'teachers.receptiveFields': expected each once, got 17, 33, 17"],
  [{ teachers: { receptiveFields: [18] } }, "configuration 'teachers.receptiveFields.0': "],
  [{ fields: { 33: { window: 32 } } }, "configuration 'fields.33.window': expected 33 to 288 pixels, got 32"],
  [{ fields: { 17: { window: 273 } } }, "configuration 'fields.17.window': expected 17 to 272 pixels, got 273"],
  [{ imageSize: [32, 256], teachers: { receptiveFields: [65] } }, "configuration 'imageSize': expected more than 32 pixels for a receptive field of 65, got 32x256"],
  [{ imageSize: [260, 256] }, "configuration 'fields.17.scoreStride': expected a divisor of the image's 260x256 pixels, got 8"],
  [{ imageSize: [264, 256], fields: { 65: { trainStride: 16 } } }, "configuration 'fields.65.trainStride': expected a divisor of the image's 264x256 pixels, got 16"],
  [{ mapStride: 3 }, "configuration 'mapStride': expected a divisor of the image's 256x256 pixels, got 3"],
  [{ mapStride: 8 }, "configuration 'mapStride': expected at most the scoreStride of each field, 4 for 33, got 8"],
  [{ heldOut: 0 }, "configuration 'heldOut': "],
  [{ backbone: { name: 'resnet18' } }, "configuration 'backbone': "],
  [{ epochs: 3 }, `configuration: Unrecognized key: "epochs"`],
])('refuses %j in one line', (override, message) => {
  const refused = (): unknown => resolveUninformedConfig('quick', { fields: { 65: { window: null } } }, override);
  expect(refused).toThrow(message);
  expect(refused).toThrow(/^[^\n]+$/);
});

it('lets fields that nobody asks for be as they are', () => {
  const config = { imageSize: [32, 32], mapStride: 8, teachers: { receptiveFields: [17] } };
  expect(resolveUninformedConfig('quick', config).teachers.receptiveFields).toEqual([17]);
});
