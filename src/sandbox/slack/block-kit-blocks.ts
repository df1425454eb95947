// Block Kit's blocks: what each may hold and on which surface it may stand. One rule per type; what is not listed is refused.
import { limits } from '../../render/limits.ts'
import { dataVisualization } from './block-kit-charts.ts'
import { type Check, type Fields, isFields } from './block-kit-check.ts'
import { checkElement } from './block-kit-elements.ts'
import { checkText } from './block-kit-objects.ts'
import { type BlockRule, everywhere } from './block-kit-rule.ts'
import { dataTable, table } from './block-kit-tables.ts'

const elements = (check: Check, block: Fields, at: string, most: number, each: (element: unknown, at: string) => void): void => {
  check.list(block.elements, `${at}/elements`, 1, most).forEach((element, index) => {
    each(element, `${at}/elements/${index}`)
  })
}

const header: BlockRule = {
  surfaces: everywhere,
  fields: ['text', 'level'],
  check(check, block, at) {
    checkText(check, block.text, `${at}/text`, limits.header, 'plain_text')
    if (block.level !== undefined && ![1, 2, 3, 4].includes(Number(block.level))) check.add(`${at}/level`, 'must be from 1 to 4')
  },
}

const section: BlockRule = {
  surfaces: everywhere,
  fields: ['text', 'fields', 'accessory', 'expand'],
  check(check, block, at) {
    if (block.text === undefined && block.fields === undefined) check.add(at, 'must have text or fields')
    checkText(check, block.text, `${at}/text`, limits.text, 'either', true)
    if (block.fields !== undefined) {
      check.list(block.fields, `${at}/fields`, 1, limits.sectionFields).forEach((field, index) => {
        checkText(check, field, `${at}/fields/${index}`, limits.sectionField)
      })
    }
    if (block.accessory !== undefined) checkElement(check, block.accessory, `${at}/accessory`, 'accessory', new Set())
  },
}

const context: BlockRule = {
  surfaces: everywhere,
  fields: ['elements'],
  check(check, block, at) {
    elements(check, block, at, limits.contextElements, (element, here) => {
      if (isFields(element) && element.type === 'image') check.text(element.alt_text, `${here}/alt_text`, limits.sectionField)
      else checkText(check, element, here, limits.text)
    })
  },
}

const actions: BlockRule = {
  surfaces: everywhere,
  fields: ['elements'],
  check(check, block, at) {
    const ids = new Set<string>()
    elements(check, block, at, limits.actions, (element, here) => checkElement(check, element, here, 'actions', ids))
  },
}

const input: BlockRule = {
  surfaces: everywhere,
  fields: ['label', 'element', 'hint', 'optional', 'dispatch_action'],
  check(check, block, at) {
    checkText(check, block.label, `${at}/label`, limits.label, 'plain_text')
    checkText(check, block.hint, `${at}/hint`, limits.hint, 'plain_text', true)
    check.flag(block.optional, `${at}/optional`)
    check.flag(block.dispatch_action, `${at}/dispatch_action`)
    checkElement(check, block.element, `${at}/element`, 'input', new Set())
  },
}

const markdown: BlockRule = {
  surfaces: ['message'],
  fields: ['text'],
  check: (check, block, at) => check.text(block.text, `${at}/text`, limits.markdown),
}

/** Source: docs.slack.dev, container block; in messages alone. */
const container: BlockRule = {
  surfaces: ['message'],
  fields: [
    'title',
    'rich_text_title',
    'subtitle',
    'child_blocks',
    'width',
    'icon',
    'is_collapsible',
    'default_collapsed',
    'has_header_divider',
  ],
  check(check, block, at) {
    if (block.title === undefined && block.rich_text_title === undefined) check.add(`${at}/title`, 'missing required field')
    checkText(check, block.title, `${at}/title`, limits.containerTitle, 'plain_text', true)
    checkText(check, block.subtitle, `${at}/subtitle`, limits.containerTitle, 'either', true)
    check.oneOf(block.width, `${at}/width`, ['narrow', 'standard', 'wide', 'full'], true)
    for (const flag of ['is_collapsible', 'default_collapsed', 'has_header_divider']) check.flag(block[flag], `${at}/${flag}`)
    if (block.default_collapsed === true && block.is_collapsible !== true)
      check.add(`${at}/default_collapsed`, 'requires is_collapsible to be true')
    check.list(block.child_blocks, `${at}/child_blocks`, 1, limits.containerChildren).forEach((child, index) => {
      const here = `${at}/child_blocks/${index}`
      const rule = isFields(child) ? inContainers(child) : undefined
      if (!isFields(child) || !rule)
        check.add(`${here}/type`, `${isFields(child) ? String(child.type) : 'this'} is not allowed in a container`)
      else {
        check.only(child, here, ['type', 'block_id', ...rule.fields])
        rule.check(check, child, here)
      }
    })
  },
}

/** Those that Slack's reference names and its validator was seen to take (the two lists differ), as far as they are known here. */
const allowedInContainers = new Set(['actions', 'context', 'divider', 'header', 'section', 'table'])
const inContainers = (child: Fields): BlockRule | undefined =>
  allowedInContainers.has(String(child.type)) ? blockRules[String(child.type)] : undefined

const card: BlockRule = {
  surfaces: ['message'],
  fields: ['title', 'subtitle', 'body', 'actions', 'hero_image', 'icon'],
  check(check, block, at) {
    checkText(check, block.title, `${at}/title`, limits.cardTitle, 'either', true)
    checkText(check, block.body, `${at}/body`, limits.cardBody, 'either', true)
  },
}

const carousel: BlockRule = {
  surfaces: ['message'],
  fields: ['elements'],
  check(check, block, at) {
    elements(check, block, at, limits.carouselCards, (element, here) => {
      if (isFields(element)) card.check(check, element, here)
      else check.add(here, 'must be a card')
    })
  },
}

const alert: BlockRule = {
  surfaces: ['modal'],
  fields: ['text', 'level'],
  check: (check, block, at) => checkText(check, block.text, `${at}/text`, limits.text),
}

export const blockRules: Readonly<Record<string, BlockRule>> = {
  header,
  section,
  context,
  actions,
  input,
  markdown,
  data_table: dataTable,
  table,
  data_visualization: dataVisualization,
  container,
  card,
  carousel,
  alert,
  divider: { surfaces: everywhere, fields: [], check: () => undefined },
}
