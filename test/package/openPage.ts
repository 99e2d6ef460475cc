/**
 * Opens the page at the address given in a headless browser, and prints what it answers and complains of. A program of
 * its own, as starting the browser changes the environment of the process.
 */
import chromium from '@sparticuz/chromium'
import puppeteer from 'puppeteer-core'

const browser = await puppeteer.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: 'shell',
})
try {
  const tab = await browser.newPage()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(String(error)))
  tab.on('console', (message) => complaints.push(message.text()))
  await tab.goto(process.argv[2] ?? 'about:blank')
  await tab.waitForFunction('globalThis.answers !== undefined', { timeout: 30_000 }).catch(() => undefined)
  const answers = await tab.evaluate('globalThis.answers')
  process.stdout.write(JSON.stringify({ answers, complaints }))
} finally {
  await browser.close()
}
