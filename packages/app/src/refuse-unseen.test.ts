import { UsageError } from './errors.js';
import { refuseUnseen } from './refuse-unseen.js';

it('refuses folders that a model would not look at', () => {
  const folders = { good: 'a', defective: 'b', defectiveDepth: 'c' };
  expect(() => refuseUnseen(folders, 'rgb')).toThrow(new UsageError('--defective-depth: modality rgb looks at images alone; leave it out, or train with --modality rgb+depth'));
  expect(() => refuseUnseen(folders, 'depth')).toThrow(new UsageError('--defective: modality depth looks at depth alone; leave it out, or train with --modality rgb+depth'));
});

it('lets pass what is looked at, and what lacks its partner, which listing says', () => {
  refuseUnseen({ good: 'a', goodDepth: 'b' }, 'rgb+depth');
  refuseUnseen({ goodDepth: 'b' }, 'depth');
  refuseUnseen({ goodDepth: 'b' }, 'rgb');
  refuseUnseen({ data: 'a', category: 'b' }, 'rgb');
});
