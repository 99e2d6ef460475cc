/** A process of the deep run: does the batches it is sent, one at a time. */
import { batch, type Order } from './batch.js'

process.on('message', (order: Order) => {
  const before = process.cpuUsage()
  void batch(order).then((report) => {
    const { user, system } = process.cpuUsage(before)
    process.send?.({ order, report, seconds: (user + system) / 1e6 })
  })
})
