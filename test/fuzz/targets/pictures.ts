/** Pictures of answers in which every text is a text of any sort. */
import { Diff, Matrix, Trace, Verdict } from '../../../src/pictures.js'
import { denied, diff, matrixWithText, unallowed, verdict, withText } from '../../unit/picture/subjects.js'
import type { Draw } from '../Draw.js'
import type { Targets } from './Target.js'

const decision = (draw: Draw) => withText(draw.random.pick([denied, unallowed]), draw.text())
const matrix = (draw: Draw) => matrixWithText(draw.text())

export const pictures: Targets = {
  'Diff.toMarkdown': (draw) => Diff.toMarkdown(withText(diff, draw.text())),
  'Diff.toText': (draw) => Diff.toText(withText(diff, draw.text())),
  'Matrix.toHtml': (draw) => Matrix.toHtml(matrix(draw)),
  'Matrix.toMarkdown': (draw) => Matrix.toMarkdown(matrix(draw)),
  'Matrix.toMermaid': (draw) => Matrix.toMermaid(matrix(draw)),
  'Matrix.toSvg': (draw) => Matrix.toSvg(matrix(draw)),
  'Matrix.toText': (draw) => Matrix.toText(matrix(draw)),
  'Trace.toHtml': (draw) => Trace.toHtml(decision(draw)),
  'Trace.toMarkdown': (draw) => Trace.toMarkdown(decision(draw)),
  'Trace.toMermaid': (draw) => Trace.toMermaid(decision(draw)),
  'Trace.toSvg': (draw) => Trace.toSvg(decision(draw)),
  'Trace.toText': (draw) => Trace.toText(decision(draw)),
  'Verdict.toHtml': (draw) => Verdict.toHtml(withText(verdict, draw.text())),
  'Verdict.toMarkdown': (draw) => Verdict.toMarkdown(withText(verdict, draw.text())),
  'Verdict.toMermaid': (draw) => Verdict.toMermaid(withText(verdict, draw.text())),
  'Verdict.toSvg': (draw) => Verdict.toSvg(withText(verdict, draw.text())),
  'Verdict.toText': (draw) => Verdict.toText(withText(verdict, draw.text())),
}
