// Block Kit's blocks: what each may hold and on which surface it may stand. One rule per type; what is not listed is refused.
import { limits } from '../../render/limits.ts'
import { type Check, type Fields, isFields } from './block-kit-check.ts'
import { checkElement } from './block-kit-elements.ts'
import { checkCell, checkText } from './block-kit-objects.ts'

export type BlockSurface = 'message' | 'modal' | 'home'

export interface BlockRule {
  readonly surfaces: readonly BlockSurface[]
  /** Besides `type` and `block_id`. */
  readonly fields: readonly string[]
  check(check: Check, block: Fields, at: string): void
}

const everywhere: readonly BlockSurface[] = ['message', 'modal', 'home']

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

const dataTable: BlockRule = {
  surfaces: ['message', 'home'],
  fields: ['rows', 'caption', 'page_size', 'row_header_column_index'],
  check(check, block, at) {
    check.text(block.caption, `${at}/caption`, limits.text)
    const size = block.page_size
    if (size !== undefined && (!Number.isInteger(size) || Number(size) < 1 || Number(size) > limits.dataTablePage)) {
      check.add(`${at}/page_size`, `must be from 1 to ${limits.dataTablePage}`)
    }
    rows(check, block.rows, `${at}/rows`, {
      most: limits.dataTableRows + 1,
      least: 2,
      columns: limits.dataTableColumns,
      characters: limits.dataTableCharacters,
      hasHeader: true,
    })
  },
}

const table: BlockRule = {
  surfaces: ['message'],
  fields: ['rows', 'column_settings'],
  check: (check, block, at) =>
    rows(check, block.rows, `${at}/rows`, {
      most: limits.tableRows,
      least: 1,
      columns: limits.tableColumns,
      characters: limits.tableCharacters,
      hasHeader: false,
    }),
}

function rows(
  check: Check,
  value: unknown,
  at: string,
  o: { readonly least: number; readonly most: number; readonly columns: number; readonly characters: number; readonly hasHeader: boolean },
): void {
  let characters = 0
  let width: number | undefined
  check.list(value, at, o.least, o.most).forEach((row, index) => {
    const cells = check.list(row, `${at}/${index}`, 1, o.columns)
    width ??= cells.length
    if (cells.length !== width) check.add(`${at}/${index}`, 'every row must have as many cells as the first')
    cells.forEach((cell, column) => {
      characters += checkCell(check, cell, `${at}/${index}/${column}`, o.hasHeader && index === 0)
    })
  })
  if (characters > o.characters) check.add(at, `no more than ${o.characters} characters allowed`)
}

const dataVisualization: BlockRule = {
  surfaces: ['message'],
  fields: ['title', 'chart'],
  check(check, block, at) {
    check.text(block.title, `${at}/title`, limits.chartTitle)
    const { chart } = block
    if (!isFields(chart)) {
      check.add(`${at}/chart`, 'missing required field')
      return
    }
    check.oneOf(chart.type, `${at}/chart/type`, ['line', 'bar', 'area', 'pie'])
    if (chart.type === 'pie') {
      segments(check, chart, `${at}/chart`)
      return
    }
    xyChart(check, chart, `${at}/chart`)
  },
}

function segments(check: Check, chart: Fields, at: string): void {
  check.only(chart, at, ['type', 'segments'])
  check.list(chart.segments, `${at}/segments`, 1, limits.chartSeries).forEach((segment, index) => {
    point(check, segment, `${at}/segments/${index}`)
  })
}

function point(check: Check, value: unknown, at: string): string | undefined {
  if (!isFields(value)) {
    check.add(at, 'must be a data point')
    return undefined
  }
  check.only(value, at, ['label', 'value'])
  check.text(value.label, `${at}/label`, limits.chartCategory)
  if (typeof value.value !== 'number' || !Number.isFinite(value.value)) check.add(`${at}/value`, 'must be a number')
  return typeof value.label === 'string' ? value.label : undefined
}

function xyChart(check: Check, chart: Fields, at: string): void {
  check.only(chart, at, ['type', 'series', 'axis_config'])
  const axis = isFields(chart.axis_config) ? chart.axis_config : {}
  check.only(axis, `${at}/axis_config`, ['categories', 'x_label', 'y_label'])
  check.text(axis.x_label, `${at}/axis_config/x_label`, limits.chartAxisLabel, true)
  check.text(axis.y_label, `${at}/axis_config/y_label`, limits.chartAxisLabel, true)
  const taken = new Set<string>()
  const categories = check.list(axis.categories, `${at}/axis_config/categories`, 1, limits.chartPoints)
  categories.forEach((category, index) => {
    check.id(category, `${at}/axis_config/categories/${index}`, limits.chartCategory, taken)
  })
  const names = new Set<string>()
  check.list(chart.series, `${at}/series`, 1, limits.chartSeries).forEach((series, index) => {
    const here = `${at}/series/${index}`
    if (!isFields(series)) {
      check.add(here, 'must be a series')
      return
    }
    check.only(series, here, ['name', 'data'])
    check.id(series.name, `${here}/name`, limits.chartSeriesName, names)
    const labels = check.list(series.data, `${here}/data`, 1, limits.chartPoints).map((one, at) => point(check, one, `${here}/data/${at}`))
    const isWhole =
      labels.length === categories.length && new Set(labels).size === labels.length && labels.every((label) => categories.includes(label))
    if (!isWhole) check.add(`${here}/data`, 'must have exactly one data point for every category')
  })
}

const container: BlockRule = {
  surfaces: everywhere,
  fields: ['blocks', 'elements', 'title', 'collapsed', 'collapsible'],
  check(check, block, at) {
    const field = block.blocks === undefined ? 'elements' : 'blocks'
    check.list(block[field], `${at}/${field}`, 1, limits.containerChildren).forEach((child, index) => {
      if (isFields(child) && (child.type === 'data_table' || child.type === 'data_visualization' || child.type === 'container')) {
        check.add(`${at}/${field}/${index}/type`, `${child.type} is not allowed in a container`)
      }
    })
  },
}

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
