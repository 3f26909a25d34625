import { InvalidArgumentError } from 'commander';
import { lossTerms, type LossTerm } from '@blemish/detectors';

/** A parser of losses and their weights, such as `knowledge=1,compactness=0.5`; one that is not named does not count. */
export function lossWeights(text: string): Record<LossTerm, number> {
  const weights: Record<LossTerm, number> = { knowledge: 0, compactness: 0, triplet: 0 };
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [name = '', value = '1', ...rest] = part.split('=').map((piece) => piece.trim());
    const weight = Number(value);
    const isFine = lossTerms.includes(name as LossTerm) && !seen.has(name) && rest.length === 0 && value !== '' && weight >= 0 && Number.isFinite(weight);
    if (!isFine) throw new InvalidArgumentError(`Expected some of ${lossTerms.join(', ')}, each once, with its weight as in knowledge=1,compactness=0.5.`);
    seen.add(name);
    weights[name as LossTerm] = weight;
  }
  return weights;
}
