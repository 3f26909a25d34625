/** A rotation, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

// sensor frame: x right, y down, z away from the sensor; view frame: the same for the viewer
// a: azimuth, t = 90 degrees - elevation: tilt
// R = [1 0 0; 0 cos t  sin t; 0 -sin t  cos t] [cos a  -sin a  0; sin a  cos a  0; 0 0 1]

/**
 * From the sensor's frame to a viewer's: the cloud is turned by the azimuth about the sensor's axis, then tilted until it
 * is seen from the elevation over its table. Elevation 90 and azimuth 0 are the sensor's own view.
 *
 * @param azimuth degrees
 * @param elevation degrees; below 90 the viewer stands on the side of the picture's lower edge
 */
export function viewRotation(azimuth: number, elevation: number): Rotation {
  const a = (azimuth * Math.PI) / 180;
  const t = ((90 - elevation) * Math.PI) / 180;
  const [ca, sa, ct, st] = [Math.cos(a), Math.sin(a), Math.cos(t), Math.sin(t)];
  return [ca, -sa, 0, ct * sa, ct * ca, st, -st * sa, -st * ca, ct];
}
