import type { ImageFile, LabeledFile } from './dataset.js';

/**
 * Files of one kind of defect with their masks.
 *
 * @param masks one a file
 * @param notes gets a line where some have none
 */
export function defectiveFiles(files: readonly ImageFile[], masks: readonly (string | undefined)[], defect: string, notes: string[]): LabeledFile[] {
  const without = masks.filter((mask) => mask === undefined).length;
  if (without > 0) notes.push(`${without} of ${files.length} images of ${defect} have no mask: they count for image metrics only`);
  return files.map((file, i) => {
    const maskPath = masks[i];
    return { ...file, label: 1, defect, ...(maskPath !== undefined && { maskPath }) };
  });
}
