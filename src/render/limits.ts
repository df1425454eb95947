// Every limit of Slack this product keeps to, in one table with its source. Renderers stay inside them, the validator of the
// simulated Slack refuses beyond them. Lengths are UTF-16 code units, which is never more generous than Slack.

/** Source, unless said otherwise: Block Kit reference at docs.slack.dev and the types of `@slack/types` 3.2. */
export const limits = {
  /** Blocks of a message; of a modal or Home. */
  messageBlocks: 50,
  viewBlocks: 100,
  /** `block_id`, `action_id`, `callback_id`. */
  id: 255,
  /** Any text object; at least 1. */
  text: 3000,
  header: 150,
  sectionFields: 10,
  sectionField: 2000,
  contextElements: 10,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  optionText: 75,
  /** Documented as 150; 75 was the limit before and is what every client takes. */
  optionValue: 75,
  options: 100,
  optionGroups: 100,
  overflowOptions: 5,
  /** Radio buttons and checkboxes. */
  choices: 10,
  placeholder: 150,
  label: 2000,
  hint: 2000,
  inputMaxLength: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** Title, submit and close of a modal. */
  viewTitle: 24,
  privateMetadata: 3000,
  /** Characters of all markdown blocks of a payload. */
  markdown: 12_000,
  containerChildren: 10,
  /** Title and subtitle. */
  containerTitle: 150,
  carouselCards: 10,
  cardTitle: 150,
  cardBody: 200,
  /** `data_visualization`, changelog of 2026-06. */
  charts: 2,
  chartTitle: 50,
  /** 12 today; 6 keeps the colors apart. */
  chartSeries: 12,
  chartSeriesToBeSafe: 6,
  chartSeriesName: 20,
  chartPoints: 20,
  chartCategory: 20,
  chartAxisLabel: 50,
  /** `data_table`, changelog of 2026-05: rows below the header. */
  dataTableRows: 200,
  dataTableColumns: 20,
  dataTableCharacters: 20_000,
  dataTablePage: 100,
  /** `table`: rows with the header. */
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  /** Table-family blocks in one message (observed: `only_one_table_allowed`). */
  tables: 1,
  /** Characters of a whole message: `msg_blocks_too_long` was observed from about 11,000. */
  messageCharacters: 11_000,
  /** What we keep to, so that a figure that grows cannot tip it over. */
  messageCharactersToBeSafe: 9000,
  messageBlocksToBeSafe: 45,
  /** Top-level `text`: 4,000 recommended, cut by Slack from 40,000. */
  topLevelText: 4000,
} as const
