/**
 * Pages in HTML, self-contained: no script, no font and no image from elsewhere, and a policy that forbids them.
 *
 * @since 0.1.0
 */
import { element, style, type Child, type Markup } from './markup.js'
import { colours, fonts } from './theme.js'
import type { Mark } from './trace/traceView.js'
