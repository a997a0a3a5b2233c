import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { certificationFlags } from '../../cli/catalogs/certification-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newCertification } from '../../cli/entries/new-openings.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'fcc-2015 --title FCC --market us --sku mi-band --until "end of 2099-12-31"';

export class CertificationsAdd extends EntryCommand {
  static override summary = 'Add a certification.';
  static override description = 'A launch whose checklist asks for certifications is held against these.';
  static override examples = [
    `<%= config.bin %> certifications add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> certifications add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> certifications add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new certification.' }) };
  static override flags = { ...certificationFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CertificationsAdd);
    return this.create(newCertification, args.id, flags);
  }
}
