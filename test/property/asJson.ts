/** A request of the library as the oracle reads it. */
import { Caller, Request } from '../../src/model/index.js'
import type { RequestJson } from '../oracle/statements.js'

export const asJson = (request: Request.Request): RequestJson => ({
  principal: Caller.show(request.principal),
  action: request.action,
  resource: Request.resourceText(request),
  ...(request.resourceAccount === undefined ? {} : { resourceAccount: request.resourceAccount }),
  context: Object.fromEntries(request.context.map(({ name, values }) => [name, values])),
})
