// AssemblyScript (WASM SIMD): the normals of runtime/base/random-normals.ts, bit for bit, four
// blocks of four at a time. Built by scripts/noise-wasm.mjs into normals-wasm.ts.

/** Standard normal float32 numbers for `groups` times 16 elements at `out`, from block `block` on. */
export function fill(
  out: usize, groups: u32, key0: u32, key1: u32, block: u32, counter1: u32, counter2: u32, counter3: u32,
): void {
  const lanes = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  for (let group: u32 = 0; group < groups; group++) {
    let c0 = i32x4.add(lanes, i32x4.splat(group << 2));
    let c1 = i32x4.splat(counter1);
    let c2 = i32x4.splat(counter2);
    let c3 = i32x4.splat(counter3);
    let k0 = i32x4.splat(key0);
    let k1 = i32x4.splat(key1);
    const m0 = i32x4.splat(0xd2511f53);
    const m1 = i32x4.splat(0xcd9e8d57);
    for (let round = 0; round < 10; round++) {
      const a = i64x2.extmul_low_i32x4_u(c0, m0);
      const b = i64x2.extmul_high_i32x4_u(c0, m0);
      const c = i64x2.extmul_low_i32x4_u(c2, m1);
      const d = i64x2.extmul_high_i32x4_u(c2, m1);
      const high0 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
      const high1 = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
      c0 = v128.xor(v128.xor(high1, c1), k0);
      c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
      c2 = v128.xor(v128.xor(high0, c3), k1);
      c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
      k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
      k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
    }
    boxMuller(out, c0, c1);
    boxMuller(out + 8, c2, c3);
    out += 64;
  }
}

/** Writes cosine and sine parts side by side, every 16 bytes from `out` on. */
@inline
function boxMuller(out: usize, first: v128, second: v128): void {
  const r = radius(first);
  const quadrant = i32x4.shr_u(i32x4.add(second, i32x4.splat(0x20000000)), 30);
  const low = v128.or(i32x4.shl(second, 2), i32x4.splat(2));
  const t = f32x4.mul(f32x4.convert_i32x4_s(low), f32x4.splat(2.3283064365386963e-10));
  const z = f32x4.mul(t, t);
  const s = f32x4.mul(t, step(1.5707963705062866, z, step(-0.6459634900093079, z,
    step(0.07968021929264069, z, f32x4.splat(-0.004602149128913879)))));
  const c = step(1, z, step(-1.2337005138397217, z, step(0.253669410943985, z,
    step(-0.02086152881383896, z, f32x4.splat(0.0009067399078048766)))));
  const swap = i32x4.eq(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(1));
  const cosine = v128.xor(v128.bitselect(s, c, swap), sign(i32x4.add(quadrant, i32x4.splat(1))));
  const sine = v128.xor(v128.bitselect(c, s, swap), sign(quadrant));
  const x = f32x4.mul(r, cosine);
  const y = f32x4.mul(r, sine);
  const low2 = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
  const high2 = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
  v128.store_lane<i64>(out, low2, 0);
  v128.store_lane<i64>(out, low2, 1, 16);
  v128.store_lane<i64>(out, high2, 0, 32);
  v128.store_lane<i64>(out, high2, 1, 48);
}

/** The sign bit where bit 1 of a quadrant is set. */
@inline
function sign(quadrant: v128): v128 {
  return i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
}

/** One step of Horner's rule. */
@inline
function step(constant: f32, z: v128, rest: v128): v128 {
  return f32x4.add(f32x4.splat(constant), f32x4.mul(z, rest));
}

@inline
function radius(word: v128): v128 {
  const u = f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_u(word), f32x4.splat(2.3283064365386963e-10)),
    f32x4.splat(1.1641532182693481e-10));
  const e = i32x4.shr_s(i32x4.sub(u, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(u, i32x4.shl(e, 23));
  const s = f32x4.div(f32x4.sub(m, f32x4.splat(1)), f32x4.add(m, f32x4.splat(1)));
  const z = f32x4.mul(s, s);
  const p = step(-4, z, step(-1.3333337306976318, z, step(-0.7997756004333496, z,
    f32x4.splat(-0.5915989875793457))));
  return f32x4.sqrt(f32x4.add(f32x4.mul(s, p),
    f32x4.mul(f32x4.convert_i32x4_s(e), f32x4.splat(-1.3862943649291992))));
}
