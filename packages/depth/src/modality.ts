/** What of a part is looked at: images, depth maps, or both of the same part. */
export const modalities = ['rgb', 'depth', 'rgb+depth'] as const;

/** One of them. */
export type Modality = (typeof modalities)[number];

/** Whether images are looked at. */
export function usesImage(modality: Modality): boolean {
  return modality !== 'depth';
}

/** Whether depth maps are looked at. */
export function usesDepth(modality: Modality): boolean {
  return modality !== 'rgb';
}
