import { Document, isScalar, visit, type YAMLSeq } from 'yaml';
import type { StoreDocument } from '../../domain/document/schema.ts';

/** A list that is written on one line has at most this many characters. */
const ON_ONE_LINE = 80;

/** A document as YAML, the way a person would write it: short lists on one line, no line broken. */
export function documentText(document: StoreDocument): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Seq(_, list) {
      if (isShort(list)) list.flow = true;
    },
  });
  return yaml.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function isShort({ items }: YAMLSeq): boolean {
  if (!items.every((item) => isScalar(item))) return false;
  return (
    items.reduce((sum: number, item) => sum + String(isScalar(item) ? item.value : '').length + 2, 0) <= ON_ONE_LINE
  );
}
