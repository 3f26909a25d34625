// Adam's step in one pass.

// w, g, m, v of `size` values to the new w, m, v. See AdamStep for the formula.
void adam(const AdamStep& step) {
  constexpr long chunk = 1 << 16;
  parallelFor(static_cast<int>((step.size + chunk - 1) / chunk), [&](int item) {
    const long from = item * chunk, end = least(from + chunk, step.size);
    for (long i = from; i < end; i += W) {
      const int n = lanes(i, end);
      const Vec w = load(step.w + i, n);
      const Vec g = load(step.g + i, n) + step.l2 * w;
      const Vec m = step.beta1 * load(step.m + i, n) + g;
      const Vec v = step.beta2 * load(step.v + i, n) + g * g;
      Vec root;
      for (int k = 0; k < W; k++) root[k] = __builtin_sqrtf(v[k]);
      store(step.newW + i, w - step.a * (m / (root + step.e)), n);
      store(step.newM + i, m, n);
      store(step.newV + i, v, n);
    }
  });
}
