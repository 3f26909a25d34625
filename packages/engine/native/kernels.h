#pragma once
// What the kernels do, in plain pointers: every instruction set has one table of them.
// Notation: N, H, W: images, rows, columns; C, K: channels in, channels out; all maps are [N,H,W,C], dense.

namespace blemish {

// Where the windows of a convolution stand: `kernel` x `kernel`, one step each way, `pad` positions beyond each edge.
struct ConvShape {
  long n, h, w, c, k;
  int kernel, pad;
  bool replicate;  // what lies beyond the edge: the nearest value, or zeros

  long outH() const { return h + 2 * pad - kernel + 1; }
  long outW() const { return w + 2 * pad - kernel + 1; }
};

// What is added to every output before the activation: offset[n * image + position * place + channel].
struct Offset {
  const float* data;  // null: nothing
  long image, place;
};

// y = f(convolution of x + offset) + residual, f(v) = v where v > 0, slope * v elsewhere; a slope of 1 is no activation.
struct ConvolveCall {
  ConvShape shape;
  const float *x, *filter;  // filter: [kernel,kernel,C,K]
  Offset offset;
  const float* residual;  // [N,outH,outW,K] or null
  float slope;
  float* y;
};

// The gradient of what came out of f, from that of y: dy where y > 0, slope * dy elsewhere.
struct OutputGradient {
  const float *dy, *y;  // y: null where there is no activation
  float slope;
};

struct ConvInputGradCall {
  ConvShape shape;
  OutputGradient gradient;
  const float* filter;
  float* dx;
};

struct ConvFilterGradCall {
  ConvShape shape;
  const float* x;
  OutputGradient gradient;
  float *dFilter, *dBias;  // dBias: [K]
};

// M = beta1 m + g', V = beta2 v + g'^2, W = w - a M / (sqrt(V) + e), where g' = g + l2 w.
struct AdamStep {
  long size;
  const float *w, *g, *m, *v;
  float beta1, beta2, a, e, l2;
  float *newW, *newM, *newV;
};

// y = f(scale (x - mean) / sqrt(variance + epsilon) + offset) + residual, f as in ConvolveCall. Training: mean and biased
// variance of each channel are computed and written; otherwise they are read.
struct BatchNormCall {
  long positions, channels;
  const float *x, *scale, *offset, *residual;  // residual: of x's shape or null
  float epsilon, slope;
  bool training;
  float *mean, *variance, *y;
};

struct BatchNormGradCall {
  long positions, channels;
  const float *dy, *x, *scale, *offset, *mean, *variance;
  float epsilon, slope;
  bool training;
  float *dx, *dScale, *dOffset;
};

// Half of an affine coupling block at every position: y = x exp(e) + t, where r = [s,t] and e = bound atan(s / clamp);
// j is the sum of e over the channels.
struct CoupleCall {
  long positions, channels;
  const float *x, *r;  // [positions,channels], [positions,2 channels]
  float clamp, bound;
  float *y, *j;  // [positions,channels], [positions]
};

struct CoupleGradCall {
  long positions, channels;
  const float *x, *r, *dy, *dj;
  float clamp, bound;
  float *dx, *dr;
};

// y[p,i] = x[p,order[i]]
struct PermuteCall {
  long positions, channels;
  const float* x;
  const long* order;
  float* y;
};

// y = swish(convolution of (x - mean) / deviation + bias), zeros beyond the edges; `pad` is before the first row or column.
struct StemCall {
  long n, h, w, c, k;
  int kernel, stride;
  long padTop, padLeft, outH, outW;
  const float *x, *mean, *deviation;  // mean, deviation: [C]
  const float *filter, *bias;         // [kernel,kernel,C,K], [K]
  float* y;                           // [N,outH,outW,K]
};

// EfficientNet's block with normalisations folded: expand, depthwise, squeeze-excite, project, skip; see inverted-residual.h.
// With a stem, what is expanded is the stem's output [N,h,w,expanded], which is nowhere kept; its y and this x are not used.
struct InvertedResidualCall {
  long n, h, w, inputs, expanded, squeezed, outputs;
  int kernel, stride;
  long padTop, padLeft, outH, outW;
  bool skip;
  const StemCall* stem;  // or null
  const float* x;
  const float *expandFilter, *expandBias;    // [inputs,expanded]; null: the block does not expand
  const float *depthFilter, *depthBias;      // [kernel,kernel,expanded]
  const float *reduceFilter, *reduceBias;    // [expanded,squeezed]
  const float *exciteFilter, *exciteBias;    // [squeezed,expanded]
  const float *projectFilter, *projectBias;  // [expanded,outputs]
  float* y;                                  // [N,outH,outW,outputs]
};

// Windows of `kernel` positions a side, `stride` apart, over x [N,h,w,C] continued by `pad` positions that never are the largest.
struct PoolShape {
  long n, h, w, c;
  long kernel, stride, pad;
  long outH, outW;
};

struct MaxPoolCall {
  PoolShape shape;
  const float* x;
  float* y;  // [N,outH,outW,C]
};

// What comes to a window goes to the first of its largest values, row by row.
struct MaxPoolGradCall {
  PoolShape shape;
  const float *x, *y, *dy;
  float* dx;
};

struct Kernels {
  const char* isa;
  void (*convolve)(const ConvolveCall&);
  void (*convInputGrad)(const ConvInputGradCall&);
  void (*convFilterGrad)(const ConvFilterGradCall&);
  void (*adam)(const AdamStep&);
  void (*batchNorm)(const BatchNormCall&);
  void (*batchNormGrad)(const BatchNormGradCall&);
  void (*couple)(const CoupleCall&);
  void (*coupleGrad)(const CoupleGradCall&);
  void (*maxPool)(const MaxPoolCall&);
  void (*maxPoolGrad)(const MaxPoolGradCall&);
  void (*permuteChannels)(const PermuteCall&);
  void (*stem)(const StemCall&);
  void (*invertedResidual)(const InvertedResidualCall&);
};

// The table for this processor, or the one named by `useIsa`.
const Kernels& kernels();

// Holds to one instruction set; false where the processor has not got it, or nothing is of that name.
bool useIsa(const char* name);

}  // namespace blemish
