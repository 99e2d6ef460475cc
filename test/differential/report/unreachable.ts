/** Outcomes of counted rules that a decision never or seldom has. */

/** The rule itself leaves no such case: reaching one would be a mistake. */
export const impossible: Readonly<Record<string, string>> = {
  'CO-M2 holds': 'ForAnyValue is false of a key that is not there, whatever is tested',
  'CO-M4 fails': 'ForAllValues is true of a key that is not there, whatever is tested',
  'U-2 holds': 'a plain operator is false of several values, whatever is tested',
  'U-5 holds': 'ForAnyValue is false of a key that is not there, IfExists or not',
  'PR-14 holds': 'no caller is a canonical user',
  'U-21 holds': 'no caller is known by a unique id',
  'ST-2 fails': 'nobody assumes a role whose trust policy does not grant',
}

/** Too rare for the small batch of an ordinary test; a deep run has them, as docs/rule-coverage.md shows. */
export const seldom: readonly string[] = []
