import { usageLine } from './usage-line.js';

it('makes one line of an error, and says where more is', () => {
  expect(usageLine("error: unknown option '--goof'\n(Did you mean --good?)\n", 'blemish train')).toBe(
    "blemish: unknown option '--goof' (Did you mean --good?) (blemish train --help shows what there is)\n",
  );
});
