/** Prints what five published documents on Amazon ECR come to: `npm run demo`. */
import { anyscale } from './seeds/anyscale.js'
import { deckhouse, deckhouseRussian } from './seeds/deckhouse.js'
import { ecs } from './seeds/ecs.js'
import { introduction, report } from './seeds/report.js'
import { workshop } from './seeds/workshop.js'

const seeds = [deckhouse, deckhouseRussian, anyscale, workshop, ecs]

console.log([introduction, ...seeds.map(report)].join('\n\n\n'))
