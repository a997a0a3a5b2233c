import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import {
  CERTIFICATION_FIELDS,
  certificationFlags,
  certificationMemberFlags,
} from '../../cli/catalogs/certification-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'fcc-2015 --until "end of 2099-06-30"';

export class CertificationsChange extends EntryCommand {
  static override summary = 'Change a certification.';
  static override description = 'What is not said stays as it is.';
  static override examples = [
    `<%= config.bin %> certifications change ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> certifications change ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> certifications change ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The certification.', required: true }) };
  static override flags = { ...certificationFlags, ...certificationMemberFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CertificationsChange);
    return this.change('certifications', args.id, CERTIFICATION_FIELDS, flags);
  }
}
