// Every statistic of both contracts, in every unit, in every place that shows figures.

import { measureContract } from '../kit/measure-contract.ts'
import { definitions } from '../kit/report-fixtures.ts'

const byId = new Map([...definitions('live'), ...definitions('documented')].map((definition) => [definition.id, definition]))

for (const definition of byId.values()) measureContract(definition)
