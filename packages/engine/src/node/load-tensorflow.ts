import * as tf from '@tensorflow/tfjs-core';
import { declareNativeThreads } from '../engine-report.js';
import { findTfjsNode, type TfjsNodeName } from './native/find-tfjs-node.js';
import { loadKernels } from './native/load-kernels.js';
import { loadTfjsNode } from './native/load-tfjs-node.js';
import { threadCount } from './threads.js';

let loaded: TfjsNodeName | undefined;

/**
 * Loads tfjs-node or tfjs-node-gpu. Both register the backend `tensorflow`, so a process has room for one of them.
 *
 * @throws Error where it is not installed, or where the other one was loaded before
 */
export function loadTensorflow(name: TfjsNodeName): void {
  if (loaded === name) return;
  if (loaded !== undefined) throw new Error(`${loaded} is loaded already, and a process has room for one of the two`);
  const threads = threadCount();
  // A program that imported tfjs-node itself has registered it.
  if (!tf.findBackendFactory('tensorflow')) {
    const found = findTfjsNode(name);
    if (found === undefined) throw new Error('it is not installed');
    prepareEnvironment(threads);
    loadTfjsNode(found);
    if (name === '@tensorflow/tfjs-node') loadKernels(threads);
  }
  declareNativeThreads(threads);
  loaded = name;
}

/** What libtensorflow reads from the environment while it is loaded, and never again. */
function prepareEnvironment(threads: number): void {
  // It turns oneDNN on by itself on some processors only.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
  process.env['OMP_NUM_THREADS'] ??= String(threads);
}
