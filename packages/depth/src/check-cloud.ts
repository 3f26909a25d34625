/** Throws unless the shape is that of an organised cloud with pixels; `name` says which argument it was. */
export function checkCloud(cloud: { readonly shape: readonly number[] }, name: string): void {
  const [height = 0, width = 0, coordinates] = cloud.shape;
  if (cloud.shape.length !== 3 || coordinates !== 3 || !(height > 0 && width > 0)) {
    throw new Error(`${name}: expected an organised cloud of shape [height, width, 3], got [${cloud.shape.join(', ')}]`);
  }
}
