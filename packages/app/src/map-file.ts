/** Where the anomaly maps of a category lie in a run's folder, forward slashes. */
export function mapFolder(category: string): string {
  return `maps/${category}`;
}

/** Where the anomaly map of a test image lies in a run's folder, forward slashes. */
export function mapFile(category: string, id: string): string {
  return `${mapFolder(category)}/${id.replace(/\.[^./]+$/, '')}.tiff`;
}
