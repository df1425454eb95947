// The first line about a person's conversations: what lies outside their own usual weeks, beside what is usual for them. Never praises or
// blames.
import { bold, type Line, line } from '../../render/text/text.ts'
import { biggestFirst, type News } from '../../stats/figures/news.ts'
import type { MeasureDefinition, PersonFigures, PersonMeasure } from '../../stats/figures/results.ts'
import { inSentence, inUnit, targetWords } from '../wording/measure.ts'

export interface PersonNews {
  readonly definition: MeasureDefinition
  readonly of: PersonMeasure
  readonly news: News
  readonly value: number
}

/** A person's news, the biggest first: the one order of "the biggest change", in digests, commands, Home and the 1:1. */
export const personNewsOf = (figures: PersonFigures, definitions: readonly MeasureDefinition[]): readonly PersonNews[] =>
  biggestFirst(
    definitions.flatMap((definition): PersonNews[] => {
      const of = figures.measures.get(definition.id)
      return of?.news && of.value.known ? [{ definition, of, news: of.news, value: of.value.value }] : []
    }),
  )

/** `**Your talk ratio rose to 68 %; you usually have 54 %.** That is above the target of 43–65 % (Gong 2025).` `whose`: `Your`, `Ana's`. */
export function personNewsLine({ definition, of, news, value }: PersonNews, whose: string, isOwn: boolean, locale: string): Line {
  const moved = news.direction === 'down' ? 'fell' : 'rose'
  const usual = of.usualWeek.known ? `; ${isOwn ? 'you usually have' : 'usually'} ${inUnit(definition, of.usualWeek.value, locale)}` : ''
  return line(
    bold(`${whose} ${inSentence(definition.label)} ${moved} to ${inUnit(definition, value, locale)}${usual}.`),
    of.target ? ` That is ${targetWords(definition, of.target, locale)}.` : '',
  )
}
