import { canonicalHostPattern } from '../../../redirects/host.ts';
import type { DocumentPath } from '../pointer.ts';
import type { Checking } from './checking.ts';
import { referenced } from './references.ts';

/** A ruleset belongs to one legacy site, and a site has one ruleset. Its rules are linted apart. */
export function checkRulesets(checking: Checking): void {
  const rulesetOf = new Map<string, string>();
  for (const [id, ruleset] of checking.specs.rulesets) {
    const site = referenced(checking, 'sites', ruleset.site, ['rulesets', id, 'site']);
    if (site !== undefined && site.role !== 'legacy') {
      checking.faults.error(
        'wrong-role',
        ['rulesets', id, 'site'],
        `site \`${ruleset.site}\` is ${site.role}; rulesets are for legacy sites`,
        'redirects take effect when a site goes dark, and only legacy sites do',
      );
    }
    const other = rulesetOf.get(ruleset.site);
    if (other !== undefined) {
      checking.faults.error(
        'duplicate',
        ['rulesets', id, 'site'],
        `site \`${ruleset.site}\` has the ruleset \`${other}\` already`,
        'put the rules of both into one ruleset',
      );
    }
    rulesetOf.set(ruleset.site, id);
    ruleset.allowedHosts?.forEach((host, i) => {
      checkHost(checking, host, ['rulesets', id, 'allowedHosts', i]);
    });
  }
}

/** A host that cannot be read would allow nothing, in silence. */
function checkHost({ faults }: Checking, text: string, path: DocumentPath): void {
  if (canonicalHostPattern(text.trim()) !== undefined) return;
  faults.error('invalid-host', path, `\`${text}\` is no host name`, 'write one such as www.mi.com, or *.mi.com');
}
