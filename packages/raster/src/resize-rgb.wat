;; Resizing of RGB images, 8-bit levels, in 22-bit fixed point: the two passes of Pillow's bilinear filter.
;;
;; w: weight, a whole number from 0 to 2^22 = high * 2^11 + low, both of which fit 16 bits
;; sum over k of w[k] * level[k] = (sum of high[k] * level[k]) * 2^11 + sum of low[k] * level[k]: exact in 32 bits, and
;; `dot` multiplies 16-bit numbers in pairs, so that two weights are taken in one instruction
;; 0x200000: a half of 2^22; narrowing saturates, which brings a sum of 256 back to 255
;;
;; Loads of 16 bytes and stores of 4 or 8 reach past what is meant: weights there are 0, and bytes written there are
;; written again, or lie in slack that the caller leaves.
(module
  (memory (export "memory") 1)

  ;; Every row from its own width to `width` pixels: [rows,sourceRow/3,3] -> [rows,width,3].
  ;; table: for each pixel of the result the offset of its first source pixel in bytes (i32), then for each `block` of
  ;; four weights their high halves and their low halves (8 x i16); further weights are 0.
  (func (export "rows")
    (param $source i32) (param $target i32) (param $rows i32) (param $sourceRow i32) (param $width i32) (param $table i32) (param $blocks i32)
    (local $x i32) (local $entry i32) (local $from i32) (local $block i32)
    (local $high v128) (local $low v128) (local $pixels v128) (local $first v128) (local $second v128)
    (loop $everyRow
      (local.set $entry (local.get $table))
      (local.set $x (local.get $width))
      (loop $everyPixel
        (local.set $from (i32.add (local.get $source) (i32.load (local.get $entry))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (local.set $high (v128.const i32x4 0 0 0 0))
        (local.set $low (v128.const i32x4 0x200000 0x200000 0x200000 0))
        (local.set $block (local.get $blocks))
        (loop $everyBlock
          ;; r0 g0 b0 r1 g1 b1 ... -> r0 r1 g0 g1 b0 b1 as 16 bits; the next two pixels likewise
          (local.set $pixels (v128.load (local.get $from)))
          (local.set $first (i8x16.swizzle (local.get $pixels) (v128.const i8x16 0 -1 3 -1 1 -1 4 -1 2 -1 5 -1 -1 -1 -1 -1)))
          (local.set $second (i8x16.swizzle (local.get $pixels) (v128.const i8x16 6 -1 9 -1 7 -1 10 -1 8 -1 11 -1 -1 -1 -1 -1)))
          (local.set $high (i32x4.add (local.get $high) (i32x4.add
            (i32x4.dot_i16x8_s (local.get $first) (v128.load32_splat (local.get $entry)))
            (i32x4.dot_i16x8_s (local.get $second) (v128.load32_splat offset=4 (local.get $entry))))))
          (local.set $low (i32x4.add (local.get $low) (i32x4.add
            (i32x4.dot_i16x8_s (local.get $first) (v128.load32_splat offset=8 (local.get $entry)))
            (i32x4.dot_i16x8_s (local.get $second) (v128.load32_splat offset=12 (local.get $entry))))))
          (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
          (local.set $from (i32.add (local.get $from) (i32.const 12)))
          (br_if $everyBlock (local.tee $block (i32.sub (local.get $block) (i32.const 1)))))
        (local.set $low (i32x4.shr_s (i32x4.add (i32x4.shl (local.get $high) (i32.const 11)) (local.get $low)) (i32.const 22)))
        (local.set $low (i16x8.narrow_i32x4_s (local.get $low) (local.get $low)))
        (v128.store32_lane 0 (local.get $target) (i8x16.narrow_i16x8_u (local.get $low) (local.get $low)))
        (local.set $target (i32.add (local.get $target) (i32.const 3)))
        (br_if $everyPixel (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
      (local.set $source (i32.add (local.get $source) (local.get $sourceRow)))
      (br_if $everyRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; One row of the result, `length` bytes, of the 2 * `pairs` source rows that begin at `source`, `length` bytes each.
  ;; weights: for each pair of rows their high halves and their low halves (4 x i16); those of rows not needed are 0.
  (func (export "column")
    (param $source i32) (param $target i32) (param $length i32) (param $weights i32) (param $pairs i32)
    (local $i i32) (local $from i32) (local $entry i32) (local $pair i32)
    (local $high0 v128) (local $high1 v128) (local $low0 v128) (local $low1 v128)
    (local $upper v128) (local $lower v128) (local $levels0 v128) (local $levels1 v128) (local $weight v128)
    (loop $everyEight
      (local.set $from (i32.add (local.get $source) (local.get $i)))
      (local.set $entry (local.get $weights))
      (local.set $pair (local.get $pairs))
      (local.set $high0 (v128.const i32x4 0 0 0 0))
      (local.set $high1 (v128.const i32x4 0 0 0 0))
      (local.set $low0 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
      (local.set $low1 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
      (loop $everyPair
        ;; a level of the upper row beside that of the lower row, as 16 bits: the first four, the last four
        (local.set $upper (v128.load8x8_u (local.get $from)))
        (local.set $lower (v128.load8x8_u (i32.add (local.get $from) (local.get $length))))
        (local.set $levels0 (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $upper) (local.get $lower)))
        (local.set $levels1 (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $upper) (local.get $lower)))
        (local.set $weight (v128.load32_splat (local.get $entry)))
        (local.set $high0 (i32x4.add (local.get $high0) (i32x4.dot_i16x8_s (local.get $levels0) (local.get $weight))))
        (local.set $high1 (i32x4.add (local.get $high1) (i32x4.dot_i16x8_s (local.get $levels1) (local.get $weight))))
        (local.set $weight (v128.load32_splat offset=4 (local.get $entry)))
        (local.set $low0 (i32x4.add (local.get $low0) (i32x4.dot_i16x8_s (local.get $levels0) (local.get $weight))))
        (local.set $low1 (i32x4.add (local.get $low1) (i32x4.dot_i16x8_s (local.get $levels1) (local.get $weight))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.shl (local.get $length) (i32.const 1))))
        (br_if $everyPair (local.tee $pair (i32.sub (local.get $pair) (i32.const 1)))))
      (local.set $levels0 (i16x8.narrow_i32x4_s
        (i32x4.shr_s (i32x4.add (i32x4.shl (local.get $high0) (i32.const 11)) (local.get $low0)) (i32.const 22))
        (i32x4.shr_s (i32x4.add (i32x4.shl (local.get $high1) (i32.const 11)) (local.get $low1)) (i32.const 22))))
      (v128.store64_lane 0 (i32.add (local.get $target) (local.get $i)) (i8x16.narrow_i16x8_u (local.get $levels0) (local.get $levels0)))
      (br_if $everyEight (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (local.get $length))))))
