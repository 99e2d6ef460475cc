/** Each picture as it was when somebody last looked at it in a browser: look again before you accept another. */
import { describe, expect, it } from 'vitest'
import { Diff, Matrix, Trace, Verdict } from '../../../src/pictures.js'
import { diff, matrix, unallowed, verdict } from './subjects.js'

describe('pictures are drawn as they were looked at', () => {
  it.each([
    ['trace.txt', Trace.toText(unallowed)],
    ['trace.md', Trace.toMarkdown(unallowed)],
    ['trace.mmd', Trace.toMermaid(unallowed)],
    ['trace.svg', Trace.toSvg(unallowed)],
    ['trace.html', Trace.toHtml(unallowed)],
    ['verdict.txt', Verdict.toText(verdict, { colour: true })],
    ['verdict.md', Verdict.toMarkdown(verdict)],
    ['verdict.mmd', Verdict.toMermaid(verdict)],
    ['verdict.svg', Verdict.toSvg(verdict)],
    ['verdict.html', Verdict.toHtml(verdict)],
    ['matrix.txt', Matrix.toText(matrix)],
    ['matrix.md', Matrix.toMarkdown(matrix)],
    ['matrix.mmd', Matrix.toMermaid(matrix)],
    ['matrix.svg', Matrix.toSvg(matrix)],
    ['matrix.html', Matrix.toHtml(matrix)],
    ['diff.txt', Diff.toText(diff, { colour: true })],
    ['diff.md', Diff.toMarkdown(diff)],
  ])('%s', async (name, drawn) => {
    await expect(drawn).toMatchFileSnapshot(`snapshots/${name}.snap`)
  })
})
