/** What is looked at: images, depth maps, or both of the same part. */
export type Modality = 'rgb' | 'depth' | 'rgb+depth';

/** Whether images are looked at. */
export function usesImage(modality: Modality): boolean {
  return modality !== 'depth';
}

/** Whether depth maps are looked at. */
export function usesDepth(modality: Modality): boolean {
  return modality !== 'rgb';
}
