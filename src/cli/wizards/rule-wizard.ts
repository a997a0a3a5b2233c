import type { Resource } from '../../domain/document/resources.ts';
import type { Places } from '../entries/places.ts';
import type { Wizard } from '../prompts/wizard.ts';
import { entryWizard, ID, idFrom, textOf, textQuestion } from './entry-wizard.ts';

export interface RuleWorld {
  readonly places: Places;
  readonly rulesets: readonly Resource<'rulesets'>[];
}

/** Adds one rule: which site's, from where, to where. */
export function ruleWizard({ places, rulesets }: RuleWorld): Wizard {
  const legacy = [...places.sites.values()].filter(({ spec }) => spec.role === 'legacy');
  const rulesetOf = (site: string) => rulesets.find(({ spec }) => spec.site === site)?.id;
  return entryWizard('redirects-add', {
    site(answers) {
      const id = textOf(answers, ID);
      if (rulesets.some((ruleset) => ruleset.id === id)) return null;
      if (legacy.length === 0) return textQuestion('Which site are the rules for? (its id)');
      return {
        kind: 'choice',
        message: 'Which site are the rules for?',
        choices: legacy.map((site) => ({ value: site.id, label: site.id, note: site.spec.urls.join(', ') })),
      };
    },
    [ID](answers) {
      const site = textOf(answers, 'site');
      return textQuestion('Which ruleset?', rulesetOf(site) ?? idFrom(site));
    },
    from: () => textQuestion('From which URL or path? (:name is one segment, a final /* the rest)'),
    to: (answers) => (answers['status'] === '410' ? null : textQuestion('To which URL?')),
  });
}
