import type { TeacherFile } from '@blemish/detectors';
import { readDescriptor } from '@blemish/features';
import { UsageError } from './errors.js';
import { readFileFor } from './read-file-for.js';

/**
 * Reads descriptor files.
 *
 * @throws Error naming the file that is none; UsageError for two of one receptive field
 */
export async function readTeachers(paths: readonly string[]): Promise<readonly TeacherFile[]> {
  const teachers: TeacherFile[] = [];
  for (const path of paths) {
    const { descriptor, weights } = readDescriptor(await readFileFor(path, 'the teacher'), path);
    const twin = teachers.find((other) => other.descriptor.receptiveField === descriptor.receptiveField);
    if (twin !== undefined) throw new UsageError(`--teacher: expected one file a receptive field, got ${twin.source} and ${path}, both of ${descriptor.receptiveField}`);
    teachers.push({ descriptor, weights, source: path });
  }
  return teachers;
}
