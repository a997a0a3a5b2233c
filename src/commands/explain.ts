import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { readAskedTime } from '../cli/answers/asked-time.ts';
import { explainFromInput } from '../cli/answers/explain-input.ts';
import { explainProducts, productQuestion } from '../cli/answers/explain-products.ts';
import { explanationsText, explanationText } from '../cli/answers/explain-text.ts';
import { explainAll, requireExplained } from '../cli/answers/explain-urls.ts';
import { productsText, productText } from '../cli/answers/product-text.ts';
import { documentFlag, sourceFor } from '../cli/answers/source-for.ts';
import { wantsJson } from '../cli/argv.ts';
import { BaseCommand } from '../cli/base-command.ts';
import type { Explanation } from '../domain/state/explain.ts';

export class Explain extends BaseCommand {
  static override summary = 'Say what a visitor of a URL, or a shopper of a product, gets at an instant, and why.';
  static override description =
    `The answer comes with what decides it, what was passed over, every further hop, and when it next changes.

With --json one URL at one instant is an object with its reasoning; several, or one at several instants, are an array without. With - URLs are read from standard input, one a line, and answered in NDJSON without the reasoning, in any number. A line that is no URL is answered with its "problem", and the command then ends with exit 2. A time without a zone is read in the zone of each URL's own market.

With --market and --sku the answer is whether a shopper sees the product there, can buy it, at what price, and what decides: the site, the catalog's policy, a launch or a listing. What is left of an allocation is told for now. Several markets, products or instants are answered one by one.`;
  static override examples = [
    '<%= config.bin %> explain https://po.co/uk/phones/f6 --at "end of 2024-12-31"',
    { description: 'In CI', command: 'cat urls.txt | <%= config.bin %> explain - -f storectl.yaml --no-input' },
    {
      description: 'For scripts',
      command: '<%= config.bin %> explain --market us --sku mi-band -f examples/mi-store-2015/storectl.yaml --json',
    },
  ];
  static override strict = false;
  static override args = {
    url: Args.string({ description: 'One or more URLs; - reads them from standard input.' }),
  };
  static override flags = {
    at: Flags.string({
      summary: 'The instant asked about; repeatable, to see how the answer changes. [default: now]',
      helpValue: 'TIME',
      multiple: true,
      multipleNonGreedy: true,
    }),
    market: Flags.string({
      summary: 'Ask about a product in this market; repeatable.',
      helpValue: 'MARKET',
      multiple: true,
      multipleNonGreedy: true,
    }),
    sku: Flags.string({
      summary: 'Ask about this product; repeatable.',
      helpValue: 'SKU',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...documentFlag,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(Explain);
    const urls = argv.map(String);
    const question = productQuestion(urls, flags);
    const times = (flags.at ?? ['now']).map((text) => readAskedTime(text));
    // What comes from standard input is answered line by line.
    if (!urls.includes('-')) this.progress.update('Looking for the answer');
    const source = await sourceFor(flags.file, this.surroundings, () => this.client(flags));
    if (question !== null) {
      const products = await explainProducts(source, question, times);
      const [only] = products;
      return products.length === 1 && only !== undefined
        ? answer(only, (view) => productText(only, view))
        : answer(products, (view) => productsText(products, view));
    }
    const now = this.surroundings.now();
    if (urls.includes('-')) {
      return explainFromInput({ urls, times, documentFile: flags.file }, source, {
        surroundings: this.surroundings,
        asArray: wantsJson(this.argv),
        say: (message) => this.say(message),
      });
    }
    const reasoning = urls.length === 1 && times.length === 1;
    const byTime: (readonly Explanation[])[] = [];
    for (const asked of times) byTime.push(requireExplained(await explainAll(source, { urls, asked, reasoning, now })));
    const explanations = urls.flatMap((_, url) => byTime.flatMap((answers) => answers[url] ?? []));
    const [only] = explanations;
    return reasoning && only !== undefined
      ? answer(only, (view) => explanationText(only, view))
      : answer(explanations, (view) => explanationsText(explanations, view));
  }
}
