/**
 * Policies as sets of requests: compared, merged and minimized by proof, never by sampling.
 *
 * @since 0.1.0
 */
export { compare, interchangeable, isNoBroader } from './compare.js'
export { standardBudget } from './Verdict.js'
export type { Comparison, Options, Verdict } from './Verdict.js'
export type { Undecided, UndecidedReason } from './Undecided.js'
export { catalogue, typed, wellFormed } from './World.js'
export type { TypedAction, World } from './World.js'
export { compareEnvironments, isEnvironmentNoBroader } from './environment.js'
export { disjoint, grantsBeyond, isPublic } from './isPublic.js'
export type { Beyond, Publicity, RequestSet } from './isPublic.js'
export { meets, residual, showResidual } from './residual.js'
export type { PartialRequest, Residual } from './residual.js'
export { showNeed } from './residualNeeds.js'
export type { AmongNeed, ElementNeed, Need } from './residualNeeds.js'
export { canonical, hash } from './canonical.js'
export type { Canonical } from './canonical.js'
export { intersect, intersectOrThrow, subtract, subtractOrThrow } from './intersect.js'
export { merge, mergeAll, mergeAllOrThrow, mergeOrThrow, upgrade } from './merge.js'
export { fit, renderFit } from './fit.js'
export type { Fit, FitOptions } from './fit.js'
export { minimize, renderMinimized } from './minimize.js'
export type { Minimized, MinimizeOptions, StatementRef, Step } from './minimize.js'
export { diff } from './diff.js'
export type { Diff, DiffOptions, Edit } from './diff.js'
export { regionLines, renderDiff, showRequest } from './diffText.js'
export type { Change, ElementChange } from './edits.js'
export { isInRegion } from './region.js'
export type { Region, Shape, Sides } from './region.js'
export type {
  ActionElement,
  ConditionElement,
  Element,
  PrincipalElement,
  ResourceElement,
} from './regionElement.js'
export { prove, proveInterchangeable } from './certificate.js'
export { proveEnvironmentNoBroader } from './certificateEnvironment.js'
export type { Proven } from './certificateProofs.js'
export type {
  Certificate,
  Ending as ProofEnding,
  PolicyRef as ProofPolicyRef,
  Proof,
  StatementRef as ProofRef,
  Step as ProofStep,
} from './certificateSteps.js'
