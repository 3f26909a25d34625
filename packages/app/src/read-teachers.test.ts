import { join } from 'node:path';
import { createDescriptor, seededWeights, writeDescriptor } from '@blemish/features';
import { writeSafetensors } from '@blemish/weights';
import { exitCodeOf } from './errors.js';
import { readTeachers } from './read-teachers.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();

function teacherFile(name: string, receptiveField: 17 | 33, dtype: 'F32' | 'F16' = 'F32'): string {
  const descriptor = createDescriptor({ receptiveField });
  const { weights } = seededWeights({ name, weightSpecs: descriptor.specs }, 1);
  return writeInto(folder, name, writeDescriptor({ descriptor, weights, provenance: {}, dtype }));
}

async function expectRefusal(paths: readonly string[], code: number, message: string): Promise<void> {
  const error: unknown = await readTeachers(paths).then(() => undefined, (reason: unknown) => reason);
  expect([exitCodeOf(error), (error as Error).message]).toEqual([code, message]);
}

it('reads files of several receptive fields, of any precision', async () => {
  const paths = [teacherFile('b33', 33), teacherFile('a17', 17, 'F16')];
  const teachers = await readTeachers(paths);
  expect(teachers.map(({ descriptor, source }) => [descriptor.receptiveField, source])).toEqual([[33, paths[0]], [17, paths[1]]]);
  expect(await readTeachers([])).toEqual([]);
});

it('refuses two of one receptive field', async () => {
  const [one, other] = [teacherFile('one', 17), teacherFile('other', 17)];
  await expectRefusal([one, other], 2, `--teacher: expected one file a receptive field, got ${one} and ${other}, both of 17`);
});

it('names a file that is not there, or no descriptor', async () => {
  const [none, text, weights] = [join(folder, 'none'), writeInto(folder, 'text', 'hello'), writeInto(folder, 'weights', writeSafetensors([]))];
  await expectRefusal([none], 1, `${none}: cannot read the teacher: there is no such file`);
  await expect(readTeachers([text])).rejects.toThrow(new RegExp(`^${text}: [^\n]+$`));
  await expect(readTeachers([weights])).rejects.toThrow(new RegExp(`^${weights}: [^\n]+$`));
});
