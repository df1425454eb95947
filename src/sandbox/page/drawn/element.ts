// createElement under a short name: the page has no JSX, because Node runs none.
import { createElement, type ReactNode } from 'react'

export type { ReactNode }

type Attributes = Readonly<Record<string, unknown>>

/** `h('p', { className: 'x' }, 'text')`; children that are false or undefined are left out. */
export const h = (tag: string, attributes: Attributes | null, ...children: ReactNode[]): ReactNode =>
  createElement(tag, attributes as never, ...children)

/** Data the browser modules read: `data-act` and friends, as JSON. */
export const data = (name: string, value: unknown): Record<string, string> => ({ [`data-${name}`]: JSON.stringify(value) })
