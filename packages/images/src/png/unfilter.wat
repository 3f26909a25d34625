;; PNG's filters taken back (PNG specification, 9.2), a pixel at a time as 8 bytes of a vector.
;;
;; x: the byte of the row; a: the byte left of it, one pixel before; b: above; c: above and left
;;
;; Loads and stores of 8 or 16 bytes reach past a pixel and past the row: what is written there is written again by the
;; next pixel, the next row, or lies in slack that the caller leaves.
(module
  (memory (export "memory") 1)

  ;; raw: `rows` rows of one filter byte and `length` bytes; target: [rows,length]; above: the row before the first.
  ;; step: bytes of one pixel, 1 to 8. Filter bytes are from 0 to 4: the caller has looked.
  (func (export "unfilter")
    (param $raw i32) (param $target i32) (param $above i32) (param $rows i32) (param $length i32) (param $step i32)
    (local $filter i32) (local $i i32)
    (local $a v128) (local $b v128) (local $c v128) (local $pa v128) (local $pb v128) (local $least v128)
    (loop $everyRow
      (local.set $filter (i32.load8_u (local.get $raw)))
      (local.set $raw (i32.add (local.get $raw) (i32.const 1)))
      (local.set $i (i32.const 0))
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $c (v128.const i32x4 0 0 0 0))
      (block $done
        (block $paeth
          (block $average
            (block $up
              (block $sub
                (block $none
                  (br_table $none $sub $up $average $paeth (local.get $filter)))
                (memory.copy (local.get $target) (local.get $raw) (local.get $length))
                (br $done))
              (loop $next ;; x + a
                (local.set $a (i8x16.add (local.get $a) (v128.load64_zero (i32.add (local.get $raw) (local.get $i)))))
                (v128.store64_lane 0 (i32.add (local.get $target) (local.get $i)) (local.get $a))
                (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (local.get $step))) (local.get $length))))
              (br $done))
            (loop $next ;; x + b
              (v128.store (i32.add (local.get $target) (local.get $i)) (i8x16.add
                (v128.load (i32.add (local.get $raw) (local.get $i)))
                (v128.load (i32.add (local.get $above) (local.get $i)))))
              (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $length))))
            (br $done))
          (loop $next ;; x + (a + b) / 2, rounded down: `avgr` rounds up, by one where a + b is odd
            (local.set $b (v128.load64_zero (i32.add (local.get $above) (local.get $i))))
            (local.set $a (i8x16.add
              (v128.load64_zero (i32.add (local.get $raw) (local.get $i)))
              (i8x16.sub
                (i8x16.avgr_u (local.get $a) (local.get $b))
                (v128.and (v128.xor (local.get $a) (local.get $b)) (i8x16.splat (i32.const 1))))))
            (v128.store64_lane 0 (i32.add (local.get $target) (local.get $i)) (local.get $a))
            (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (local.get $step))) (local.get $length))))
          (br $done))
        (loop $next ;; x + whichever of a, b, c is nearest to a + b - c, in 16 bits; of equal ones the first
          (local.set $b (v128.load8x8_u (i32.add (local.get $above) (local.get $i))))
          (local.set $pa (i16x8.sub (local.get $b) (local.get $c)))
          (local.set $pb (i16x8.sub (local.get $a) (local.get $c)))
          (local.set $least (i16x8.abs (i16x8.add (local.get $pa) (local.get $pb))))
          (local.set $pa (i16x8.abs (local.get $pa)))
          (local.set $pb (i16x8.abs (local.get $pb)))
          (local.set $least (i16x8.min_s (local.get $least) (i16x8.min_s (local.get $pa) (local.get $pb))))
          (local.set $a (i8x16.add ;; each byte's carry is lost, as it should be: the other byte is 0
            (v128.load8x8_u (i32.add (local.get $raw) (local.get $i)))
            (v128.bitselect (local.get $a)
              (v128.bitselect (local.get $b) (local.get $c) (i16x8.eq (local.get $least) (local.get $pb)))
              (i16x8.eq (local.get $least) (local.get $pa)))))
          (local.set $c (local.get $b))
          (v128.store64_lane 0 (i32.add (local.get $target) (local.get $i)) (i8x16.narrow_i16x8_u (local.get $a) (local.get $a)))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (local.get $step))) (local.get $length)))))
      (local.set $raw (i32.add (local.get $raw) (local.get $length)))
      (local.set $above (local.get $target))
      (local.set $target (i32.add (local.get $target) (local.get $length)))
      (br_if $everyRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))))
