/**
 * Repairs as text, for a terminal or an issue.
 *
 * @since 0.1.0
 */
import type { Algebra } from '../../algebra/index.js'
import { Caller, DocumentJson, Problem, type Statement } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import { show as showPlace } from '../Place.js'
import type { Obstacle, Repair } from './repair.js'
import { sizeOf, type Edit } from './repairEdit.js'
import type { Hopeless } from './repairNeeds.js'

// ---- rendering ----

/**
 * A repair for people: what to add where, with the statements as JSON; or what stands in the way.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const lambda = Ecr.accessOrThrow({ principal: 'lambda.amazonaws.com' })
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * Ecr.renderRepair(Ecr.repair('lambda-same-account', lambda, app)).split('\n')[1]
 * // => '  repository policy of arn:aws:ecr:eu-west-1:111122223333:repository/app, a new policy: [PR-7]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderRepair = (repair: Repair): string => {
  const head = `${repair.operation} by ${Caller.show(repair.principal)}`
  switch (repair._tag) {
    case 'Unneeded':
      return Problem.printable(`${head}: is allowed as it is`)
    case 'Repair':
      return lines([
        `${head}: add ${size(repair.edits)}`,
        ...repair.edits.flatMap(editLines),
        ...repair.alternatives.flatMap(alternativeLines),
      ])
    case 'Blocked':
      return lines([
        `${head}: ${blocked(repair.alternatives)}`,
        ...repair.by.flatMap(obstacleLines),
        ...(repair.remaining.length === 0 ? [] : [`and then add ${size(repair.remaining)}`]),
        ...repair.remaining.flatMap(editLines),
        ...repair.alternatives.flatMap((edits) => [
          ...alternativeLines(edits),
          ...edits.flatMap(changeLines),
        ]),
      ])
  }
}

/** Texts of policies may hold anything; a line stays a line. */
const lines = (all: readonly string[]): string => all.map(Problem.printable).join('\n')

const size = (edits: readonly Edit[]): string => {
  const { statements, actions } = sizeOf(edits)
  return `${count(actions, 'action', 'actions')} in ${count(statements, 'statement', 'statements')} of ${count(edits.length, 'policy', 'policies')}`
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

const whereOf = ({ place }: Edit): string => `the ${showPlace(place)}`

const blocked = (alternatives: readonly unknown[]): string =>
  alternatives.length === 0
    ? "nothing added to the caller's or the repository's policies helps"
    : "policies of others are in the way, and nothing added to the caller's or the repository's is as they are meant"

const alternativeLines = (edits: readonly Edit[]): readonly string[] => [
  `or in ${edits.map(whereOf).join(' and ')}: ${size(edits)}`,
  ...edits.flatMap(remarkLines),
]

const editLines = (edit: Edit): readonly string[] => [
  `  ${showPlace(edit.place)}, ${whichOf(edit)}: [${edit.why.join(', ')}]`,
  ...changeLines(edit),
  ...remarkLines(edit),
]

const whichOf = ({ document, before }: Edit): string => {
  if (document !== undefined) return `policy ${document + 1}`
  return before === undefined ? 'a new policy' : "a new policy in place of AWS's, with all that is in it"
}

const changeLines = ({ changes }: Edit): readonly string[] =>
  changes.map((change) => `    ${changeLine(change)}`)

const remarkLines = ({ remarks }: Edit): readonly string[] => remarks.map((remark) => `    note: ${remark}`)

const changeLine = (change: Algebra.Change): string => {
  switch (change._tag) {
    case 'Added':
      return `+ statement ${change.after + 1}: ${json(change.statement)}`
    case 'Changed': {
      const added = change.changes.flatMap((each) => each.added)
      return `~ statement ${change.after + 1}: ${added.map((action) => `+ ${action}`).join(', ')}`
    }
    case 'Removed':
      return `- statement ${change.before + 1}`
    case 'Version':
      return `~ Version: ${change.after ?? 'none'}`
  }
}

const json = (statement: Statement.Statement): string =>
  JSON.stringify(DocumentJson.statementToJson(statement))

const obstacleLines = (obstacle: Obstacle): readonly string[] => {
  switch (obstacle._tag) {
    case 'Denies':
      return [
        `  narrow ${Simulator.showRef(obstacle.ref)}, which denies ${obstacle.actions.join(', ')} [${obstacle.rule}]`,
        ...(obstacle.statement === undefined ? [] : [`    ! ${json(obstacle.statement)}`]),
      ]
    case 'Silent':
      return ['  ask for an addition by those who keep it:', ...editLines(obstacle.edit)]
    case 'NoRoom':
      return [
        `  make room: with this the policy has ${count(obstacle.characters, 'character', 'characters')} more than AWS takes [${obstacle.rule}]`,
        ...editLines(obstacle.edit),
      ]
    case 'Hopeless':
      return [
        `  ${obstacle.actions.join(', ')} on ${obstacle.resource}: ${hopeless[obstacle.why]} [${obstacle.rule}]`,
      ]
  }
}

const hopeless: Readonly<Record<Hopeless, string>> = {
  OtherPartition: 'the resource is in another partition, where no policy reaches this caller',
  NoIdentitySide: 'nothing can allow it',
  NoResourceToGrant: 'the action has no resource whose policy could grant it to such a caller',
  NoSessionPolicy: 'a federated user without session policy has no permissions of his own; pass one',
  OtherAccount:
    'in its own name the service does this within one account only; across accounts ask for `pull` for the role of the project of a build, for `lambda-cross-account` of a function',
  OtherRegion: 'the service does this within one Region only; have the image replicated to its Region',
  Unsigned: 'unsigned requests are turned away before any policy is read; sign in',
  NoSuchPolicy: 'only a policy of that resource could allow it, and ECR keeps none for it',
  NobodyToName: 'no statement names this caller, and this resource, without others',
  UnknownSource:
    'nothing tells on whose behalf the service asks; give `aws:SourceAccount` or `aws:SourceArn` in the context',
  NoOperation: 'there is no such operation',
  NoTarget: 'what it would be asked on was not told',
}
