// What each figure means. It shows no figure, so it asks for no rights.
import type { MeasureDefinition } from '../../stats/figures/results.ts'
import { definitions } from '../commands/definitions.ts'
import { defineTool, takes } from './tool.ts'

export const whatDoesItMean = defineTool({
  name: 'what_does_it_mean',
  title: 'What does it mean',
  description:
    'What a figure of Gong Digest means and how it is made: talk ratio, longest monologue, interactivity, patience, questions, calls hosted and so on. Use it for "what is patience", "how is talk ratio computed". It shows nobody\'s figures.',
  takes: { figure: takes.figure },
  answer: async ({ figure }, { services }) => {
    const all = await services.stats.measures()
    const meant = figure === undefined ? [] : all.filter((each) => isMeant(each, figure))
    return { message: await definitions({ measures: async () => (meant.length > 0 ? meant : all) }) }
  },
})

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A word of the asker's is in the label, or the label in the question. */
const isMeant = ({ label }: MeasureDefinition, asked: string): boolean => {
  const [of, wanted] = [plain(label), plain(asked)]
  return wanted !== '' && (of.includes(wanted) || wanted.includes(of))
}
