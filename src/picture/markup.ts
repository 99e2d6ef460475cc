/**
 * XML put together from elements. A text among the children is always escaped, and there is no other way in for text: what
 * a policy says cannot become an element or an attribute.
 *
 * @since 0.1.0
 */
import { html } from './visible.js'

// ---- model ----

/**
 * A piece of well-formed XML that is HTML as well.
 *
 * @category model
 * @since 0.1.0
 */
export interface Markup {
  readonly _tag: 'Markup'
  readonly source: string
}

/**
 * An element, or a text that will be escaped.
 *
 * @category model
 * @since 0.1.0
 */
export type Child = Markup | string

type Attributes = Readonly<Record<string, string | number>>

// ---- constructors ----

/** Elements of HTML that have no end tag; all others get one, since `<p/>` is read as `<p>`. */
const empty: readonly string[] = ['meta', 'wbr']

/**
 * An element; the name of it and of its attributes are never text of users.
 *
 * @category constructors
 * @since 0.1.0
 */
export const element = (name: string, attributes: Attributes, ...children: readonly Child[]): Markup => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${html(String(value))}"`)
  const head = `<${name}${written.join('')}`
  return {
    _tag: 'Markup',
    source: empty.includes(name)
      ? `${head}/>`
      : `${head}>${children.map((child) => (typeof child === 'string' ? html(child) : child.source)).join('')}</${name}>`,
  }
}

/**
 * Elements in a row.
 *
 * @category constructors
 * @since 0.1.0
 */
export const group = (children: readonly Markup[]): Markup => ({
  _tag: 'Markup',
  source: children.map(({ source }) => source).join('\n'),
})

/**
 * A style sheet. It is the library's own text, without `<` and `&`, and stands as it is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const style = (rules: string): Markup => ({ _tag: 'Markup', source: `<style>${rules}</style>` })
