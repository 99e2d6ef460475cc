/** What AWS publishes of ECR's actions, names that look like actions, and what actions take beside themselves. */
import { frozenData, frozenImport, header, literalConst } from './print.mjs'

const actionEntry = ({ action, accessLevel: _, accessLevels, resourceRequired, ...rest }) => [
  action,
  {
    accessLevel: accessLevels[0],
    accessLevels,
    ...rest,
    resourceRequired,
    resourceless: rest.resourceTypes.length === 0,
  },
]

const actionFile = (service, name, actions, date) => `${header(
  `What AWS publishes of every \`${service}\` action, from its service authorization data of ${date} (EC-1, EX-23).`,
)}${frozenImport}
${frozenData(`Every \`${service}\` action.`, name, Object.fromEntries(actions.map(actionEntry)))}
`

const datedFile = ({ date, conditionKeys, resourceTypes }) => `${header(
  'What the catalogue of actions is from, and the keys and resources that it speaks of (EC-1, EC-7, EX-47).',
)}${frozenImport}
${literalConst('The day of the service authorization data that the catalogue was made from.', 'catalogueDate', date)}

${frozenData('Per service, the condition keys that it knows, and the type of their values.', 'conditionKeys', conditionKeys)}

${frozenData('Per service, the types of its resources: their ARNs, and the keys that tell of them.', 'resourceTypes', resourceTypes)}
`

const wrongNamesFile = ({ wrongNames }) => `${header(
  'Names that policies and documents give to actions that are not there.',
)}${frozenImport}
${frozenData(
  'Names that no action has, and what those who write them mean; nothing, where IAM has no such permission.',
  'wrongNames',
  wrongNames,
)}
`

const dependenciesFile = ({ dependencies }) => `${header(
  'What an action asks of its caller beside itself. AWS lists no dependent actions for ECR; these come up in practice.',
)}${frozenImport}
${frozenData('What actions take beside themselves.', 'dependencies', dependencies)}
`

const routesFile = ({ routes }) => `${header(
  'The registry HTTP API: its requests, and the actions that ECR checks for each (EX-22).',
)}${frozenImport}
${frozenData(
  'Every request of the registry HTTP API that is known, by an id of ours.',
  'httpRoutes',
  Object.fromEntries(routes.map((route) => [route.id, route])),
)}
`

export const catalogueFiles = (actions, more, routes) => ({
  'actions.ts': actionFile('ecr', 'actions', actions.ecr, actions.date),
  'publicActions.ts': actionFile('ecr-public', 'publicActions', actions['ecr-public'], actions.date),
  'catalogue.ts': datedFile(actions),
  'wrongNames.ts': wrongNamesFile(more),
  'dependencies.ts': dependenciesFile(more),
  'httpRoutes.ts': routesFile(routes),
})
