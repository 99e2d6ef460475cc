/**
 * Rules about what the actions of a document add up to: half a pull, half a push, less than was promised.
 *
 * @since 0.1.0
 */
import type { Document } from '../model/index.js'
import { pullTag } from './data/operations/pull.js'
import { push, pushExistingLayers, pushLegacy, retagApi } from './data/operations/push.js'
import { deleteImage } from './data/operations/registry.js'
import type { Operation } from './Operation.js'
import {
  isAbout,
  listed,
  member,
  statementAt,
  type Finding,
  type Promised,
  type Rule,
} from './reviewFinding.js'
import { covers, grants } from './reviewGrants.js'

const onRepository = ({ required }: Pick<Operation, 'required'>): readonly string[] =>
  required.flatMap(({ action, on }) => (on === 'repository' ? [action] : []))

/** Where a document first allows an action. */
const allowing =
  (action: string) =>
  ({ statements }: Document.Document): string => {
    const index = statements.findIndex(
      (statement) => statement.effect === 'Allow' && isAbout(statement)(action),
    )
    const found = statements[index]
    return found === undefined ? '' : member(found.action._tag)(statementAt(index))
  }

/** Those of `others` that are not allowed wherever `action` is. */
const uncovered =
  (action: string, others: readonly string[]) =>
  (document: Document.Document): readonly string[] =>
    others.filter((other) => other !== action && !covers(action, other)(document))

const manifest = 'ecr:BatchGetImage'
const layers = 'ecr:GetDownloadUrlForLayer'

/**
 * A pull that breaks off half-way: the manifest without the layers, or the reverse (EX-4, EX-5). The manifest alone is
 * as it should be for those who push.
 *
 * @category analysis
 * @since 0.1.0
 */
export const partialPull: Rule = ({ document }) => {
  const half = (has: string, lacks: string, message: string): readonly Finding[] => [
    {
      id: 'partial-pull',
      severity: 'warning',
      pointer: allowing(has)(document),
      message: `\`${has}\` is allowed without \`${lacks}\`: ${message}`,
      source: 'EX-4',
      mend: `allow \`${lacks}\` beside it, unless another policy does`,
    },
  ]
  const pushes = covers(manifest, 'ecr:PutImage')(document)
  return [
    ...(covers(manifest, layers)(document) || pushes
      ? []
      : half(manifest, layers, 'a pull gets the manifest and then no layer')),
    ...(covers(layers, manifest)(document)
      ? []
      : half(layers, manifest, 'a pull stops at the manifest, before any layer')),
  ]
}

/** One that only brings in layers, without which no image is; and one that may have other uses (EX-9, EX-10). */
const uploads = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload']
const putImage = 'ecr:PutImage'

/**
 * A push that breaks off half-way (EX-6), or that only clients without a look at the manifest get through (EX-7).
 *
 * @category analysis
 * @since 0.1.0
 */
export const partialPush: Rule = ({ document }) => {
  const upload = uploads.find((action) => grants(action)(document))
  const begun = upload ?? (grants(putImage)(document) ? putImage : undefined)
  if (begun === undefined) return []
  const lacking = uncovered(begun, onRepository(pushLegacy))(document)
  const pointer = allowing(begun)(document)
  if (lacking.length > 0)
    return upload === undefined && isWholeWithoutUploads(document)
      ? []
      : [
          {
            id: 'partial-push',
            severity: 'warning',
            pointer,
            message: `\`${begun}\` is allowed without ${listed(lacking)}: a push of new layers fails`,
            source: 'EX-6',
            mend: `allow ${listed(lacking)} beside it, unless another policy does`,
          },
        ]
  return covers(begun, manifest)(document)
    ? []
    : [
        {
          id: 'push-without-manifest',
          severity: 'warning',
          pointer,
          message: `a push is allowed without \`${manifest}\`: containerd and BuildKit fail, the classic Docker engine does not`,
          source: 'EX-7',
          mend: `allow \`${manifest}\` beside it, unless another policy does`,
        },
      ]
}

/** To retag, and to push what is there already, takes no upload. */
const isWholeWithoutUploads = (document: Document.Document): boolean =>
  [retagApi, pushExistingLayers].some(
    (operation) => uncovered(putImage, onRepository(operation))(document).length === 0,
  )

const kept: Readonly<Record<Promised, Operation>> = { pull: pullTag, push, delete: deleteImage }

/**
 * A promise of the policy's name or description that it does not keep by itself. Tokens are asked of policies of the
 * caller alone (EX-2).
 *
 * @category analysis
 * @since 0.1.0
 */
export const brokenPromise: Rule = ({ document, options }) =>
  (options.promises ?? []).flatMap((promised) => {
    const isAttached = document.statements[0]._tag === 'ResourceStatement'
    const lacking = kept[promised].required
      .filter(({ on }) => !(isAttached && on === '*'))
      .map(({ action }) => action)
      .filter((action) => !grants(action)(document))
    return lacking.length === 0
      ? []
      : [
          {
            id: 'broken-promise' as const,
            severity: 'warning' as const,
            pointer: '',
            message: `it is said to allow a ${promised}, which also takes ${listed(lacking)}`,
            source: sources[promised],
            mend: `allow ${listed(lacking)}, or say what it does allow`,
          },
        ]
  })

const sources: Readonly<Record<Promised, string>> = { pull: 'EX-4', push: 'EX-7', delete: 'EX-16' }
