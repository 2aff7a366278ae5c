/** Hangs pennants on a sagging cord: quadratic swags, each flag upright to the cord at its place. */
export interface CordPlan {
  readonly width: number;
  readonly swags: number;
  readonly pennants: number;
  /** How far the control point of a swag lies below the cord's ends. */
  readonly drop: number;
  /** Width of a pennant at the cord. */
  readonly size: number;
}

export interface Cord {
  readonly width: number;
  readonly height: number;
  readonly cord: string;
  readonly shape: string;
  readonly pennants: readonly { readonly transform: string }[];
}

const TOP = 4;

export function hangPennants({ width, swags, pennants, drop, size }: CordPlan): Cord {
  const span = width / swags;
  const starts = Array.from({ length: swags }, (_, i) => i * span);
  const half = size / 2;
  return {
    width,
    height: TOP + drop / 2 + size * 1.4,
    shape: `M${-half} 0h${size}L0 ${size * 1.25}z`,
    cord: starts.map((x) => `M${x} ${TOP}Q${x + span / 2} ${TOP + drop} ${x + span} ${TOP}`).join(''),
    pennants: starts.flatMap((x) =>
      Array.from({ length: pennants }, (_, i) => hang({ x, span, drop }, (i + 0.5) / pennants)),
    ),
  };
}

/** A point of the quadratic curve at `t`, and the slope of the cord there. */
function hang({ x, span, drop }: { x: number; span: number; drop: number }, t: number) {
  const y = TOP + 2 * t * (1 - t) * drop;
  const slope = (Math.atan2(2 * (1 - 2 * t) * drop, span) * 180) / Math.PI;
  return { transform: `translate(${x + t * span} ${y.toFixed(1)}) rotate(${slope.toFixed(1)})` };
}
