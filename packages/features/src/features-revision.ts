/**
 * Raised with every change that moves a bit of any backbone's features: part of the key under which features are kept, so
 * that those of an earlier release are never taken for today's.
 */
export const featuresRevision = 4;
