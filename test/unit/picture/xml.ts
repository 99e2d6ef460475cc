/**
 * A strict reader of XML, for what the pictures may use of it: elements, quoted attributes, text and numbered characters.
 * It throws where a document is not well-formed.
 */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
}

const decoded = (text: string): string => {
  if (/[<>]|&(?!#\d+;)/u.test(text)) throw new Error(`not escaped: ${text}`)
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text))
    throw new Error('not a character of XML')
  return text.replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
}

const attributesOf = (text: string): Readonly<Record<string, string>> => {
  const found = [...text.matchAll(/\s+([\w:-]+)="([^"]*)"/gu)]
  if (found.map(([whole]) => whole).join('') !== text) throw new Error(`not attributes: ${text}`)
  const names = found.map(([, name = '']) => name)
  if (new Set(names).size !== names.length) throw new Error(`an attribute twice: ${text}`)
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, decoded(value)]))
}

export const readXml = (source: string): Element => {
  const root: Open = { name: '', attributes: {}, children: [] }
  const open = [root]
  const here = (): Open => open[open.length - 1] ?? root
  for (const [piece] of source.replace(/^<!DOCTYPE html>\n/u, '').matchAll(/<[^<]*?>|[^<]+|</gu)) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+="[^"<]*")*)(\/?)>$/u.exec(piece)
    if (tag === null) {
      here().children.push(decoded(piece))
      continue
    }
    const [, slash, name = '', attributes = '', empty] = tag
    if (slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
      continue
    }
    const element: Open = { name, attributes: attributesOf(attributes), children: [] }
    here().children.push(element)
    if (empty !== '/') open.push(element)
  }
  const [first, ...rest] = root.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  if (open.length !== 1 || first === undefined || typeof first === 'string' || rest.length > 0)
    throw new Error('not one whole element')
  return first
}

/** All elements, the first one before what is in it. */
export const elementsOf = (element: Element): readonly Element[] => [
  element,
  ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child))),
]

export const textOf = (element: Element): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
