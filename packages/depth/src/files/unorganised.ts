/** The error for a cloud whose points have no rows and columns, `reason` saying how that shows. */
export function unorganised(name: string, points: number, reason: string): Error {
  return new Error(`${name}: an unorganised cloud of ${points} points (${reason}); an organised one, in the sensor's rows and columns, is needed`);
}
