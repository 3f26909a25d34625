import { findSystem, type SystemConfig } from '@blemish/detectors';

/** Which frozen network a model learns from, as a line for people; undefined where there is none. */
export function describeNetwork({ kind, seed, backbone, teachers }: Pick<SystemConfig, 'kind' | 'seed' | 'backbone' | 'teachers'>): string | undefined {
  const origin = (backbone ?? teachers)?.weights;
  const [role, name] = backbone === null ? ['teacher', 'descriptor network'] : ['backbone', backbone.name];
  switch (origin) {
    case undefined:
      return undefined;
    case 'random':
      return `${role}: ${name} with random weights of seed ${seed}: it shows the way, not what ${findSystem(kind).title} can do`;
    case 'bundled':
      return `${role}: ${name}, which comes with the packages`;
    case 'pretrained':
      return `${role}: ${name}`;
  }
}
