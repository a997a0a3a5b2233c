import { canonicalHostPattern } from '../../../redirects/host.ts';
import { isFirmCode } from '../../../redirects/lint/codes.ts';
import { parseWrittenTime } from '../../time/written-time.ts';
import type { FaultList } from '../fault-list.ts';
import type { LintSpec } from '../lint-schema.ts';
import type { DocumentPath } from '../pointer.ts';
import { WHEN_DARK } from '../resolve-resource.ts';
import { COMMON, type ResolvedTimes } from '../resources.ts';
import type { Section } from '../sections.ts';
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
    checkLint(checking, ruleset.lint, ['rulesets', id, 'lint']);
    ruleset.allowedHosts?.forEach((host, i) => {
      checkHost(checking, host, ['rulesets', id, 'allowedHosts', i]);
    });
  }
}

/** Settings of lint that would have no effect, or must not: what makes an answer undefined is never meant. */
function checkLint({ faults }: Checking, lint: LintSpec | undefined, path: DocumentPath): void {
  for (const [code, level] of Object.entries(lint?.severity ?? {})) {
    if (level !== 'error' && isFirmCode(code)) notAllowable(faults, code, [...path, 'severity', code]);
  }
  lint?.allow?.forEach(({ code, until }, i) => {
    if (isFirmCode(code)) notAllowable(faults, code, [...path, 'allow', i, 'code']);
    if (until !== undefined) faults.attempt([...path, 'allow', i, 'until'], () => parseWrittenTime(until));
  });
}

function notAllowable(faults: FaultList, code: string, path: DocumentPath): void {
  const message = `\`${code}\` is an error wherever it is found, and no setting makes it less`;
  faults.error('not-allowable', path, message, 'mend it; or let one plan through with --override rules and a reason');
}

/** The instant of a ruleset that begins when its site goes dark: that of the shutdown, wherever it moves. */
export function whenDark({ specs, documents, known, faults }: Checking, section: Section, id: string): ResolvedTimes {
  const ruleset = section === 'rulesets' ? specs.rulesets.get(id) : undefined;
  if (ruleset?.inForceFrom !== WHEN_DARK) return {};
  const shutdown = documents.shutdowns.values().find(({ spec }) => spec.sites.includes(ruleset.site));
  const market = specs.sites.get(ruleset.site)?.market ?? '';
  const dark = shutdown?.times['dark'] ?? {};
  const key = dark[COMMON] === undefined ? market : COMMON;
  const time = dark[key];
  if (time !== undefined) return { inForceFrom: { [key]: time } };
  // A shutdown whose own time cannot be read is reported there.
  if (shutdown === undefined && known.has('shutdowns'))
    faults.error(
      'no-shutdown',
      ['rulesets', id, 'inForceFrom'],
      `site \`${ruleset.site}\` is in no shutdown, and so never goes dark`,
      'write a time, or add the site to a shutdown',
    );
  return {};
}

/** A host that cannot be read would allow nothing, in silence. */
function checkHost({ faults }: Checking, text: string, path: DocumentPath): void {
  if (canonicalHostPattern(text.trim()) !== undefined) return;
  faults.error('invalid-host', path, `\`${text}\` is no host name`, 'write one such as www.mi.com, or *.mi.com');
}
