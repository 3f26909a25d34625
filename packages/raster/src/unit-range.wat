;; Levels 0..255 to float32 in [0,1]: level / 255, correctly rounded. 1/255 = 257/2^16 + 1/(255 2^16): the first product is
;; exact, so that only the sum is rounded; a test holds all 256 to the quotient.
(module
  (memory (export "memory") 2)

  ;; `count` levels at `source` to as many numbers at `target`, 16 at a time: both have room up to a multiple of 16.
  (func (export "unit") (param $source i32) (param $target i32) (param $count i32)
    (local $end i32) (local $levels v128) (local $half v128) (local $whole v128)
    (local.set $end (i32.add (local.get $source) (local.get $count)))
    (loop $next
      (local.set $levels (v128.load (local.get $source)))
      (local.set $half (i16x8.extend_low_i8x16_u (local.get $levels)))
      (v128.store (local.get $target)
        (f32x4.add
          (f32x4.mul (local.tee $whole (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $half)))) (f32x4.splat (f32.const 0x1.01p-8)))
          (f32x4.mul (local.get $whole) (f32x4.splat (f32.const 0x1.010102p-24)))))
      (v128.store offset=16 (local.get $target)
        (f32x4.add
          (f32x4.mul (local.tee $whole (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $half)))) (f32x4.splat (f32.const 0x1.01p-8)))
          (f32x4.mul (local.get $whole) (f32x4.splat (f32.const 0x1.010102p-24)))))
      (local.set $half (i16x8.extend_high_i8x16_u (local.get $levels)))
      (v128.store offset=32 (local.get $target)
        (f32x4.add
          (f32x4.mul (local.tee $whole (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $half)))) (f32x4.splat (f32.const 0x1.01p-8)))
          (f32x4.mul (local.get $whole) (f32x4.splat (f32.const 0x1.010102p-24)))))
      (v128.store offset=48 (local.get $target)
        (f32x4.add
          (f32x4.mul (local.tee $whole (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $half)))) (f32x4.splat (f32.const 0x1.01p-8)))
          (f32x4.mul (local.get $whole) (f32x4.splat (f32.const 0x1.010102p-24)))))
      (local.set $target (i32.add (local.get $target) (i32.const 64)))
      (br_if $next (i32.lt_u (local.tee $source (i32.add (local.get $source) (i32.const 16))) (local.get $end))))))
