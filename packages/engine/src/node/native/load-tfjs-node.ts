import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import * as util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { TfjsNode } from './find-tfjs-node.js';

const require = createRequire(import.meta.url);

/**
 * Registers the backend `tensorflow` of a copy of tfjs-node, wherever it lies, with our own tfjs-core.
 *
 * tfjs-node imports the union package `@tensorflow/tfjs`, which would bring a second tfjs-core and six packages more; its
 * backend and kernels need nothing but the core. So its files are evaluated here with ours in that place.
 */
export function loadTfjsNode(package_: TfjsNode): void {
  // The addon first: where it does not load, nothing is registered.
  if (package_.quiet !== undefined) {
    const { open } = require(package_.quiet) as { open(path: string): void };
    open(join(package_.root, 'deps', 'lib', 'libtensorflow_framework.so.2'));
  }
  const binding = require(package_.addon) as { isUsingGpuDevice(): boolean };
  if (package_.name === '@tensorflow/tfjs-node-gpu' && !binding.isUsingGpuDevice()) throw new Error('TensorFlow finds no CUDA device');

  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const file = path.endsWith('.js') ? path : `${path}.js`;
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(file, module);
    const body = new Function('exports', 'require', 'module', '__filename', '__dirname', readFileSync(file, 'utf8'));
    body(module.exports, (name: string) => (name.startsWith('.') ? load(resolve(dirname(file), name)) : outer(name)), module, file, dirname(file));
    return module.exports;
  };
  // Protocol buffers serve TensorBoard only.
  modules.set(join(package_.root, 'dist', 'proto', 'api_pb.js'), { exports: {} });

  load(join(package_.root, 'dist', 'register_all_kernels'));
  const { NodeJSKernelBackend } = load(join(package_.root, 'dist', 'nodejs_kernel_backend')) as {
    NodeJSKernelBackend: new (binding: unknown, name: string) => tf.KernelBackend;
  };

  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, package_.name), 3);
}

/** What tfjs-node's files may import: the core in the union's place, and Node's own modules. */
function outer(name: string): unknown {
  switch (name) {
    case '@tensorflow/tfjs':
    case '@tensorflow/tfjs-core':
      return require('@tensorflow/tfjs-core');
    case 'util':
      // Node 23 dropped the two that tfjs-node calls.
      return { ...util, isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value === null || value === undefined };
    case 'os':
      return require('node:os');
    default:
      throw new Error(`tfjs-node imports ${name}, which its backend is not known to need`);
  }
}
