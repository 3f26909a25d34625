// What `npm run engine:native` installs. A new TensorFlow.js means a new line here and in the packages' dependencies.

/** The release of tfjs-node, the same as of every other TensorFlow.js package here. */
export const tfjsVersion = '4.22.0';

/** The release of TensorFlow whose C library is taken from PyPI where tfjs-node's own download is blocked. */
export const tensorflowVersion = '2.21.0';

/** What has to be free on the disk: the wheel and what is taken out of it, for as long as both are there. */
export const neededBytes = 1.5e9;

/**
 * @typedef {object} Wheel
 * @property {string} project the project's name on PyPI
 * @property {string} platform the wheel's platform tag
 * @property {string} [sha256] the wheel's SHA-256; without one the registry's own word, which pip checks, has to do
 */

/**
 * The wheels by Node's platform and architecture. Which Python they were made for does not matter: no Python runs.
 *
 * @type {Readonly<Record<string, Wheel>>}
 */
export const wheels = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux-arm64': { project: 'tensorflow', platform: 'manylinux_2_27_aarch64' },
};

/** The Python that the wheels are named after. */
export const pythonTag = '311';
