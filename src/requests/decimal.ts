interface Decimal {
  digits: bigint;
  /** Power of ten. */
  exponent: number;
}

const decimal = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[+-]?\d{1,3}))?$/;

/** Compares two numbers by their digits, as a double could not; `undefined` where one is no number. */
export function compareDecimals(left: string, right: string): number | undefined {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (!a || !b) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = atExponent(a, exponent) - atExponent(b, exponent);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function parseDecimal(text: string): Decimal | undefined {
  const groups = decimal.exec(text.trim())?.groups;
  if (!groups) return undefined;
  const { sign = '', whole = '', fraction = '', exponent = '0' } = groups;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

function atExponent({ digits, exponent }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(exponent - wanted);
}
