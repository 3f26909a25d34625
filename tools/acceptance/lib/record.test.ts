import { portable } from './record.mjs';

describe('portable', () => {
  it('names folders as the reader knows them', () => {
    const command = 'blemish train --data /x/shared/data/mvtec_ad --out /y/runs --run a';
    expect(portable(command, { shared: '/x/shared', out: '/y/runs' })).toBe('blemish train --data ../shared/data/mvtec_ad --out results --run a');
  });
});
