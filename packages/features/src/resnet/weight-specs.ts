import { batchNormSpecs, type ParamSpec, type ParamSpecs } from '@blemish/layers';
import { resnetUnits, type ResNetArchitecture, type ResNetUnit } from './architecture.js';

/**
 * The weights of a network as it is trained: each convolution without bias, each normalisation. The values they start with
 * are torchvision's: filters normal, with the variance that keeps a ReLU network's gradients level (He et al., ICCV 2015:
 * 2 / fan out), normalisations 1 and 0.
 */
export function resnetSpecs(architecture: ResNetArchitecture): ParamSpecs {
  return Object.assign({}, ...resnetUnits(architecture).map((unit) => ({ ...filterSpecs(unit), ...batchNormSpecs(unit.norm, unit.outChannels) }))) as ParamSpecs;
}

/** The weights of a network whose normalisations are folded into their convolutions, which have a bias so. */
export function foldedResNetSpecs(architecture: ResNetArchitecture): ParamSpecs {
  const bias = ({ convolution, outChannels }: ResNetUnit): ParamSpecs => ({
    [`${convolution}.bias`]: { shape: [outChannels], layout: 'plain', trainable: true, initial: 0 },
  });
  return Object.assign({}, ...resnetUnits(architecture).map((unit) => ({ ...filterSpecs(unit), ...bias(unit) }))) as ParamSpecs;
}

/**
 * The weights of a random network that is never trained. Nothing normalises there, so filters keep the power of what they
 * read (He's rule with the fan in), and what a block adds to its input is made smaller.
 */
export function untrainedResNetSpecs(architecture: ResNetArchitecture): ParamSpecs {
  const specs = { ...resnetSpecs(architecture) };
  const start = (name: string, initial: ParamSpec['initial']): void => void (specs[name] = { ...(specs[name] as ParamSpec), initial });
  for (const { convolution, kernel, inChannels } of resnetUnits(architecture)) {
    start(`${convolution}.weight`, { deviation: Math.sqrt(2 / (inChannels * kernel * kernel)) });
  }
  for (const { units, shortcut } of architecture.stages.flatMap(({ blocks }) => blocks)) {
    start(`${units.at(-1)?.norm}.weight`, 0.5);
    if (shortcut !== undefined) start(`${shortcut.norm}.weight`, Math.SQRT1_2); // no ReLU behind it
  }
  return specs;
}

function filterSpecs({ convolution, kernel, inChannels, outChannels }: ResNetUnit): ParamSpecs {
  const deviation = Math.sqrt(2 / (outChannels * kernel * kernel));
  return { [`${convolution}.weight`]: { shape: [kernel, kernel, inChannels, outChannels], layout: 'filter', trainable: true, initial: { deviation } } };
}
