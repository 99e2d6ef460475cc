/**
 * Two tables of facts compared: ours, and the same as somebody publishes it. Each difference is a line that says what
 * differs; a known one carries its reason, and is itself an error once it is gone.
 */

/** What is stated, to how it is stated: `ecr:PutImage, access levels` to `Write`. */
export type Facts = ReadonlyMap<string, string>

export interface KnownDifference {
  readonly of: string
  readonly because: string
}

export interface Drift {
  /** Differences that nobody has explained. */
  readonly unexplained: readonly string[]
  /** Explanations of differences that are not there, or no longer. */
  readonly outdated: readonly string[]
}

export const noDrift: Drift = { unexplained: [], outdated: [] }

interface Difference {
  readonly of: string
  readonly line: string
}

const differencesOf = (ours: Facts, published: Facts): readonly Difference[] =>
  [...new Set([...ours.keys(), ...published.keys()])].flatMap((of) => {
    const [here, there] = [ours.get(of), published.get(of)]
    return here === there
      ? []
      : [{ of, line: `${of}: ours ${here ?? '(nothing)'}; published ${there ?? '(nothing)'}` }]
  })

export const driftOf = (ours: Facts, published: Facts, known: readonly KnownDifference[]): Drift => {
  const differences = differencesOf(ours, published)
  return {
    unexplained: differences.filter(({ of }) => !known.some((row) => row.of === of)).map(({ line }) => line),
    outdated: known
      .filter((row) => !differences.some(({ of }) => row.of === of))
      .map(({ of, because }) => `${of} (${because})`),
  }
}
