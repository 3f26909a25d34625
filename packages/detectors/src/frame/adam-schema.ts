import { z } from 'zod';

/** Settings of Adam in a configuration. */
export const adamSchema = z.strictObject({
  learningRate: z.number().positive(),
  beta1: z.number().min(0).lt(1),
  beta2: z.number().min(0).lt(1),
  epsilon: z.number().positive(),
  /** Added to the gradient, times the weight, before the moments. */
  l2: z.number().min(0),
});
